import { describe, expect, it } from '@jest/globals';
import { Pepper } from '../../src/access/pepper.js';
import { SignInPace, type PaceLimits } from '../../src/access/sign-in-pace.js';
import { refusedWith } from './access-world.js';

const pepper = new Pepper(new Uint8Array(32));
const FERN = 'fern@example.org';
const WAIT_MS = 120;

const paceOf = (limits: Partial<PaceLimits>) => new SignInPace(pepper, { waitMs: WAIT_MS, ...limits });
const times = (count: number, work: (i: number) => Promise<unknown>) => Promise.all(Array.from({ length: count }, (_, i) => work(i)));

async function timeOf(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

describe('the pace of signing in', () => {
  it('turns away an address that fails too often at an account, and nobody else', async () => {
    const pace = paceOf({ perPair: 3 });
    for (let i = 0; i < 3; i++) await pace.enter(FERN, 'attacker');
    expect(await refusedWith(pace.enter(FERN, 'attacker'))).toBe('TOO_MANY_ATTEMPTS');
    expect(await refusedWith(pace.enter(FERN, 'home'))).toBeUndefined();
    expect(await refusedWith(pace.enter('sam@example.org', 'attacker'))).toBeUndefined();
  });

  it('counts attempts that are made at once', async () => {
    const pace = paceOf({ perPair: 3 });
    const codes = await times(20, () => refusedWith(pace.enter(FERN, 'attacker')));
    expect(codes.filter((code) => code === undefined)).toHaveLength(3);
  });

  it.each([
    ['the same /64', '2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', 'TOO_MANY_ATTEMPTS'],
    ['another /64', '2001:db8:1:2::1', '2001:db8:1:3::1', undefined],
    ['IPv4, mapped and not', '::ffff:192.0.2.7', '192.0.2.7', 'TOO_MANY_ATTEMPTS'],
    ['another IPv4, mapped', '::ffff:192.0.2.7', '::ffff:192.0.2.8', undefined],
  ])('takes two addresses for one where whoever has one has both: %s', async (_name, first, second, code) => {
    const pace = paceOf({ perPair: 3 });
    for (let i = 0; i < 3; i++) await pace.enter(FERN, first);
    expect(await refusedWith(pace.enter(FERN, second))).toBe(code);
  });

  it('makes an account that is under attack wait, and never locks it', async () => {
    const pace = paceOf({ perAccount: 5 });
    for (let i = 0; i < 5; i++) await pace.enter(FERN, `attacker ${i}`);
    const start = performance.now();
    const attempt = await pace.enter(FERN, 'home');
    expect(performance.now() - start).toBeGreaterThan(100);
    await attempt.passed();
  });

  it('lets those that wait at one account go one after another, and turns away more than can', async () => {
    const pace = paceOf({ perAccount: 5, mostWaiting: 4 });
    for (let i = 0; i < 5; i++) await pace.enter(FERN, `attacker ${i}`);
    const start = performance.now();
    const through: number[] = [];
    const codes = await times(100, async (i) => {
      const code = await refusedWith(pace.enter(FERN, `another attacker ${i}`));
      if (code === undefined) through.push(performance.now() - start);
      return code;
    });
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(96);
    through.forEach((ms, i) => expect(ms).toBeGreaterThan((i + 1) * WAIT_MS - 20));
    // Whoever was turned away was not tried, and what was not tried is no failure.
    expect(await refusedWith(pace.enter(FERN, 'another attacker 99'))).toBeUndefined();
  });

  it('lets an owner in at once from where they got in lately, however many wait', async () => {
    const pace = paceOf({ perAccount: 5, mostWaiting: 2 });
    await (await pace.enter(FERN, 'home')).passed();
    for (let i = 0; i < 5; i++) await pace.enter(FERN, `attacker ${i}`);
    const waiting = times(10, (i) => refusedWith(pace.enter(FERN, `another attacker ${i}`)));
    expect(await timeOf(pace.enter(FERN, 'home'))).toBeLessThan(WAIT_MS / 2);
    expect(await refusedWith(pace.enter(FERN, 'elsewhere'))).toBe('TOO_MANY_ATTEMPTS');
    await waiting;
  });

  it('slows an address that fails at many accounts, and not who gets in', async () => {
    const pace = paceOf({ perAddress: 6, mostWaiting: 3 });
    for (let i = 0; i < 20; i++) await (await pace.enter(`preparer ${i}`, 'one site')).passed();
    await times(6, (i) => pace.enter(`guessed ${i}`, 'one site'));
    const start = performance.now();
    const codes = await times(5, (i) => refusedWith(pace.enter(`guessed later ${i}`, 'one site')));
    expect(performance.now() - start).toBeGreaterThan(3 * WAIT_MS - 20); // one after another, at whichever account
    expect(codes.filter((code) => code === 'TOO_MANY_ATTEMPTS')).toHaveLength(2);
    expect(await timeOf(pace.enter('preparer 7', 'one site'))).toBeLessThan(WAIT_MS / 2);
    expect(await timeOf(pace.enter('guessed later 1', 'another site'))).toBeLessThan(WAIT_MS / 2);
  });

  it('forgets the failures of an address once it has got in', async () => {
    const pace = paceOf({ perPair: 3 });
    for (let round = 0; round < 4; round++) {
      await pace.enter(FERN, 'home');
      await (await pace.enter(FERN, 'home')).passed();
    }
  });
});
