import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';
import { makePeople, signIn, type People } from './matrix/people.js';

/** What a superuser of both databases gets by moving rows of one site to another, where a preparer with a key of that site is signed in. */
describe('another site’s key', () => {
  let service: TestService;
  let people: People;
  let pam: ApiClient;
  let intake: string;

  beforeAll(async () => {
    service = await startTestService();
    people = await makePeople(service);
    pam = apiClient(service.url, await signIn(service.app, people.ofElsewhere.preparer));
  });
  afterAll(() => service.stop());

  const records = (sql: string, parameters: unknown[]) => service.databases.recordsOwner(sql, parameters);
  const keys = (sql: string, parameters: unknown[]) => service.databases.keysOwner(sql, parameters);
  const read = async (client: ApiClient) => {
    const { status, body, text } = await client.get(`/api/intakes/${intake}?fields=taxpayer,contact`);
    expect(text).not.toContain('Ines');
    return [status, body.code];
  };
  /** The intake with all that the records know of it. */
  async function moveRecords(siteId: string): Promise<void> {
    for (const table of ['section', 'log_entry']) await records(`UPDATE ${table} SET site_id = $2 WHERE intake_id = $1`, [intake, siteId]);
    await records('UPDATE log_part SET site_id = $2 WHERE entry_id IN (SELECT id FROM log_entry WHERE intake_id = $1)', [intake, siteId]);
    await records('UPDATE intake SET site_id = $2 WHERE id = $1', [intake, siteId]);
  }

  beforeAll(async () => {
    const answers = { taxpayer: { firstName: 'Ines' }, contact: { preferredName: 'Ines' } };
    intake = (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers }).expect(201)).body.id;
    await pam.post('/api/intakes', { taxYear: 2026 }).expect(201);
  });

  it('is not asked for an intake that is not of its site', async () => {
    expect(await read(pam)).toEqual([404, 'NOT_FOUND']);
    expect((await pam.get('/api/intakes')).body.intakes.map(({ id }: { id: string }) => id)).not.toContain(intake);
  });

  it('opens no intake whose rows were moved to its site, with or without their life', async () => {
    await moveRecords(people.elsewhere);
    expect(await read(pam)).toEqual([410, 'DESTROYED']); // nothing of it lives at this site
    const moved = await keys(
      `UPDATE life_share s SET site_id = $2, bucket_id = b.id FROM bucket o, bucket b
       WHERE s.intake_id = $1 AND o.id = s.bucket_id AND b.site_id = $2 AND b.class = o.class AND b.day = o.day RETURNING s.class`,
      [intake, people.elsewhere],
    );
    expect(moved.length).toBeGreaterThan(5);
    expect((await read(pam))[0]).toBe(500);
    expect((await pam.patch(`/api/intakes/${intake}`, { version: 1, answers: { contact: { preferredName: 'Pam' } } })).status).toBe(500);
  });

  it('nor with the intake’s key in place of one of its own', async () => {
    await records(
      `UPDATE intake SET wrapped_key = (SELECT wrapped_key FROM intake WHERE site_id = $2 AND id <> $1 LIMIT 1) WHERE id = $1`,
      [intake, people.elsewhere],
    );
    expect((await read(pam))[0]).toBe(500);
  });

  it('is not got by a grant of the other site, copied to a member of this one', async () => {
    const [own] = await records('SELECT * FROM vault_grant WHERE member_id = $1', [people.ofElsewhere.preparer.id]);
    await records(
      `UPDATE vault_grant SET (half_id, sealed, mac, pin) = (SELECT half_id, sealed, mac, pin FROM vault_grant WHERE member_id = $2) WHERE member_id = $1`,
      [people.ofElsewhere.preparer.id, people.of.preparer.id],
    );
    const again = apiClient(service.url, await signIn(service.app, people.ofElsewhere.preparer));
    expect([403, 500]).toContain((await again.get('/api/intakes')).status);
    await records('UPDATE vault_grant SET (half_id, sealed, mac, pin) = ($2, $3, $4, $5) WHERE member_id = $1', [
      ...[people.ofElsewhere.preparer.id, own!['half_id'], own!['sealed'], own!['mac'], own!['pin']],
    ]);
    expect((await pam.get('/api/intakes')).status).toBe(200);
  });

  it('makes nobody a reader whose row was moved to the site', async () => {
    await records('UPDATE member SET site_id = $2 WHERE id = $1', [people.ofElsewhere.preparer.id, people.here]);
    expect((await pam.get('/api/intakes')).status).toBe(401);
    const moved = apiClient(service.url, await signIn(service.app, people.ofElsewhere.preparer));
    expect((await moved.get('/api/intakes')).body.code).toBe('NOT_ADMITTED');
    await records('UPDATE vault_grant SET site_id = $2 WHERE member_id = $1', [people.ofElsewhere.preparer.id, people.here]);
    expect([403, 500]).toContain((await moved.get('/api/intakes')).status);
  });
});
