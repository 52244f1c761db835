import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeSalt } from '../../src/audit/export/exported-parts.js';

const into = Buffer.alloc(32);
const salts = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));

describe('a salt of an export', () => {
  it('is 32 bytes in base64', () => {
    fc.assert(fc.property(salts, (bytes) => writeSalt(bytes.toString('base64'), into) && into.equals(bytes)));
  });

  it('is nothing else, whatever it decodes to', () => {
    const char = fc.constantFrom(...'AZaz09+/-_= \n=é😀\0');
    fc.assert(
      fc.property(salts, fc.nat(44), fc.nat(2), fc.array(char, { maxLength: 2 }), (bytes, at, less, more) => {
        const text = bytes.toString('base64');
        const other = text.slice(0, at) + more.join('') + text.slice(at + less);
        expect(writeSalt(other, into)).toBe(/^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(other));
      }),
      { numRuns: 2_000 },
    );
    for (const value of [undefined, null, 5, {}, [Buffer.alloc(32).toString('base64')], new Array(44).fill('='), Buffer.alloc(44, '=')]) expect(writeSalt(value, into)).toBe(false);
  });
});
