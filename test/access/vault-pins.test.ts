import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SiteMember } from '../../src/access/signed-in.js';
import { UnlockVault } from '../../src/access/unlock-vault.js';
import { randomBytes } from '../../src/crypto/random.js';
import { makeHalf } from '../../src/vault/halves.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { sealGrant } from '../../src/vault/vault-grant.js';
import { storedColumns } from '../support/stored-columns.js';
import { AccessWorld, refusedWith, type Person } from './access-world.js';

/** A vault key put in the place of a site's, by somebody who can write both databases and takes the members' pins away. */
describe('a pin that was taken away', () => {
  let world: AccessWorld;
  let ada: Person;
  let fern: Person;
  let sam: Person;
  let who: SiteMember;

  beforeAll(async () => {
    world = await AccessWorld.start();
    ({ ada, fern, sam } = await world.setUpWithPreparers());
    who = await world.who(sam);
  });
  beforeEach(() => opens(who));
  afterAll(() => world.stop());

  const sql = (text: string, parameters: unknown[] = []) => world.databases.recordsOwner(text, parameters);
  const opens = (member: SiteMember) => world.get(UnlockVault).withVault(member, async () => undefined);
  const pinsOf = async (person: Person) => (await world.entries('vault.pinned')).filter(({ actor }) => actor['member'] === person.id);

  /** Puts a vault key of the attacker's choosing into a grant, without a pin, and the grant back afterwards. */
  async function substituted(person: Person, test: () => Promise<void>): Promise<void> {
    const [old] = await sql('SELECT half_id, sealed, mac, pin FROM vault_grant WHERE member_id = $1', [person.id]);
    const [row] = await sql('SELECT public_key, site_id FROM member WHERE id = $1', [person.id]);
    const { public_key: publicKey, site_id: siteId } = row as { public_key: Buffer; site_id: string };
    const half = await world.get(KeyStore).transaction((store) => makeHalf(store, person.id, 'grant'));
    const grantee = { memberId: person.id, role: 'preparer', publicKey: new Uint8Array(publicKey) };
    const { sealed, mac } = sealGrant({ siteId, number: 1, key: randomBytes(32) }, grantee, half.bytes);
    const update = 'UPDATE vault_grant SET half_id = $2, sealed = $3, mac = $4, pin = $5 WHERE member_id = $1';
    await sql(update, [person.id, half.id, Buffer.from(sealed), Buffer.from(mac), null]);
    await test();
    await sql(update, [person.id, ...Object.values(old!)]);
  }

  it('leaves one entry when it is set, whoever opens at once and however often', async () => {
    const eve = await world.join(ada, 'preparer', 'eve');
    await world.admit(fern, eve);
    expect(await pinsOf(eve)).toEqual([]);
    const signedIn = await world.who(eve);
    await Promise.all([opens(signedIn), opens(signedIn), opens(signedIn), opens(signedIn)]);
    await opens(signedIn);
    expect(await pinsOf(eve)).toEqual([{ actor: { member: eve.id, role: 'preparer' }, subject: { site: who.siteId }, context: { vault: 1 } }]);
    expect(await pinsOf(fern)).toHaveLength(1); // who made the vault pinned it then
  });

  it('is missed, whether the vault key is another or still the same', async () => {
    await substituted(sam, async () => {
      expect(await refusedWith(opens(who))).toBe('KEY_NOT_AUTHENTIC');
      expect(await sql('SELECT FROM vault_grant WHERE member_id = $1 AND pin IS NULL', [sam.id])).toHaveLength(1);
    });
    const [{ pin }] = (await sql('SELECT pin FROM vault_grant WHERE member_id = $1', [sam.id])) as [{ pin: Buffer }];
    await sql('UPDATE vault_grant SET pin = NULL WHERE member_id = $1', [sam.id]);
    expect(await refusedWith(opens(who))).toBe('KEY_NOT_AUTHENTIC');
    await sql('UPDATE vault_grant SET pin = $2 WHERE member_id = $1', [sam.id, pin]);
    expect(await pinsOf(sam)).toHaveLength(1);
  });

  it('is missed although the entry’s parts were removed, or made to name someone else', async () => {
    const columns = await storedColumns(world.databases.recordsOwner, 'log_part');
    const [part] = await sql(`SELECT ${columns} FROM log_part WHERE entry_id IN (SELECT id FROM log_entry WHERE kind = 'vault.pinned') AND actor LIKE $1`, [
      `%${sam.id}%`,
    ]);
    const { entry_id: id, actor } = part as { entry_id: number; actor: string };
    await substituted(sam, async () => {
      await sql('UPDATE log_part SET actor = $2 WHERE entry_id = $1', [id, actor.replace(sam.id, fern.id)]);
      expect(await refusedWith(opens(who))).toBe('KEY_NOT_AUTHENTIC');
      await sql(`UPDATE log_part SET actor_salt = '' WHERE entry_id = $1`, [id]);
      expect(await refusedWith(opens(who))).toBe('KEY_NOT_AUTHENTIC');
      await sql('DELETE FROM log_part WHERE entry_id = $1', [id]);
      expect(await refusedWith(opens(who))).toBe('KEY_NOT_AUTHENTIC');
    });
    await sql(`INSERT INTO log_part (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, Object.values(part!));
  });

  it('of one member does not keep another from pinning', async () => {
    const kim = await world.join(ada, 'preparer', 'kim');
    await world.admit(sam, kim);
    expect(await refusedWith(opens(await world.who(kim)))).toBeUndefined();
  });
});
