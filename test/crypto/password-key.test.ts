import { describe, expect, it } from '@jest/globals';
import { passwordKey } from '../../src/crypto/password-key.js';
import { randomBytes } from '../../src/crypto/random.js';

describe('password key', () => {
  const [salt, pepper] = [randomBytes(16), randomBytes(32)];
  const hex = async (...how: Parameters<typeof passwordKey>): Promise<string> => Buffer.from(await passwordKey(...how)).toString('hex');

  it('is 32 bytes, the same for the same password, salt and pepper, and for no others', async () => {
    const key = await hex('correct horse 42', salt, pepper);
    expect(key).toHaveLength(64);
    expect(await hex('correct horse 42', salt, pepper)).toBe(key);
    const others = await Promise.all([
      hex('correct horse 43', salt, pepper),
      hex('Correct horse 42', salt, pepper),
      hex('correct horse 42 ', salt, pepper),
      hex('correct horse 42', randomBytes(16), pepper),
      hex('correct horse 42', salt, randomBytes(32)),
    ]);
    expect(new Set([key, ...others]).size).toBe(6);
  });

  it('does not depend on how a keyboard composes an accent', async () => {
    expect(await hex('Ren\u00e9e', salt, pepper)).toBe(await hex('Rene\u0301e', salt, pepper));
  });

  it('counts every character of a long password, and of one with a zero in it', async () => {
    const long = 'long '.repeat(60);
    expect(await hex(`${long}1`, salt, pepper)).not.toBe(await hex(`${long}2`, salt, pepper));
    expect(await hex('zero\u0000one', salt, pepper)).not.toBe(await hex('zero\u0000two', salt, pepper));
  });
});
