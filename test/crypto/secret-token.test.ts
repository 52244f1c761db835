import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newToken, tokenBytes, tokenHash } from '../../src/crypto/secret-token.js';

describe('secret token', () => {
  it('is 32 random bytes in 43 characters that fit a cookie, a header and a link', () => {
    const tokens = new Set(Array.from({ length: 2000 }, newToken));
    expect(tokens.size).toBe(2000);
    for (const token of tokens) {
      expect(encodeURIComponent(token)).toBe(token);
      expect(tokenBytes(token)).toHaveLength(32);
      expect(Buffer.from(tokenBytes(token)!).toString('base64url')).toBe(token);
    }
  });

  it('is not anything else', () => {
    const token = newToken();
    for (const not of ['', token.slice(1), `${token}A`, ` ${token}`, `${token}\n`, `${token.slice(0, 42)}=`, `${token.slice(0, 42)}+`]) {
      expect(tokenBytes(not)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const bytes = tokenBytes(text);
        expect(bytes === undefined || bytes.length === 32).toBe(true);
      }),
    );
  });

  it('has one spelling: the two bits that are over are zero', () => {
    const token = newToken();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const spellings = [...alphabet].map((last) => token.slice(0, 42) + last).filter((spelt) => tokenBytes(spelt));
    expect(spellings).toHaveLength(16);
  });

  it('is kept as a hash that does not contain it', () => {
    const bytes = tokenBytes(newToken())!;
    const hash = tokenHash(bytes);
    expect(hash).toHaveLength(32);
    expect(hash).not.toEqual(bytes);
    expect(tokenHash(bytes)).toEqual(hash);
    expect(tokenHash(tokenBytes(newToken())!)).not.toEqual(hash);
  });
});
