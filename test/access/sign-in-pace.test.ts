import { describe, expect, it } from '@jest/globals';
import { Pepper } from '../../src/access/pepper.js';
import { SignInPace } from '../../src/access/sign-in-pace.js';
import { refusedWith } from './access-world.js';

const pepper = new Pepper(new Uint8Array(32));

describe('the pace of signing in', () => {
  it('turns away an address that fails too often at an account, and nobody else', async () => {
    const pace = new SignInPace(pepper, { perAddress: 3 });
    for (let i = 0; i < 3; i++) await pace.enter('fern@example.org', 'attacker');
    expect(await refusedWith(pace.enter('fern@example.org', 'attacker'))).toBe('TOO_MANY_ATTEMPTS');
    expect(await refusedWith(pace.enter('fern@example.org', 'home'))).toBeUndefined();
    expect(await refusedWith(pace.enter('sam@example.org', 'attacker'))).toBeUndefined();
  });

  it('counts attempts that are made at once', async () => {
    const pace = new SignInPace(pepper, { perAddress: 3 });
    const codes = await Promise.all(Array.from({ length: 20 }, () => refusedWith(pace.enter('fern@example.org', 'attacker'))));
    expect(codes.filter((code) => code === undefined)).toHaveLength(3);
  });

  it('makes an account that is under attack wait, and never locks it', async () => {
    const pace = new SignInPace(pepper, { perAccount: 5, waitMs: 120 });
    for (let i = 0; i < 5; i++) await pace.enter('fern@example.org', `attacker ${i}`);
    const start = performance.now();
    const attempt = await pace.enter('fern@example.org', 'home');
    expect(performance.now() - start).toBeGreaterThan(100);
    await attempt.passed();
  });

  it('forgets the failures of an address once it has got in', async () => {
    const pace = new SignInPace(pepper, { perAddress: 3 });
    for (let round = 0; round < 4; round++) {
      await pace.enter('fern@example.org', 'home');
      await (await pace.enter('fern@example.org', 'home')).passed();
    }
  });
});
