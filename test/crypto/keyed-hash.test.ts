import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ContextPart } from '../../src/crypto/context.js';
import { keyedHash, keyedHash64, plainHash } from '../../src/crypto/keyed-hash.js';

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const inHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Made with another implementation: Python's hashlib.blake2b over the encoding of docs/formats.md, "Context". */
const KNOWN: readonly { label: string; parts: ContextPart[]; keyed: string; keyed64: string; plain: string }[] = [
  {
    label: 'label',
    parts: [],
    keyed: '8234d1b57225c98fe10d9c11ff215ba808ed6f25e73a95642f737b0321a35008',
    keyed64:
      '60cda9034e4dd65ef89d765fd9869599f0dec781d470a4393d612c0a0c0731c9' +
      '82a0d2b43791f54a7611efd04b3bffeff464fbdedfafb384dfa4bd072b5da9cf',
    plain: 'ba939373aa705effe15b61d09585e33492a1e77a0422c0ad7ebede428daa1bb1',
  },
  {
    label: 'bucket',
    parts: ['identity', '2027-06-30', 3],
    keyed: '0bd97f0518814b7e9ca2ab1b12fff1e6553547933dc56ef45fc16a42c30c9df5',
    keyed64:
      '6718c37b0a5ff5cd0c3074ea8f7f8327124b63a4b5d08bf716e1a6513aa09eaf' +
      '2e0022c7a3ef4aaa8d2d55298e42a34c918a0a252ad5eecb33bebb36659c1d9e',
    plain: 'cb8ee4fcd56967a73508beb814bfb0ab167bef076e4c3269e7435126ca735ed0',
  },
  {
    label: 'section-salt',
    parts: [new Uint8Array(200), 'Zoë Example', Number.MAX_SAFE_INTEGER],
    keyed: '900fb72e6d1f80dbab5ddb1676383e3ad3c12afbc454a33af7ae3869aec68832',
    keyed64:
      'b2b1ff88790260117ef2a959ef3945fa4046a43bc8f0e69bca7f18c5405056ee' +
      'e970cb1e1ecc6d993092824395ed1cee696c42ed1c781809a0a7d341f60e4b18',
    plain: '0573337169fea04163b422f96aac0e9555b3315681b77953b8d756bb6bfee4eb',
  },
];

describe('keyed hash', () => {
  it.each(KNOWN)('is BLAKE2b, as another implementation has it: $label', ({ label, parts, keyed, keyed64, plain }) => {
    expect(inHex(keyedHash(key, label, ...parts))).toBe(keyed);
    expect(inHex(keyedHash64(key, label, ...parts))).toBe(keyed64);
    expect(inHex(plainHash(label, ...parts))).toBe(plain);
  });

  it('differs with the key, the label, any part and the length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string({ minLength: 1 }), (other, part) => {
        const hashes = [
          keyedHash(key, 'label', part),
          keyedHash(key, 'label', part, ''),
          keyedHash(key, 'label'),
          keyedHash(key, 'lable', part),
          keyedHash64(key, 'label', part).subarray(0, 32),
          plainHash('label', part),
          ...(Buffer.from(other).equals(key) ? [] : [keyedHash(other, 'label', part)]),
        ].map(inHex);
        expect(new Set(hashes).size).toBe(hashes.length);
      }),
    );
  });
});
