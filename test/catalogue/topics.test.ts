import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { TOPICS, topicsFor } from '../../src/catalogue/topics.js';

const NOTHING_MORE = { credentials: false, documents: false, notes: false };

describe('topics', () => {
  it('ask every field once, but for what the service writes, which they show', () => {
    const [written, asked] = [true, false].map((byService) => catalogue.fields.filter((field) => field.byService === byService).map(({ path }) => path).sort());
    expect(TOPICS.flatMap(({ fieldPaths }) => fieldPaths).sort()).toEqual(asked);
    expect(TOPICS.flatMap(({ shownPaths = [] }) => shownPaths).sort()).toEqual(written);
    expect(written).toEqual(['consents.givenBy', 'consents.spouseGivenBy']);
  });

  it('ask for no class that is off', () => {
    const asked = topicsFor(NOTHING_MORE).flatMap(({ fieldPaths }) => fieldPaths.map((path) => catalogue.byPath(path)?.class));
    expect(asked).not.toContain('credentials');
    expect(asked).not.toContain('notes');
    expect(topicsFor({ ...NOTHING_MORE, credentials: true }).map(({ id }) => id)).toContain('numbers');
    expect(asked).not.toContain('preparer_list');
    expect(topicsFor({ ...NOTHING_MORE, preparer_list: true }).map(({ id }) => id)).toContain('preparer-list');
  });

  it('say of every fingerprint what it is, who has it, and that it may be left blank', () => {
    const asked = catalogue.fields.filter(({ kind }) => kind === 'textHash');
    expect(asked).toHaveLength(3);
    for (const { hint } of asked) {
      expect(hint?.en).toMatch(/wording was signed.*Whoever keeps the forms.*left blank/);
      expect(hint?.es).toMatch(/texto exacto se firmó.*quien guarda los formularios.*en blanco/);
    }
  });

  it('have names of their own', () => {
    expect(new Set(TOPICS.map(({ id }) => id)).size).toBe(TOPICS.length);
  });
});
