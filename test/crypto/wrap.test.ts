import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { context } from '../../src/crypto/context.js';
import { randomBytes } from '../../src/crypto/random.js';
import { unwrap, wrap, WRAP_OVERHEAD } from '../../src/crypto/wrap.js';
import { refusalCode } from '../support/refusal-code.js';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const secret = fc.uint8Array({ minLength: 0, maxLength: 100 });
const place = fc.array(fc.string()).map((parts) => context('test', ...parts));

describe('wrap', () => {
  it('opens under the same key and place, and is a fixed number of bytes longer', () => {
    fc.assert(
      fc.property(key, secret, place, (k, s, p) => {
        const wrapped = wrap(k, s, p);
        expect(wrapped.length).toBe(s.length + WRAP_OVERHEAD);
        expect(unwrap(k, wrapped, p)).toEqual(s);
      }),
    );
  });

  it('refuses every flipped bit with a code', () => {
    fc.assert(
      fc.property(key, secret, place, fc.nat(), (k, s, p, where) => {
        const wrapped = wrap(k, s, p);
        const bit = where % (wrapped.length * 8);
        wrapped[bit >> 3]! ^= 1 << (bit & 7);
        expect(refusalCode(() => unwrap(k, wrapped, p))).toBe(bit < 8 ? 'FORMAT_UNKNOWN' : 'NOT_AUTHENTIC');
      }),
    );
  });

  it('refuses another key and another place', () => {
    fc.assert(
      fc.property(key, key, secret, place, place, (k, k2, s, p, p2) => {
        const wrapped = wrap(k, s, p);
        if (!Buffer.from(k).equals(k2)) expect(refusalCode(() => unwrap(k2, wrapped, p))).toBe('NOT_AUTHENTIC');
        if (!Buffer.from(p).equals(p2)) expect(refusalCode(() => unwrap(k, wrapped, p2))).toBe('NOT_AUTHENTIC');
      }),
    );
  });

  it('refuses what is cut short', () => {
    const wrapped = wrap(randomBytes(32), randomBytes(32), context('test'));
    for (let length = 0; length < wrapped.length; length++) {
      expect(refusalCode(() => unwrap(randomBytes(32), wrapped.subarray(0, length), context('test')))).toBeDefined();
    }
  });

  it('gives unequal bytes for equal secrets, and never the same nonce twice', () => {
    const k = randomBytes(32);
    const nonces = new Set<string>();
    for (let i = 0; i < 20_000; i++) nonces.add(Buffer.from(wrap(k, k, context('test')).subarray(1, 25)).toString('hex'));
    expect(nonces.size).toBe(20_000);
  });
});
