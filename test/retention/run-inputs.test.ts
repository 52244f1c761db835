import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, day, type Day } from '../../src/platform/clock.js';
import { DestructionCertificates } from '../../src/retention/destruction-certificates.js';
import type { RunOutcome } from '../../src/retention/purge-run.js';
import { RunPurge } from '../../src/retention/run-purge.js';
import { storedColumns } from '../support/stored-columns.js';
import { startTestService, type ApiClient, type TestService } from '../support/test-service.js';

const CREATED = day('2027-02-01');
const DUE = addDays(CREATED, 30);

let service: TestService;
let api: ApiClient;
let id: string;
beforeAll(async () => {
  service = await startTestService({ now: CREATED });
  api = service.api('preparer');
});
afterAll(() => service.stop());

beforeEach(async () => {
  const { body } = await api.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } });
  id = body.id as string;
});

const keys = (sql: string, ...parameters: unknown[]) => service.databases.keysOwner<Record<string, unknown>>(sql, parameters);
const records = (sql: string, ...parameters: unknown[]) => service.databases.recordsOwner<Record<string, unknown>>(sql, parameters);
const run = (): Promise<RunOutcome> => service.app.get(RunPurge).execute('command');

async function opens(): Promise<boolean> {
  const { status, body } = await api.get(`/api/intakes/${id}?fields=taxpayer.firstName`);
  return status === 200 && body.answers.taxpayer.firstName === 'Robin';
}

async function dueDayOf(cls: string): Promise<Day> {
  const [row] = await keys('SELECT due_day FROM life_share WHERE intake_id = $1 AND class = $2', id, cls);
  return row!['due_day'] as Day;
}

const isCertified = async (outcome: RunOutcome) => (await service.app.get(DestructionCertificates).find(outcome.id)) !== undefined;

/** What was put right, as the log says it. */
async function correctedIn({ id: runId }: RunOutcome): Promise<unknown> {
  const rows = await records(
    `SELECT p.context::jsonb -> 'counts' AS counts FROM log_entry e JOIN log_part p ON p.entry_id = e.id
     WHERE e.kind = 'inputs.corrected' AND p.context::jsonb ->> 'run' = $1`,
    runId,
  );
  return rows[0]?.['counts'];
}

async function refusedOnce(): Promise<RunOutcome> {
  const outcome = await run();
  expect(outcome).toMatchObject({ state: 'failed', reason: 'inputs-changed' });
  expect(await isCertified(outcome)).toBe(false);
  return outcome;
}

async function cleanAgain(): Promise<void> {
  const outcome = await run();
  expect(outcome).toMatchObject({ state: 'finished' });
  expect(await correctedIn(outcome)).toBeUndefined();
}

