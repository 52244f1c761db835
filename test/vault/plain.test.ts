import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Plain } from '../../src/vault/plain.js';

describe('a plain answer', () => {
  it('is given to whoever reveals it', () => {
    const value = { deep: ['Ada Example'] };
    expect(new Plain(value).reveal()).toBe(value);
  });

  it('shows nowhere else', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8 }).map((text) => `answer ${text}`), (answer) => {
        const plain = new Plain(answer);
        const shown = [
          `${plain}`,
          String(plain),
          JSON.stringify({ plain, list: [plain] }),
          inspect(plain, { depth: 9, showHidden: true }),
          inspect({ deep: { plain } }, { depth: 9, showHidden: true, customInspect: false }),
          new Error(`could not store ${plain}`).stack,
          JSON.stringify(structuredClone(plain)),
          JSON.stringify(Object.entries(plain)),
          JSON.stringify({ ...plain }),
        ].join('\n');
        expect(shown).not.toContain(answer);
        expect(shown).toContain('[plain]');
      }),
    );
  });
});
