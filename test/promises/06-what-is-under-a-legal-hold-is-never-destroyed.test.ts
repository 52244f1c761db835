import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { signInAll } from '../../src/demo/members.js';
import { SettleHolds } from '../../src/retention/holds/settle-holds.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { rotateMaster } from '../../src/vault/rotate-master.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const REASON = 'Counsel wrote that the matter is over.';

let service: TestService;
beforeEach(async () => {
  service = await startTestService();
});
afterEach(() => service.stop());

const run = async () => expect(await service.app.get(RunPurge).execute('command')).toMatchObject({ state: 'finished' });
const keys = (sql: string, ...parameters: unknown[]) => service.databases.keysOwner<Record<string, unknown>>(sql, parameters);
const records = (sql: string, ...parameters: unknown[]) => service.databases.recordsOwner<Record<string, unknown>>(sql, parameters);

async function create(api: ApiClient, firstName = 'Robin', taxYear = 2026): Promise<string> {
  const { status, body } = await api.post('/api/intakes', { taxYear, answers: { taxpayer: { firstName }, contact: { email: 'robin@example.org' } } });
  expect(status).toBe(201);
  return body.id as string;
}

async function place(scope: object): Promise<{ id: string; covers: Record<string, number>; tooLate: { runs: object[]; intakes: object[] } }> {
  const { status, body } = await (await administrators())[0].post('/api/holds', { matter: '2027-CV-0142', scope });
  expect([status, body.code]).toEqual([201, undefined]);
  return body;
}

async function administrators(): Promise<readonly [ApiClient, ApiClient]> {
  const signedIn = await signInAll(service.app, service.members.filter(({ role }) => role === 'administrator'));
  return signedIn.map(({ token }) => apiClient(service.url, token)) as [ApiClient, ApiClient];
}