describe('a superuser who writes into a database before a run', () => {
  it('destroys nothing by a day of destruction brought forward', async () => {
    await keys('UPDATE life_share SET due_day = $2 WHERE intake_id = $1', id, CREATED);
    expect((await api.get(`/api/intakes/${id}`)).status).toBe(410);
    const outcome = await refusedOnce();
    expect(outcome.changed).toBe(`intake ${id}`);
    expect(await correctedIn(outcome)).toEqual({ early: 1, late: 0, place: 0, facts: 0 });
    expect([await opens(), await dueDayOf('identity')]).toEqual([true, DUE]);
    await cleanAgain();
  });

  it('keeps nothing by a day put off', async () => {
    await keys(`UPDATE life_share SET due_day = '2027-12-01' WHERE intake_id = $1 AND class = 'identity'`, id);
    const outcome = await run();
    expect(outcome).toMatchObject({ state: 'finished' });
    expect(await correctedIn(outcome)).toEqual({ early: 0, late: 1, place: 0, facts: 0 });
    expect(await dueDayOf('identity')).toBe(DUE);
  });

  it.each([
    ['a stage', `stage = 'done', done_day = '2026-12-01'`],
    ['a touch', `touched_day = '2026-12-01', created_day = '2026-12-01'`],
    ['an erasure', `erased_day = '2027-01-31'`],
  ])('destroys nothing by %s that never was', async (_, changed) => {
    await records(`UPDATE intake SET ${changed} WHERE id = $1`, id);
    const [forged] = await records('SELECT stage FROM intake WHERE id = $1', id);
    const outcome = await refusedOnce();
    expect(await correctedIn(outcome)).toEqual({ early: 0, late: 0, place: 0, facts: 1 });
    expect(await opens()).toBe(true);
    const [row] = await records('SELECT stage, touched_day, created_day, done_day, erased_day FROM intake WHERE id = $1', id);
    expect(row).toEqual({ stage: 'open', touched_day: CREATED, created_day: CREATED, done_day: null, erased_day: null });
    expect(forged).toBeDefined();
    await cleanAgain();
  });

  it('gets nothing out of the scope of a hold', async () => {
    await keys('UPDATE life_share SET tax_year = 2019, created_day = $2 WHERE intake_id = $1', id, addDays(CREATED, -90));
    expect(await correctedIn(await refusedOnce())).toEqual({ early: 0, late: 0, place: 1, facts: 0 });
    const rows = await keys('SELECT DISTINCT tax_year, created_day FROM life_share WHERE intake_id = $1', id);
    expect(rows).toEqual([{ tax_year: 2026, created_day: CREATED }]);
  });

  it.each([
    ['shortened', `UPDATE retention_policy SET document = jsonb_set(document, '{classes,identity,rules,1,days}', '1')`],
    ['brought forward', `UPDATE retention_policy SET effective_day = '2026-01-01'`],
    ['made meaningless', `UPDATE retention_policy SET document = '{}'`],
    ['added', `INSERT INTO retention_policy (version, effective_day, published_at, document) SELECT 2, '2027-01-01', now(), document FROM retention_policy`],
    ['taken away', 'DELETE FROM retention_policy'],
  ])('has nothing destroyed at all by a policy that was %s', async (_, sql) => {
    const kept = await records('SELECT version, effective_day, published_at, document FROM retention_policy');
    const [buckets] = await keys('SELECT count(*) AS n FROM bucket');
    await records(sql);
    try {
      const outcome = await run();
      expect(outcome.state).toBe('failed');
      expect(await isCertified(outcome)).toBe(false);
      expect((await keys('SELECT count(*) AS n FROM bucket'))[0]).toEqual(buckets);
    } finally {
      await records('DELETE FROM retention_policy');
      for (const row of kept) {
        await records('INSERT INTO retention_policy (version, effective_day, published_at, document) VALUES ($1, $2, $3, $4)', ...Object.values(row));
      }
    }
    await cleanAgain();
  });

  it.each([
    ['changes', `UPDATE log_part SET context = replace(context, '"touchedDay":"2027-02-01"', '"touchedDay":"2026-02-01"') WHERE entry_id = $1`],
    ['empties', `UPDATE log_part SET context = '{}' WHERE entry_id = $1`],
    ['takes away', 'DELETE FROM log_part WHERE entry_id = $1'],
  ])('has nothing destroyed at all when the same hand %s what the log says', async (_, sql) => {
    const [entry] = await records(`SELECT id FROM log_entry WHERE intake_id = $1 AND kind = 'intake.created'`, id);
    const columns = await storedColumns(service.databases.recordsOwner, 'log_part');
    const [part] = await records(`SELECT ${columns} FROM log_part WHERE entry_id = $1`, entry!['id']);
    await keys('UPDATE life_share SET due_day = $2 WHERE intake_id = $1', id, CREATED);
    await records(sql, entry!['id']);
    const outcome = await refusedOnce();
    expect(outcome.changed).toBe(`the log of intake ${id}`);
    expect(await keys(`SELECT b.day FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = $1 AND s.class = 'identity'`, id)).toEqual([{ day: DUE }]);
    await records('DELETE FROM log_part WHERE entry_id = $1', entry!['id']);
    await records(`INSERT INTO log_part (${columns}) VALUES (${Object.keys(part!).map((__, i) => `$${i + 1}`).join(', ')})`, ...Object.values(part!));
    expect(await correctedIn(await refusedOnce())).toMatchObject({ early: 1 });
    expect(await opens()).toBe(true);
  });
});

describe('what is as it must be', () => {
  it('is left alone while it is being saved, whatever the moment', async () => {
    let version = 1;
    let over = false;
    const saving = (async () => {
      while (!over) version = (await api.patch(`/api/intakes/${id}`, { version, answers: { contact: { email: `a${version}@example.org` } } })).body.version as number;
    })();
    for (let i = 0; i < 8; i++) {
      service.clock.setTo(new Date(service.clock.now().getTime() + 3_600_000));
      const outcome = await run();
      expect([outcome.state, await correctedIn(outcome)]).toEqual(['finished', undefined]);
    }
    over = true;
    await saving; // no save was refused either
    expect(version).toBeGreaterThan(8);
  });

  it('is destroyed on its day, and certified', async () => {
    service.clock.setTo(new Date(`${DUE}T20:00:00Z`));
    const outcome = await run();
    expect(outcome).toMatchObject({ state: 'finished' });
    expect(await isCertified(outcome)).toBe(true);
    expect(await keys('SELECT FROM life_share WHERE intake_id = $1', id)).toEqual([]);
    expect(await records('SELECT FROM section WHERE intake_id = $1', id)).toEqual([]);
  });
});
