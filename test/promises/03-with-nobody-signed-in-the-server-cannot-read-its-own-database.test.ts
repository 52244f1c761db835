import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { uuidBytes } from '../../src/crypto/bytes.js';
import { context } from '../../src/crypto/context.js';
import { unwrap } from '../../src/crypto/wrap.js';
import { openBucket, type BucketRow } from '../../src/vault/buckets.js';
import { openHalf, openHalvesKey, type HalfRow, type HalvesKeyRow } from '../../src/vault/halves.js';
import { unwrapShare } from '../../src/vault/life-shares.js';
import { MasterFile } from '../../src/vault/master-file.js';
import { openGrant } from '../../src/vault/vault-grant.js';
import { unwrapIntakeKey, unwrapLookupKey } from '../../src/vault/vault-wraps.js';
import { unwrapWithPassword, unwrapWithToken } from '../../src/vault/member-secret.js';
import { keyPairOf } from '../../src/crypto/sealed-box.js';
import { refusalCode } from '../support/refusal-code.js';
import { startTestService, type TestService } from '../support/test-service.js';

let service: TestService;
let id: string;
beforeAll(async () => {
  service = await startTestService();
  id = (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Noor' } } })).body.id;
});
afterAll(() => service.stop());

/** Every key there is in both databases and in the secret files, opened as far as the server itself can. */
async function everyKeyInTheHouse(): Promise<Uint8Array[]> {
  const { keysOwner, settings } = service.databases;
  const [master] = new MasterFile(settings.secretsDirectories).read();
  const buckets = (await keysOwner<BucketRow>('SELECT * FROM bucket')).map((row) => openBucket(master!, row));
  const [keyRow] = await keysOwner<HalvesKeyRow>('SELECT * FROM halves_key');
  const halvesKey = openHalvesKey(master!, keyRow!);
  const halves = (await keysOwner<HalfRow>('SELECT * FROM half')).map((row) => openHalf(halvesKey, keyRow!.id, row));
  const shares = (await keysOwner<{ bucket_id: string; intake_id: string; wrapped: Buffer }>('SELECT * FROM life_share')).map((row) =>
    unwrapShare(buckets.find((bucket) => bucket.id === row.bucket_id)!, row.intake_id, row.wrapped),
  );
  const files = readdirSync(settings.secretsDirectories[0]).flatMap((name) => slices(readFileSync(join(settings.secretsDirectories[0], name))));
  const { recordsOwner } = service.databases;
  const stored = await recordsOwner<{ bytes: Buffer }>(`
    SELECT public_key AS bytes FROM member UNION ALL SELECT password_salt FROM member UNION ALL SELECT wrapped_secret_key FROM member
    UNION ALL SELECT token_hash FROM session UNION ALL SELECT sealed_secret_key FROM session
    UNION ALL SELECT sealed FROM vault_grant UNION ALL SELECT mac FROM vault_grant UNION ALL SELECT pin FROM vault_grant WHERE pin IS NOT NULL`);
  return [master!.key, ...buckets.map(({ key }) => key), halvesKey, ...halves, ...shares, ...files, ...stored.flatMap(({ bytes }) => slices(bytes))];
}

function slices(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.max(0, bytes.length - 31) }, (_, at) => bytes.slice(at, at + 32));
}

describe('with nobody signed in, the server cannot read its own database', () => {
  it('for no key in both databases and the secret files opens an intake, a vault or a member', async () => {
    for (const { role } of service.members.slice(0, 3)) await service.api(role).post('/api/sign-out');
    const { recordsOwner } = service.databases;
    const found = await everyKeyInTheHouse();
    expect(found.length).toBeGreaterThan(200);
    const [intake] = await recordsOwner<{ site_id: string; vault_number: number; wrapped_key: Buffer }>('SELECT * FROM intake WHERE id = $1', [id]);
    const [lookup] = await recordsOwner<{ filing_year: number; wrapped: Buffer }>('SELECT * FROM lookup_key');
    const grants = await recordsOwner<{ member_id: string; sealed: Buffer; mac: Buffer; vault_number: number; public_key: Buffer }>(
      'SELECT g.*, m.public_key FROM vault_grant g JOIN member m ON m.id = g.member_id',
    );
    const members = await recordsOwner<{ id: string; wrapped_secret_key: Buffer }>('SELECT * FROM member');
    const sessions = await recordsOwner<{ id: string; member_id: string; sealed_secret_key: Buffer }>('SELECT * FROM session');
    const siteId = intake!.site_id;
    const opened: string[] = [];
    const attempt = (what: string, open: () => unknown): void => {
      if (refusalCode(open) === undefined) opened.push(what);
    };
    for (const key of found) {
      const vault = { siteId, number: intake!.vault_number, key };
      attempt('intake key', () => unwrapIntakeKey(vault, id, intake!.wrapped_key));
      attempt('lookup key', () => unwrapLookupKey(vault, lookup!.filing_year, lookup!.wrapped));
      for (const member of members) attempt('password wrap', () => unwrapWithPassword(key, key, member.id, member.wrapped_secret_key));
      for (const one of sessions) attempt('session', () => unwrapWithToken(key, key, { id: one.id, memberId: one.member_id }, one.sealed_secret_key));
      for (const grant of grants) {
        const grantee = { memberId: grant.member_id, role: 'preparer', keys: keyPairOf(key) };
        attempt('grant', () => openGrant({ siteId, number: grant.vault_number }, grantee, key, grant));
        const place = context('grant', uuidBytes(siteId), uuidBytes(grant.member_id), 'preparer', grant.public_key, grant.vault_number);
        attempt('grant as a bare wrap', () => unwrap(key, grant.sealed, place));
      }
    }
    expect(opened).toEqual([]);
  });

  it('and a token that was signed out opens nothing either', async () => {
    expect((await service.api('preparer').get(`/api/intakes/${id}`)).status).toBe(401);
  });
});
