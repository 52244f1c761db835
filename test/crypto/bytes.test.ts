import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { equalBytes, uuidBytes, wipe } from '../../src/crypto/bytes.js';

describe('bytes', () => {
  it('of a UUID are its 16, and of nothing else', () => {
    fc.assert(fc.property(fc.uuid(), (id) => expect(Buffer.from(uuidBytes(id)).toString('hex')).toBe(id.replaceAll('-', ''))));
    const id = randomUUID();
    for (const not of ['', id.slice(1), `${id}0`, `${id}\n`, id.toUpperCase().replace(/\d/g, 'A'), id.replaceAll('-', ''), `{${id}}`]) {
      expect(() => uuidBytes(not)).toThrow(RangeError);
    }
  });

  it('are equal when they are', () => {
    const some = fc.uint8Array({ maxLength: 6 });
    fc.assert(fc.property(some, some, (a, b) => expect(equalBytes(a, b)).toBe(Buffer.from(a).equals(b))));
    fc.assert(fc.property(some, (a) => expect(equalBytes(a, a.slice())).toBe(true)));
  });

  it('are zero once wiped, and what is not there is left out', () => {
    const secrets = [new Uint8Array(5).fill(3), undefined, new Uint8Array(2).fill(9)];
    wipe(...secrets);
    expect(secrets).toEqual([new Uint8Array(5), undefined, new Uint8Array(2)]);
  });
});
