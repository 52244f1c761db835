import { describe, expect, it } from '@jest/globals';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import fc from 'fast-check';
import { plainHash } from '../../src/crypto/keyed-hash.js';
import { sixWords } from '../../src/crypto/six-words.js';

const publicKey = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('six words', () => {
  it('are the first 66 bits of the hash, eleven a word', () => {
    fc.assert(
      fc.property(publicKey, (key) => {
        const bits = [...plainHash('six-words', key)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
        const read = sixWords(key).map((word) => wordlist.indexOf(word).toString(2).padStart(11, '0')).join('');
        expect(read).toBe(bits.slice(0, 66));
      }),
    );
  });

  it('change with any bit of the key', () => {
    fc.assert(
      fc.property(publicKey, fc.nat(255), (key, bit) => {
        const changed = key.slice();
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(sixWords(changed)).not.toEqual(sixWords(key));
      }),
    );
  });
});
