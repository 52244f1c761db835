import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnlockVault } from '../../src/access/unlock-vault.js';
import type { SiteMember } from '../../src/access/signed-in.js';
import { randomBytes } from '../../src/crypto/random.js';
import { newToken, tokenBytes, tokenHash } from '../../src/crypto/secret-token.js';
import { makeHalf } from '../../src/vault/halves.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { sealGrant } from '../../src/vault/vault-grant.js';
import { AccessWorld, refusedWith, type Person } from './access-world.js';

/** What somebody gets who can write both databases at will, and has no password and no token. */
describe('somebody who rewrites the databases', () => {
  let world: AccessWorld;
  let ada: Person;
  let fern: Person;
  let sam: Person;

  beforeAll(async () => {
    world = await AccessWorld.start();
    ({ ada, fern, sam } = await world.setUpWithPreparers());
    await opens(await world.who(sam)); // sets the pin
  });
  afterAll(() => world.stop());

  const sql = (text: string, parameters: unknown[] = []) => world.databases.recordsOwner(text, parameters);
  const opens = (who: SiteMember) => world.get(UnlockVault).withVault(who, async () => undefined);
  /** Runs with the member's rows changed, and puts them back. */
  async function changed(update: string, parameters: unknown[], test: () => Promise<void>): Promise<void> {
    const members = await sql('SELECT id, role, public_key, site_id FROM member');
    const grants = await sql('SELECT * FROM vault_grant');
    await sql(update, parameters);
    await test();
    for (const m of members) await sql('UPDATE member SET role = $2, public_key = $3, site_id = $4 WHERE id = $1', Object.values(m));
    await sql('DELETE FROM vault_grant');
    for (const g of grants) await sql('INSERT INTO vault_grant VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)', Object.values(g));
    await opens(await world.who(sam));
  }

  it('opens nothing as a member whose public key they replaced', async () => {
    const signedInBefore = await world.token(sam);
    await changed('UPDATE member SET public_key = $2 WHERE id = $1', [sam.id, Buffer.from(randomBytes(32))], async () => {
      expect(await refusedWith(world.token(sam))).toBe('KEY_NOT_AUTHENTIC');
      expect(await refusedWith(opens((await world.find(signedInBefore))!))).toBe('KEY_NOT_AUTHENTIC');
    });
  });

  it('opens nothing as an administrator made preparer, with or without a copied grant', async () => {
    await changed(`UPDATE member SET role = 'preparer', site_id = (SELECT id FROM site) WHERE id = $1`, [ada.id], async () => {
      expect(await refusedWith(opens(await world.who(ada)))).toBe('NOT_ADMITTED');
      await sql('UPDATE vault_grant SET member_id = $1 WHERE member_id = $2', [ada.id, sam.id]);
      expect(await refusedWith(opens(await world.who(ada)))).toBe('NOT_ADMITTED');
      await world.databases.keysOwner('UPDATE half SET member_id = $1 WHERE kind = $2 AND member_id = $3', [ada.id, 'grant', sam.id]);
      expect(await refusedWith(opens(await world.who(ada)))).toBe('KEY_NOT_AUTHENTIC');
      await world.databases.keysOwner('UPDATE half SET member_id = $3 WHERE kind = $2 AND member_id = $1', [ada.id, 'grant', sam.id]);
    });
  });

  it('opens nothing with a grant of one member put in place of another’s', async () => {
    const parts = 'half_id, sealed, mac, pin';
    await changed(
      `UPDATE vault_grant SET (${parts}) = (SELECT ${parts} FROM vault_grant WHERE member_id = $2) WHERE member_id = $1`,
      [sam.id, fern.id],
      async () => expect(await refusedWith(opens(await world.who(sam)))).toBe('NOT_ADMITTED'),
    );
    await changed(
      'UPDATE vault_grant SET sealed = (SELECT sealed FROM vault_grant WHERE member_id = $2) WHERE member_id = $1',
      [sam.id, fern.id],
      async () => expect(await refusedWith(opens(await world.who(sam)))).toBe('KEY_NOT_AUTHENTIC'),
    );
  });

  it('cannot put a vault key of their own in its place: the pin does not fit', async () => {
    const [row] = await sql('SELECT public_key, site_id FROM member WHERE id = $1', [sam.id]);
    const { public_key: publicKey, site_id: siteId } = row as { public_key: Buffer; site_id: string };
    const half = await world.get(KeyStore).transaction((store) => makeHalf(store, sam.id, 'grant'));
    const grantee = { memberId: sam.id, role: 'preparer', publicKey: new Uint8Array(publicKey) };
    const { sealed, mac } = sealGrant({ siteId, number: 1, key: randomBytes(32) }, grantee, half.bytes);
    await changed(
      'UPDATE vault_grant SET half_id = $2, sealed = $3, mac = $4 WHERE member_id = $1',
      [sam.id, half.id, Buffer.from(sealed), Buffer.from(mac)],
      async () => expect(await refusedWith(opens(await world.who(sam)))).toBe('KEY_NOT_AUTHENTIC'),
    );
  });

  it('finds in both databases together nothing that a session opens with', async () => {
    const token = await world.token(sam);
    const who = (await world.find(token))!;
    const rows = await sql('SELECT * FROM session WHERE member_id = $1', [sam.id]);
    const halves = await world.databases.keysOwner('SELECT * FROM half');
    expect(JSON.stringify([rows, halves])).not.toContain(Buffer.from(who.token).toString('hex'));
    // A token of their own choosing, put into the row, finds the session; the secret key stays shut.
    const chosen = newToken();
    await sql('UPDATE session SET token_hash = $2 WHERE id = $1', [who.sessionId, Buffer.from(tokenHash(tokenBytes(chosen)!))]);
    const stolen = (await world.find(chosen))!;
    expect(stolen.memberId).toBe(sam.id);
    expect(await refusedWith(opens(stolen))).toBe('KEY_NOT_AUTHENTIC');
  });

  it('opens nothing with a token alone once the session’s half is gone', async () => {
    const who = await world.who(sam);
    await opens(who);
    await world.databases.keysOwner('DELETE FROM half WHERE id = $1', [who.sealedKey.halfId]);
    expect(await refusedWith(opens(who))).toBe('SIGNED_OUT');
  });
});
