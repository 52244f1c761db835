import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ChangePassword } from '../../src/access/change-password.js';
import { DisableMember } from '../../src/access/disable-member.js';
import { SignIn } from '../../src/access/sign-in.js';
import { SignOut } from '../../src/access/sign-out.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { UnlockVault } from '../../src/access/unlock-vault.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { rotateMaster } from '../../src/vault/rotate-master.js';
import { AccessWorld, refusedWith, type Person } from './access-world.js';

const NEXT_PASSWORD = 'otters under five lanterns';

/** A member's rows of both databases, as JSON. */
interface Copy {
  readonly member: string;
  readonly grants: string;
  readonly sessions: string;
  readonly halves: string;
}

describe('this morning’s copies of both databases, with today’s master file', () => {
  let world: AccessWorld;
  let ada: Person;
  let fern: Person;
  let sam: Person;
  let count = 0;

  beforeAll(async () => {
    world = await AccessWorld.start();
    ada = await world.setUp();
    fern = await world.join(ada, 'preparer', 'fern');
  });
  beforeEach(async () => {
    sam = await world.join(ada, 'preparer', `sam${(count += 1)}`);
    await world.admit(fern, sam);
  });
  // The next run would name a dead half as tampered with, and end there.
  afterEach(() => world.databases.keysOwner('DELETE FROM half WHERE member_id = $1', [sam.id]));
  afterAll(() => world.stop());

  async function copyOfSam(): Promise<Copy> {
    const { recordsOwner, keysOwner } = world.databases;
    const rows = async (query: typeof keysOwner, table: string, column: string): Promise<string> => {
      const [row] = await query<{ rows: string }>(`SELECT jsonb_agg(to_jsonb(t))::text AS rows FROM ${table} t WHERE ${column} = $1`, [sam.id]);
      return row!.rows;
    };
    return {
      member: await rows(recordsOwner, 'member', 'id'),
      grants: await rows(recordsOwner, 'vault_grant', 'member_id'),
      sessions: await rows(recordsOwner, 'session', 'member_id'),
      halves: await rows(keysOwner, 'half', 'member_id'),
    };
  }

  async function bringBack({ member, grants, sessions, halves }: Copy): Promise<void> {
    const { recordsOwner, keysOwner } = world.databases;
    const rows = (table: string) => `SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1)`;
    await recordsOwner(
      `UPDATE member m SET status = c.status, disabled_day = c.disabled_day, password_salt = c.password_salt, password_half = c.password_half,
         wrapped_secret_key = c.wrapped_secret_key FROM (${rows('member')}) c WHERE m.id = c.id`,
      [member],
    );
    await recordsOwner(`INSERT INTO vault_grant ${rows('vault_grant')} ON CONFLICT DO NOTHING`, [grants]);
    await recordsOwner(`INSERT INTO session ${rows('session')} ON CONFLICT DO NOTHING`, [sessions]);
    await keysOwner(`INSERT INTO half ${rows('half')} ON CONFLICT DO NOTHING`, [halves]);
  }

  const signIn = (password = sam.password) => world.get(SignIn).run({ email: sam.email, password }, 'one address');
  const unlock = (who: SiteMember) => world.get(UnlockVault).withVault(who, async () => undefined);
  const nextRun = () => rotateMaster(world.get(KeyStore));

  it('bring a session back that was ended, until the next run and not after it', async () => {
    const who = (await world.find((await signIn()).token))!;
    const copy = await copyOfSam();
    const signOut = () => world.get(SignOut).run(who);
    await signOut();
    expect(await refusedWith(unlock(who))).toBe('SIGNED_OUT');
    await bringBack(copy);
    expect(await refusedWith(unlock(who))).toBeUndefined();
    await signOut();
    await nextRun();
    expect(await refusedWith(signIn())).toBeUndefined(); // what lives goes on
    await bringBack(copy);
    expect(await refusedWith(unlock(who))).toBe('KEY_NOT_AUTHENTIC');
  });

  it('bring a password back that was changed, until the next run and not after it', async () => {
    await signIn();
    const copy = await copyOfSam();
    const change = async (): Promise<void> => {
      const { token } = await signIn();
      await world.get(ChangePassword).run((await world.find(token))!, { current: sam.password, next: NEXT_PASSWORD });
    };
    await change();
    expect(await refusedWith(signIn())).toBe('SIGN_IN_FAILED');
    await bringBack(copy);
    expect(await refusedWith(signIn())).toBeUndefined();
    await change();
    await nextRun();
    expect(await refusedWith(signIn(NEXT_PASSWORD))).toBeUndefined();
    await bringBack(copy);
    expect(await refusedWith(signIn())).toBe('KEY_NOT_AUTHENTIC');
  });

  it('bring back who has left, until the next run and not after it', async () => {
    const who = (await world.find((await signIn()).token))!;
    const copy = await copyOfSam();
    const disable = async () => world.get(DisableMember).run(await world.who(ada), sam.id);
    expect(await disable()).toBe('erased');
    expect(await refusedWith(signIn())).toBe('SIGN_IN_FAILED');
    await bringBack(copy);
    expect(await refusedWith(signIn())).toBeUndefined();
    expect(await refusedWith(unlock(who))).toBeUndefined();
    expect(await disable()).toBe('erased');
    await nextRun();
    await bringBack(copy);
    expect(await refusedWith(signIn())).toBe('KEY_NOT_AUTHENTIC');
    expect(await refusedWith(unlock(who))).toBe('KEY_NOT_AUTHENTIC');
  });
});
