import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/catalogue/catalogue.js';
import { TOPICS, topicsFor } from '../../src/catalogue/topics.js';

const NOTHING_MORE = { credentials: false, documents: false, notes: false };

describe('topics', () => {
  it('ask every field once', () => {
    expect(TOPICS.flatMap(({ fieldPaths }) => fieldPaths).sort()).toEqual(catalogue.fields.map(({ path }) => path).sort());
  });

  it('ask for no class that is off', () => {
    const asked = topicsFor(NOTHING_MORE).flatMap(({ fieldPaths }) => fieldPaths.map((path) => catalogue.byPath(path)?.class));
    expect(asked).not.toContain('credentials');
    expect(asked).not.toContain('notes');
    expect(topicsFor({ ...NOTHING_MORE, credentials: true }).map(({ id }) => id)).toContain('numbers');
  });

  it('have names of their own', () => {
    expect(new Set(TOPICS.map(({ id }) => id)).size).toBe(TOPICS.length);
  });
});