/** By two, each signed in anew. */
async function release(id: string): Promise<void> {
  const [one, other] = await administrators();
  const asked = await one.post(`/api/holds/${id}/release`, { reason: REASON });
  expect(asked.status).toBe(202);
  expect((await one.post(`/api/approvals/${asked.body.approvalId}/approve`)).body.code).toBe('APPROVER_NOT_INDEPENDENT');
  expect((await other.post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
}

/** The classes of an intake whose share has a key. */
async function living(id: string): Promise<readonly string[]> {
  const rows = await keys('SELECT s.class FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = $1 ORDER BY s.class', id);
  return rows.map((row) => row['class'] as string);
}

const read = async (id: string, field = 'taxpayer.firstName') => (await service.signInAgain('preparer')).get(`/api/intakes/${id}?fields=${field}`);

describe('what is under a legal hold is never destroyed', () => {
  it('is kept past its date and read by nobody, until two have released it; everything else goes', async () => {
    const api = service.api('preparer');
    const [held, other] = [await create(api), await create(api, 'Kim')];
    expect((await place({ intakes: [held] })).covers).toMatchObject({ identity: 1, contact: 1, credentials: 1 });
    expect((await read(held)).status).toBe(200); // before its date nothing is different
    service.clock.advanceDays(31);
    await run();
    expect([(await living(held)).length, await living(other)]).toEqual([9, []]);
    expect((await read(held)).body).toMatchObject({ code: 'PRESERVED' });
    expect((await read(held)).status).toBe(423);
    expect((await read(other)).status).toBe(410);

    const [hold] = (await (await administrators())[0].get('/api/holds')).body.holds;
    await release(hold.id as string);
    expect((await read(held)).status).toBe(410);
    await run();
    expect([await living(held), await records('SELECT FROM section WHERE intake_id = $1', held)]).toEqual([[], []]);
  });

  it('by whatever it is named', async () => {
    const site = service.members[0]!;
    expect(site.role).toBe('preparer');
    const [{ id: siteId }] = (await records('SELECT id FROM site')) as [{ id: string }];
    const old = await create(service.api('preparer'), 'Old', 2025);
    service.clock.advanceDays(1);
    const young = await create(await service.signInAgain('preparer'), 'Young', 2026);
    const scopes: [object, number, number][] = [
      [{ intakes: [young] }, 0, 9],
      [{ classes: ['identity', 'contact'] }, 2, 2],
      [{ site: siteId }, 9, 9],
      [{ taxYear: 2025 }, 9, 0],
      [{ createdFrom: '2027-02-02' }, 0, 9],
      [{ createdTo: '2027-02-01' }, 9, 0],
      [{ site: siteId, classes: ['notes'], taxYear: 2026, createdFrom: '2027-02-02', createdTo: '2027-02-02' }, 0, 1],
      [{ all: true }, 9, 9],
    ];
    const counted: [object, number, number][] = [];
    for (const [scope] of scopes) {
      const { id } = await place(scope);
      const covered = async (intake: string) =>
        (await keys(`SELECT FROM hold h JOIN life_share s ON s.intake_id = $2 WHERE h.id = $1
          AND (h.site_id IS NULL OR h.site_id = s.site_id) AND (h.intakes IS NULL OR s.intake_id = ANY (h.intakes)) AND (h.classes IS NULL OR s.class = ANY (h.classes))
          AND (h.tax_year IS NULL OR h.tax_year = s.tax_year) AND s.created_day BETWEEN coalesce(h.created_from, '-infinity') AND coalesce(h.created_to, 'infinity')`, id, intake)).length;
      counted.push([scope, await covered(old), await covered(young)]);
      await release(id);
    }
    expect(counted).toEqual(scopes);
    const { id } = await place({ classes: ['identity'] });
    service.clock.advanceDays(31);
    await run();
    expect([await living(old), await living(young)]).toEqual([['identity'], ['identity']]);
    await release(id);
  });

  it('and what an edit would have overwritten is kept as it was sealed, for as long as the hold stands', async () => {
    const api = service.api('preparer');
    const [held, free] = [await create(api), await create(api)];
    const { id: hold } = await place({ intakes: [held], classes: ['identity'] });
    const [before] = await records(`SELECT sealed FROM section WHERE intake_id = $1 AND class = 'identity'`, held);
    for (const id of [held, free]) {
      expect((await api.patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { firstName: 'Other' } } })).status).toBe(200);
      expect((await api.post(`/api/intakes/${id}/stage`, { stage: 'prepared' })).status).toBe(200);
    }
    const kept = await records('SELECT intake_id, class, version, sealed FROM preserved_section ORDER BY version');
    expect(kept.map(({ sealed: _, ...row }) => row)).toEqual([
      { intake_id: held, class: 'identity', version: 1 },
      { intake_id: held, class: 'identity', version: 2 },
    ]);
    expect(kept[0]!['sealed']).toEqual(before!['sealed']);
    await run();
    expect(await records('SELECT FROM preserved_section')).toHaveLength(2);
    await release(hold);
    await run();
    expect(await records('SELECT FROM preserved_section')).toEqual([]);
    expect((await read(held)).body.answers.taxpayer.firstName).toBe('Other');
  });

  it('whatever moves its keys: a mixed bucket, a rotation, a restored row, another hold released', async () => {
    const api = service.api('preparer');
    const [held, beside] = [await create(api), await create(api)];
    const first = await place({ intakes: [held] });
    const second = await place({ intakes: [held], taxYear: 2026 });
    service.clock.advanceDays(31);
    await run();
    await rotateMaster(service.app.get(KeyStore));
    await release(second.id);
    await run();
    expect([(await living(held)).length, await living(beside)]).toEqual([9, []]);
    expect(await records('SELECT FROM section WHERE intake_id = $1', held)).toHaveLength(9);
    await release(first.id);
    await run();
    expect(await living(held)).toEqual([]);
  });

  it('and one that comes too late is told what was destroyed, when, and under which policy', async () => {
    const gone = await create(service.api('preparer'));
    service.clock.advanceDays(31);
    await run();
    const named = await place({ intakes: [gone] });
    const ended = { run: expect.any(String), day: '2027-03-04', policyVersion: 1, certified: true };
    const { run: id } = named.tooLate.runs[0] as { run: string };
    expect(named.covers).toEqual({});
    expect(named.tooLate).toEqual({ runs: [{ ...ended, classes: { all: 1 } }], intakes: [{ intake: gone, classes: { all: '2027-03-03' }, runs: { all: id } }] });
    expect((await (await administrators())[0].get(`/api/retention/certificates/${id}`)).status).toBe(200);
    const wide = await place({ classes: ['identity'] });
    expect(wide.tooLate.runs).toEqual([{ ...ended, run: id, classes: { identity: 1 } }]);
  });

  it('and a superuser who ends or narrows one, or takes its row away, has nothing destroyed', async () => {
    const held = await create(service.api('preparer'));
    const { id } = await place({ intakes: [held] });
    service.clock.advanceDays(31);
    for (const sql of [
      'UPDATE hold SET released_at = now() WHERE id = $1',
      `UPDATE hold SET intakes = NULL, classes = '{notes}' WHERE id = $1`,
      'DELETE FROM hold WHERE id = $1',
    ]) {
      await keys(sql, id);
      expect(await service.app.get(RunPurge).execute('command')).toMatchObject({ state: 'failed', reason: 'inputs-changed', changed: `hold ${id}` });
      expect((await living(held)).length).toBe(9);
      await run(); // put back as the log has it
      expect((await living(held)).length).toBe(9);
    }
    await keys('DELETE FROM hold WHERE id = $1', id);
    await service.app.get(SettleHolds).run(); // as the next start does, which must not hide it from the run
    expect(await service.app.get(RunPurge).execute('command')).toMatchObject({ state: 'failed', changed: `hold ${id}` });
    expect(await records(`SELECT FROM log_entry WHERE kind = 'hold.mended'`)).toHaveLength(4);
    await run();
    await keys('DELETE FROM hold WHERE id = $1', id);
    await service.app.get(SettleHolds).run();
    await records(`UPDATE log_part SET context = 'x' WHERE entry_id = (SELECT max(id) FROM log_entry WHERE kind = 'hold.mended')`);
    expect(await service.app.get(RunPurge).execute('command')).toMatchObject({ state: 'failed', changed: 'hold of an entry that cannot be read' });
    expect((await living(held)).length).toBe(9);
  });

  it('nor does a crash between the two databases lose one, or end one', async () => {
    const held = await create(service.api('preparer'));
    await keys(`INSERT INTO hold (id, intakes, placed_at) VALUES ('10000000-0000-4000-8000-000000000001', ARRAY[$1::uuid], now())`, held);
    service.clock.advanceDays(31);
    await run();
    expect((await living(held)).length).toBe(9);
    expect(await records(`SELECT FROM log_entry WHERE kind = 'hold.found'`)).toHaveLength(1);
    // Approved, and the process gone before it told the key store.
    await keys('UPDATE hold SET released_at = NULL WHERE NOT sentinel');
    await release('10000000-0000-4000-8000-000000000001');
    await keys('UPDATE hold SET released_at = NULL WHERE NOT sentinel');
    await run();
    expect(await living(held)).toEqual([]);
  });
});
