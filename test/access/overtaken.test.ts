import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { AdmitMember } from '../../src/access/admit-member.js';
import { ChangePassword } from '../../src/access/change-password.js';
import { DisableMember } from '../../src/access/disable-member.js';
import { SignIn } from '../../src/access/sign-in.js';
import { AccessWorld, passwordOf, refusedWith, type Person } from './access-world.js';

const NEXT_PASSWORD = 'otters under five lanterns';
const WAITING = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;

/** Work that is held up half-way, at a lock, and goes on after something else was done. */
describe('work that was overtaken', () => {
  let world: AccessWorld;
  let ada: Person;
  let ruth: Person;
  let fern: Person;
  let sam: Person;
  let holder: pg.Client;
  let keysHolder: pg.Client;
  let count = 0;

  beforeAll(async () => {
    world = await AccessWorld.start();
    [ada, ruth] = await world.setUpByTwo();
    fern = await world.join(ada, 'preparer', 'fern');
  });
  beforeEach(async () => {
    sam = await world.join(ada, 'preparer', `sam${(count += 1)}`);
    const { records, keys } = world.databases.urls;
    [holder, keysHolder] = [new pg.Client({ connectionString: records.owner }), new pg.Client({ connectionString: keys.owner })];
    for (const client of [holder, keysHolder]) {
      await client.connect();
      await client.query('BEGIN');
    }
  });
  afterEach(async () => {
    await holder.end();
    await keysHolder.end();
  });
  afterAll(() => world.stop());

  const signIn = (password: string) => world.get(SignIn).run({ email: sam.email, password }, 'one address');
  const rows = () => world.databases.recordsOwner('SELECT id FROM session WHERE member_id = $1', [sam.id]);
  const sessionHalves = () => world.databases.keysOwner(`SELECT id FROM half WHERE kind = 'session' AND member_id = $1`, [sam.id]);
  /** Until this many wait for a lock. */
  async function untilWaiting(wanted: number, query = world.databases.recordsOwner): Promise<void> {
    while ((await query(WAITING)).length < wanted) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /**
   * A sign-in that has proven its password waits to write its session's half, until the other work has written everything and
   * is about to commit.
   */
  async function overtakeSignIn<T>(work: () => Promise<T>): Promise<{ result: T; late: string | undefined }> {
    await keysHolder.query('LOCK TABLE half IN EXCLUSIVE MODE');
    await holder.query('LOCK TABLE log_entry IN EXCLUSIVE MODE');
    const late = refusedWith(signIn(sam.password));
    await untilWaiting(1, world.databases.keysOwner);
    const overtaking = work();
    await untilWaiting(2, world.databases.keysOwner);
    await keysHolder.query('COMMIT');
    await untilWaiting(2);
    await holder.query('COMMIT');
    return { result: await overtaking, late: await late };
  }
  const holdRow = (table: 'member' | 'site', id: string) => holder.query(`SELECT FROM ${table} WHERE id = $1 FOR NO KEY UPDATE`, [id]);

  describe('a sign-in', () => {
    it('with a password that was changed since it was proven is refused, and leaves nothing', async () => {
      const who = await world.who(sam);
      const { late } = await overtakeSignIn(() => world.get(ChangePassword).run(who, { current: sam.password, next: NEXT_PASSWORD }));
      expect(late).toBe('SIGN_IN_FAILED');
      expect(await rows()).toEqual([{ id: who.sessionId }]);
      expect(await sessionHalves()).toEqual([{ id: who.sealedKey.halfId }]);
    });

    it('is refused where the change was committed while it waited', async () => {
      await holdRow('member', sam.id);
      const late = refusedWith(signIn(sam.password));
      await untilWaiting(1);
      await holder.query('UPDATE member SET password_half = gen_random_uuid() WHERE id = $1', [sam.id]);
      await holder.query('COMMIT');
      expect(await late).toBe('SIGN_IN_FAILED');
      expect([await rows(), await sessionHalves()]).toEqual([[], []]);
      expect((await world.entries('sign-in-failed')).at(-1)).toMatchObject({ subject: { member: sam.id }, context: { reason: 'wrong-password' } });
    });

    it('is ended by a change that it overtook, not the one that asked', async () => {
      const who = await world.who(sam);
      const before = (await signIn(sam.password)).token;
      await world.get(ChangePassword).run(who, { current: sam.password, next: NEXT_PASSWORD });
      expect(await world.find(before)).toBeUndefined();
      expect(await world.find(Buffer.from(who.token).toString('base64url'))).toBeDefined();
      expect(await sessionHalves()).toEqual([{ id: who.sealedKey.halfId }]);
    });

    it('of somebody who was disabled meanwhile is refused, and leaves nothing', async () => {
      const administrator = await world.who(ada);
      const { result, late } = await overtakeSignIn(() => world.get(DisableMember).run(administrator, sam.id));
      expect([result, late]).toEqual(['erased', 'SIGN_IN_FAILED']);
      expect([await rows(), await sessionHalves()]).toEqual([[], []]);
      expect((await world.entries('sign-in-failed')).at(-1)).toMatchObject({ subject: { member: sam.id }, context: { reason: 'disabled' } });
    });
  });

  describe('a change of password', () => {
    it('is not kept from its owner by whoever tries wrong ones in another session', async () => {
      const [own, stolen] = [await world.who(sam), await world.who(sam)];
      const change = world.get(ChangePassword);
      const guess = () => refusedWith(change.run(stolen, { current: 'not their password', next: NEXT_PASSWORD }));
      for (let i = 0; i < 10; i++) expect(await guess()).toBe('SIGN_IN_FAILED');
      expect(await guess()).toBe('TOO_MANY_ATTEMPTS');
      expect(await refusedWith(change.run(own, { current: sam.password, next: NEXT_PASSWORD }))).toBeUndefined();
      expect(await refusedWith(signIn(NEXT_PASSWORD))).toBeUndefined();
    });

    it('goes on beside wrong ones that are being tried', async () => {
      const [own, stolen] = [await world.who(sam), await world.who(sam)];
      const change = world.get(ChangePassword);
      const guesses = Array.from({ length: 8 }, () => refusedWith(change.run(stolen, { current: 'not their password', next: NEXT_PASSWORD })));
      expect(await refusedWith(change.run(own, { current: sam.password, next: NEXT_PASSWORD }))).toBeUndefined();
      expect(await Promise.all(guesses)).toEqual(guesses.map(() => 'SIGN_IN_FAILED'));
    });

    it('is one of two at once, and the half in force is the one that lives', async () => {
      const [one, other] = [await world.who(sam), await world.who(sam)];
      const passwords = [NEXT_PASSWORD, passwordOf('another')] as const;
      const change = (who: typeof one, next: string) => refusedWith(world.get(ChangePassword).run(who, { current: sam.password, next }));
      const codes = await Promise.all([change(one, passwords[0]), change(other, passwords[1])]);
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect(await refusedWith(signIn(passwords[codes.indexOf(undefined)]!))).toBeUndefined();
      expect(await world.databases.keysOwner(`SELECT FROM half WHERE kind = 'password' AND member_id = $1`, [sam.id])).toHaveLength(1);
    });
  });

  describe('an admission', () => {
    const grants = () => world.databases.recordsOwner('SELECT half_id FROM vault_grant WHERE member_id = $1', [sam.id]);
    const grantHalves = () => world.databases.keysOwner(`SELECT id FROM half WHERE kind = 'grant' AND member_id = $1`, [sam.id]);

    async function heldAdmission(by: Person): Promise<{ result: Promise<string | undefined>; siteId: string }> {
      const who = await world.who(by);
      const words = await world.wordsOf(who, sam);
      await holdRow('site', who.siteId);
      const result = refusedWith(world.get(AdmitMember).run(who, sam.id, words));
      await untilWaiting(1);
      return { result, siteId: who.siteId };
    }

    it('by somebody who was disabled while it waited is refused, and gives nothing', async () => {
      const tess = await world.join(ada, 'preparer', `tess${count}`);
      await world.admit(fern, tess);
      const before = await grantHalves();
      const { result } = await heldAdmission(tess);
      await holder.query(`UPDATE member SET status = 'disabled', disabled_day = '2027-02-01' WHERE id = $1`, [tess.id]);
      await holder.query('COMMIT');
      expect(await result).toBe('FORBIDDEN');
      expect([await grants(), await grantHalves()]).toEqual([[], before]);
    });

    it('by somebody whose own key was taken while it waited is refused, and gives nothing', async () => {
      const tess = await world.join(ada, 'preparer', `tess${count}`);
      await world.admit(fern, tess);
      const before = await grantHalves();
      const { result } = await heldAdmission(tess);
      await holder.query('DELETE FROM vault_grant WHERE member_id = $1', [tess.id]);
      await holder.query('COMMIT');
      expect(await result).toBe('SIGNED_OUT');
      expect([await grants(), await grantHalves()]).toEqual([[], before]);
    });
  });

  it('leaves one of two administrators at two sites who disable each other', async () => {
    const other = '11111111-2222-4333-8444-555555555555';
    await world.databases.recordsOwner(`INSERT INTO site (id, name, time_zone, created_day) VALUES ($1, 'Elm Street', 'UTC', '2027-01-01')`, [other]);
    const [here, there] = [await world.who(ada), { ...(await world.who(ruth)), siteId: other }];
    const disable = world.get(DisableMember);
    for (let round = 0; round < 8; round++) {
      const codes = await Promise.all([refusedWith(disable.run(here, ruth.id)), refusedWith(disable.run(there, ada.id))]);
      expect(codes.filter((code) => code === undefined)).toHaveLength(1);
      expect(codes).toContain('FORBIDDEN');
      const active = await world.databases.recordsOwner(`SELECT id FROM member WHERE id IN ($1, $2) AND status = 'active'`, [ada.id, ruth.id]);
      expect(active).toHaveLength(1);
      await world.databases.recordsOwner(`UPDATE member SET status = 'active', disabled_day = NULL WHERE id IN ($1, $2)`, [ada.id, ruth.id]);
    }
  });
});
