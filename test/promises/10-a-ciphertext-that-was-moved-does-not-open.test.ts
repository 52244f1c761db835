import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

let service: TestService;
let api: ApiClient;
let mine: string;
let other: string;
beforeAll(async () => {
  service = await startTestService();
  api = service.api('preparer');
});
afterAll(() => service.stop());

beforeEach(async () => {
  const create = async (firstName: string): Promise<string> =>
    (await api.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName }, contact: { preferredName: firstName } } })).body.id;
  [mine, other] = [await create('Mine'), await create('Other')];
});

/** What a superuser of the database may do to it behind the service's back. */
const records = (sql: string, parameters: unknown[] = []) => service.databases.recordsOwner(sql, parameters);
const keys = (sql: string, parameters: unknown[] = []) => service.databases.keysOwner(sql, parameters);

async function expectRefused(reason?: string): Promise<void> {
  const { status, body, text } = await api.get(`/api/intakes/${mine}?fields=taxpayer,contact`);
  expect([status, body.code]).toEqual([500, 'SECTION_NOT_AUTHENTIC']);
  if (reason) expect(body.reason).toBe(reason);
  expect(text).not.toMatch(/Mine|Other/);
  expect((await api.patch(`/api/intakes/${mine}`, { version: 1, answers: { taxpayer: { jobTitle: 'x' } } })).status).toBe(500);
}

/** Sections and version as they were before a save, and something done to its log entry. @param sql gets the intake and the context of the entry before it */
async function broughtBack(sql: string): Promise<void> {
  const before = await records('SELECT class, sealed FROM section WHERE intake_id = $1', [mine]);
  const [created] = await records(`SELECT p.context FROM log_part p JOIN log_entry e ON e.id = p.entry_id WHERE e.intake_id = $1 AND kind = 'intake.created'`, [mine]);
  expect((await api.patch(`/api/intakes/${mine}`, { version: 1, answers: { taxpayer: { firstName: 'Corrected' }, contact: { phone: '2025550111' } } })).status).toBe(200);
  for (const row of before) await records('UPDATE section SET sealed = $3 WHERE intake_id = $1 AND class = $2', [mine, row['class'], row['sealed']]);
  await records('UPDATE intake SET version = 1 WHERE id = $1', [mine]);
  await records(sql, [mine, created!['context']]);
}

describe('a ciphertext moved to another row, column, client or site, or rolled back, does not open', () => {
  it('from another client', async () => {
    await records(`UPDATE section s SET sealed = o.sealed FROM section o WHERE s.intake_id = $1 AND o.intake_id = $2 AND s.class = o.class`, [mine, other]);
    await expectRefused('DIGEST_WRONG');
  });

  it('from another client, with the log’s digests moved along', async () => {
    await records(`UPDATE section s SET sealed = o.sealed FROM section o WHERE s.intake_id = $1 AND o.intake_id = $2 AND s.class = o.class`, [mine, other]);
    await records(
      `UPDATE log_part p SET context = q.context FROM log_entry a, log_entry b, log_part q
       WHERE a.intake_id = $1 AND b.intake_id = $2 AND a.kind = 'intake.created' AND b.kind = 'intake.created' AND p.entry_id = a.id AND q.entry_id = b.id`,
      [mine, other],
    );
    await expectRefused('DIGEST_WRONG'); // not what the leaf commits to
    await records(
      `UPDATE log_part p SET context_salt = q.context_salt FROM log_entry a, log_entry b, log_part q
       WHERE a.intake_id = $1 AND b.intake_id = $2 AND a.kind = 'intake.created' AND b.kind = 'intake.created' AND p.entry_id = a.id AND q.entry_id = b.id`,
      [mine, other],
    );
    await records(`UPDATE log_entry a SET leaf = b.leaf FROM log_entry b WHERE a.intake_id = $1 AND b.intake_id = $2 AND a.kind = 'intake.created' AND b.kind = 'intake.created'`, [mine, other]);
    await expectRefused('CONTEXT_WRONG');
  });

  it('with its client’s whole key moved along', async () => {
    await records('UPDATE intake i SET wrapped_key = o.wrapped_key FROM intake o WHERE i.id = $1 AND o.id = $2', [mine, other]);
    await expectRefused();
  });

  it('from another class of the same client', async () => {
    await records(`UPDATE section s SET sealed = o.sealed FROM section o WHERE s.intake_id = $1 AND o.intake_id = $1 AND s.class = 'identity' AND o.class = 'contact'`, [mine]);
    await expectRefused('DIGEST_WRONG');
  });

  it('from an earlier version, the row’s version and all', async () => {
    const before = await records(`SELECT class, sealed FROM section WHERE intake_id = $1`, [mine]);
    expect((await api.patch(`/api/intakes/${mine}`, { version: 1, answers: { taxpayer: { firstName: 'Corrected' } } })).status).toBe(200);
    for (const row of before) await records('UPDATE section SET sealed = $3 WHERE intake_id = $1 AND class = $2', [mine, row['class'], row['sealed']]);
    await records('UPDATE intake SET version = 1 WHERE id = $1', [mine]);
    await expectRefused('VERSION_UNKNOWN');
  });

  it('from an earlier version, with the log’s word for it', async () => {
    await broughtBack(`UPDATE log_part p SET context = $2 FROM log_entry e WHERE e.id = p.entry_id AND e.intake_id = $1 AND e.kind = 'answers.written'`);
    await expectRefused('VERSION_UNKNOWN');
  });

  it('from an earlier version, with no word in the log of the later one', async () => {
    await broughtBack(`DELETE FROM log_part p USING log_entry e WHERE e.id = p.entry_id AND e.intake_id = $1 AND e.kind = 'answers.written' AND $2 <> ''`);
    await expectRefused('VERSION_UNKNOWN');
    expect((await api.get('/api/intakes')).body.intakes.find(({ id }: { id: string }) => id === mine)).not.toHaveProperty('displayName');
    expect((await api.post('/api/intakes/search', { phone: '2025550111' })).status).toBe(500);
  });

  it('from an earlier version that the key store has not been told to forget, with the log’s word for it but not the leaf’s', async () => {
    const rows = await keys('SELECT * FROM lookup WHERE intake_id = $1', [mine]);
    await broughtBack(`UPDATE log_part p SET context = $2 FROM log_entry e WHERE e.id = p.entry_id AND e.intake_id = $1 AND e.kind = 'answers.written'`);
    await keys('INSERT INTO lookup SELECT * FROM jsonb_populate_record(NULL::lookup, $1)', [{ ...rows[0], tag: `\\x${(rows[0]!['tag'] as Buffer).toString('hex')}`, sealed: '\\x00' }]);
    await expectRefused('DIGEST_WRONG');
  });

  it('with the life share of another client, or of another class', async () => {
    await keys('UPDATE life_share s SET wrapped = o.wrapped FROM life_share o WHERE s.intake_id = $1 AND o.intake_id = $2 AND s.class = o.class', [mine, other]);
    await expectRefused('NOT_AUTHENTIC');
  });

  it('nor does the rest of the list suffer', async () => {
    await records(`UPDATE section SET sealed = set_byte(sealed, 80, (get_byte(sealed, 80) + 1) % 256) WHERE intake_id = $1`, [mine]);
    await expectRefused('DIGEST_WRONG');
    const { body } = await api.get('/api/intakes');
    const [first, second] = body.intakes as { id: string; displayName?: string }[];
    expect([first!.id, first!.displayName, second!.id, second!.displayName]).toEqual([other, 'Other', mine, undefined]);
  });
});
