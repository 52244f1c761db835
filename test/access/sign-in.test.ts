import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChangePassword } from '../../src/access/change-password.js';
import { SignIn } from '../../src/access/sign-in.js';
import { SignOut } from '../../src/access/sign-out.js';
import { SweepSessions } from '../../src/access/sweep-sessions.js';
import { AccessWorld, passwordOf, refusedWith, type Person } from './access-world.js';

const MINUTE = 60_000;

describe('signing in', () => {
  let world: AccessWorld;
  let ada: Person;

  beforeAll(async () => {
    world = await AccessWorld.start();
    ada = await world.setUp();
  });
  afterAll(() => world.stop());

  const signIn = (email: string, password: string) => world.get(SignIn).run({ email, password }, 'one address');
  const halves = async () => (await world.databases.keysOwner(`SELECT id FROM half WHERE kind = 'session'`)).length;
  const advance = (ms: number) => world.clock.advanceDays(ms / 86_400_000);

  it('opens a session that knows its member', async () => {
    const { token, member } = await signIn('ADA@example.org ', ada.password);
    expect(member).toMatchObject({ id: ada.id, role: 'administrator', name: 'Ada' });
    expect(await world.find(token)).toMatchObject({ memberId: ada.id, role: 'administrator', siteId: member.siteId });
    expect((await world.entries('signed-in')).at(-1)!.actor).toEqual({ member: ada.id, role: 'administrator' });
  });

  it('takes a password however its letters were composed', async () => {
    const zoe = await world.join(ada, 'auditor', 'zoe');
    await world.get(ChangePassword).run(await world.who(zoe), { current: zoe.password, next: 'crème brûlée über fjord' });
    expect(await refusedWith(signIn(zoe.email, 'crème brûlée über fjord'.normalize('NFD')))).toBeUndefined();
  });

  it('gives a wrong password and an unknown address the same answer, and logs neither', async () => {
    const errors = await Promise.all(
      [signIn(ada.email, 'not her password'), signIn('nobody-knows-me@example.org', 'not her password')].map((work) =>
        work.catch((error: unknown) => error),
      ),
    );
    expect(errors[0]).toMatchObject({ code: 'SIGN_IN_FAILED' });
    expect(errors[1]).toEqual(errors[0]);
    const parts = await world.databases.recordsOwner<{ all: string }>('SELECT string_agg(actor || subject || context, $1) AS all FROM log_part', [' ']);
    expect(parts[0]!.all).not.toMatch(/nobody-knows-me|not her password|ada@example/);
    expect((await world.entries('sign-in-failed')).map(({ context }) => context['reason']).sort()).toEqual(['unknown-account', 'wrong-password']);
  });

  it('does the same slow work for an address that nobody has', async () => {
    const time = async (email: string) => {
      const start = performance.now();
      await refusedWith(world.get(SignIn).run({ email, password: 'a wrong one again' }, `for timing ${Math.random()}`));
      return performance.now() - start;
    };
    const [known, unknown] = [await time(ada.email), await time('unknown@example.org')];
    expect(unknown).toBeGreaterThan(known / 4);
  });

  it('ends with signing out: row and half are gone', async () => {
    const before = await halves();
    const token = await world.token(ada);
    const who = (await world.find(token))!;
    expect(await halves()).toBe(before + 1);
    await world.get(SignOut).run(who);
    await world.get(SignOut).run(who);
    expect(await halves()).toBe(before);
    expect(await world.find(token)).toBeUndefined();
    expect(await world.entries('signed-out')).toHaveLength(1);
  });

  it('ends after a quarter of an hour without a request, and not before', async () => {
    const token = await world.token(ada);
    for (let i = 0; i < 3; i++) {
      advance(14 * MINUTE);
      expect(await world.find(token)).toBeDefined();
    }
    advance(15 * MINUTE);
    expect(await world.find(token)).toBeUndefined();
    expect((await world.entries('session.expired')).at(-1)!.subject).toMatchObject({ member: ada.id });
  });

  it('ends after twelve hours however busy it was', async () => {
    const token = await world.token(ada);
    for (let i = 0; i < 71; i++) {
      advance(10 * MINUTE);
      expect(await world.find(token)).toBeDefined();
    }
    advance(10 * MINUTE);
    expect(await world.find(token)).toBeUndefined();
  });

  it('writes down that it was seen at most once a minute', async () => {
    const token = await world.token(ada);
    const seen = async () => (await world.databases.recordsOwner<{ seen_at: Date }>('SELECT seen_at FROM session ORDER BY created_at DESC LIMIT 1'))[0]!.seen_at;
    const first = await seen();
    advance(30_000);
    await world.find(token);
    expect(await seen()).toEqual(first);
    advance(31_000);
    await world.find(token);
    expect((await seen()).getTime()).toBeGreaterThan(first.getTime());
  });

  it('leaves no half behind of sessions that nobody comes back to', async () => {
    await world.token(ada);
    await world.get(SignIn).run(ada, 'demo', false);
    advance(20 * MINUTE);
    await world.get(SweepSessions).run();
    expect(await halves()).toBe(1); // the one that does not idle out
    advance(12 * 60 * MINUTE);
    await world.get(SweepSessions).run();
    expect(await halves()).toBe(0);
    expect(await world.databases.recordsOwner('SELECT id FROM session')).toHaveLength(0);
  });

  it('changes a password: the old one, its half and other sessions are dead, the own one lives', async () => {
    const other = await world.token(ada);
    const own = await world.token(ada);
    const who = (await world.find(own))!;
    const change = world.get(ChangePassword);
    expect(await refusedWith(change.run(who, { current: 'not her password', next: passwordOf('next') }))).toBe('SIGN_IN_FAILED');
    expect(await refusedWith(change.run(who, { current: ada.password, next: 'too short' }))).toBe('INVALID_INPUT');
    await change.run(who, { current: ada.password, next: passwordOf('next') });
    expect(await refusedWith(signIn(ada.email, ada.password))).toBe('SIGN_IN_FAILED');
    expect(await world.find(other)).toBeUndefined();
    expect(await world.find(own)).toBeDefined();
    expect(await refusedWith(signIn(ada.email, passwordOf('next')))).toBeUndefined();
    expect(await world.databases.keysOwner(`SELECT id FROM half WHERE kind = 'password' AND member_id = $1`, [ada.id])).toHaveLength(1);
  });

  it('does not accept an old password with the old row put back', async () => {
    const bea = await world.join(ada2(), 'auditor', 'bea');
    const columns = 'password_salt, password_half, wrapped_secret_key';
    const [old] = await world.databases.recordsOwner(`SELECT ${columns} FROM member WHERE id = $1`, [bea.id]);
    await world.get(ChangePassword).run(await world.who(bea), { current: bea.password, next: passwordOf('later') });
    await world.databases.recordsOwner(`UPDATE member SET (${columns}) = ($2, $3, $4) WHERE id = $1`, [bea.id, ...Object.values(old!)]);
    expect(await refusedWith(signIn(bea.email, bea.password))).toBe('SIGN_IN_FAILED');
  });

  const ada2 = (): Person => ({ ...ada, password: passwordOf('next') });
});
