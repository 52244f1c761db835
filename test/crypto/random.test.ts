import { describe, expect, it } from '@jest/globals';
import { randomBytes } from '../../src/crypto/random.js';

describe('random bytes', () => {
  it('are as many as asked for, across the edge of what is drawn at once and beyond it', () => {
    for (const length of [0, 1, 24, 32, 8191, 8192, 8193, 20_000]) expect(randomBytes(length)).toHaveLength(length);
  });

  it('are never given twice, nor changed after they were given', () => {
    const given = Array.from({ length: 5000 }, () => randomBytes(32));
    const before = given.map((bytes) => Buffer.from(bytes).toString('hex'));
    for (let i = 0; i < 1000; i++) randomBytes(31);
    expect(given.map((bytes) => Buffer.from(bytes).toString('hex'))).toEqual(before);
    expect(new Set(before).size).toBe(5000);
  });

  it('do not share memory: wiping some leaves the rest', () => {
    const [a, b] = [randomBytes(32), randomBytes(32)];
    const kept = b.slice();
    a.fill(0);
    new Uint8Array(a.buffer).fill(0);
    expect(b).toEqual(kept);
    expect(a.buffer).not.toBe(b.buffer);
  });

  it('have every value at every place, roughly as often', () => {
    const counts = new Uint32Array(256);
    for (const byte of randomBytes(256 * 400)) counts[byte]!++;
    expect(Math.min(...counts)).toBeGreaterThan(250); // 400 expected; less than 250 is 7.5 standard deviations away
    expect(Math.max(...counts)).toBeLessThan(550);
  });
});
