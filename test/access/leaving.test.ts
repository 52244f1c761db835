import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdmitMember } from '../../src/access/admit-member.js';
import { DisableMember } from '../../src/access/disable-member.js';
import { UnlockVault } from '../../src/access/unlock-vault.js';
import { Join } from '../../src/access/join.js';
import { AccessWorld, passwordOf, refusedWith, tokenIn, type Person } from './access-world.js';

describe('leaving', () => {
  let world: AccessWorld;
  let ada: Person;
  let fern: Person;
  let sam: Person;
  let ruth: Person;

  beforeAll(async () => {
    world = await AccessWorld.start();
    [ada, ruth] = await world.setUpByTwo();
    fern = await world.join(ada, 'preparer', 'fern');
    sam = await world.join(ada, 'preparer', 'sam');
    await world.admit(fern, sam);
  });
  let other: AccessWorld | undefined;
  afterAll(async () => {
    await world.stop();
    await other?.stop();
  });

  const halvesOf = (person: Person) => world.databases.keysOwner<{ kind: string }>('SELECT kind FROM half WHERE member_id = $1 ORDER BY kind', [person.id]);
  const disable = async (person: Person) => world.get(DisableMember).run(await world.who(ada), person.id);

  /** Another service with two holders of a key that opens something. */
  async function another() {
    other = await AccessWorld.start();
    const boss = await other.setUp();
    const kim = await other.join(boss, 'preparer', 'kim');
    const lee = await other.join(boss, 'preparer', 'lee');
    await other.admit(kim, lee);
    await addIntake(other, (await other.who(boss)).siteId);
    return { ada: boss, kim, lee };
  }

  async function addIntake({ databases }: AccessWorld, siteId: string): Promise<void> {
    await databases.recordsOwner(
      `INSERT INTO intake (id, site_id, tax_year, filing_year, vault_number, wrapped_key, created_day, touched_day)
       VALUES (gen_random_uuid(), $1, 2026, 2027, 1, '', '2027-02-01', '2027-02-01')`,
      [siteId],
    );
  }

  it('ends password, sessions and grant at once, old rows included', async () => {
    const token = await world.token(sam);
    const who = (await world.find(token))!;
    const before = await world.databases.recordsOwner('SELECT * FROM vault_grant WHERE member_id = $1', [sam.id]);
    const session = await world.databases.recordsOwner('SELECT * FROM session WHERE member_id = $1', [sam.id]);
    expect(await disable(sam)).toBe('erased');
    expect(await halvesOf(sam)).toEqual([]);
    expect(await world.find(token)).toBeUndefined();
    expect(await refusedWith(world.token(sam))).toBe('SIGN_IN_FAILED');
    expect((await world.entries('member.disabled')).at(-1)).toMatchObject({ actor: { member: ada.id }, subject: { member: sam.id } });

    // Everything of theirs from an old backup of records, put back.
    await world.databases.recordsOwner(`UPDATE member SET status = 'active' WHERE id = $1`, [sam.id]);
    await world.databases.recordsOwner('INSERT INTO vault_grant VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', Object.values(before[0]!));
    await world.databases.recordsOwner('INSERT INTO session VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', Object.values(session.at(-1)!));
    expect(await refusedWith(world.token(sam))).toBe('SIGN_IN_FAILED');
    expect(await refusedWith(world.get(UnlockVault).withVault(who, async () => undefined))).toBe('SIGNED_OUT');
    await world.databases.recordsOwner(`UPDATE member SET status = 'disabled' WHERE id = $1`, [sam.id]);
  });

  it('is final, is no way out for oneself, and closes the way in', async () => {
    expect(await refusedWith(disable(sam))).toBe('ALREADY_DONE');
    expect(await refusedWith(disable(ada))).toBe('FORBIDDEN');
    expect(await refusedWith(disable({ ...sam, id: '11111111-2222-4333-8444-555555555555' }))).toBe('NOT_FOUND');
    expect(await refusedWith(world.get(AdmitMember).run(await world.who(fern), sam.id, 'any words'))).toBe('FORBIDDEN');
  });

  // The leaver's grant that was put back above counts for nothing.
  it('only blocks the last holder of a key that still opens something', async () => {
    const { siteId } = await world.who(ada);
    await addIntake(world, siteId);
    const token = await world.token(fern);
    expect(await disable(fern)).toBe('blocked');
    expect((await halvesOf(fern)).map(({ kind }) => kind)).toEqual(['grant', 'password']);
    expect(await world.find(token)).toBeUndefined();
    expect(await refusedWith(world.token(fern))).toBe('SIGN_IN_FAILED');
    expect(await world.databases.recordsOwner('SELECT pin FROM vault_grant WHERE member_id = $1', [fern.id])).toHaveLength(1);
    expect((await world.entries('member.disabled')).at(-1)!.context).toEqual({ reason: 'LAST_KEY_HOLDER' });
  });

  it('does not give a second vault to a preparer who joins when no holder is left', async () => {
    const late = await world.join(ada, 'preparer', 'tess');
    expect(await refusedWith(world.get(UnlockVault).withVault(await world.who(late), async () => undefined))).toBe('NOT_ADMITTED');
    expect(await world.databases.recordsOwner('SELECT number FROM site_vault')).toHaveLength(1);
  });

  it('makes no holder of whoever was disabled in the key store alone: the other one keeps the key', async () => {
    const { ada: boss, kim, lee } = await another();
    await other!.databases.recordsOwner(`
      CREATE FUNCTION lost() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the connection was lost'; END $$`);
    await other!.databases.recordsOwner(`CREATE TRIGGER lost BEFORE UPDATE OF status ON member FOR EACH ROW EXECUTE FUNCTION lost()`);
    const leave = async (person: Person) => other!.get(DisableMember).run(await other!.who(boss), person.id);
    await expect(leave(kim)).rejects.toThrow('the connection was lost');
    await other!.databases.recordsOwner('DROP TRIGGER lost ON member');
    const left = (person: Person) => other!.databases.keysOwner<{ kind: string }>('SELECT kind FROM half WHERE member_id = $1 ORDER BY kind', [person.id]);
    expect([await left(kim), await other!.databases.recordsOwner(`SELECT status FROM member WHERE id = $1`, [kim.id])]).toEqual([[], [{ status: 'active' }]]);

    expect(await leave(lee)).toBe('blocked');
    expect((await left(lee)).map(({ kind }) => kind)).toEqual(['grant', 'password']);
    expect(await leave(kim)).toBe('erased'); // who holds nothing is the last holder of nothing
  });

  it('voids the links that the leaver handed out, and makes nothing for whoever tries one', async () => {
    const host = await world.who(ruth);
    const links = [await world.invite(host, 'auditor', 'olga'), await world.invite(host, 'preparer', 'piet')];
    await disable(ruth);
    const halves = () => world.databases.keysOwner('SELECT id FROM half');
    const before = await halves();
    for (const { path } of links) {
      const token = tokenIn(path);
      expect(await refusedWith(world.get(Join).invitation(token))).toBe('LINK_NOT_VALID');
      expect(await refusedWith(world.get(Join).run({ token, password: passwordOf('olga') }))).toBe('LINK_NOT_VALID');
    }
    expect(await halves()).toEqual(before);
  });
});
