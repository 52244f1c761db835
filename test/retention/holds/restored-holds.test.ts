import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { foundSite, signInAll, type DemoMember } from '../../../src/demo/members.js';
import { EventLog } from '../../../src/platform/event-log.js';
import { RecordsDatabase } from '../../../src/platform/records-database.js';
import { Settings } from '../../../src/platform/settings.js';
import { CheckRestored } from '../../../src/retention/check-restored.js';
import { startService, type RunningService } from '../../../src/start-service.js';
import { runPurge } from '../../support/run-purge.js';
import { TestClock } from '../../support/test-clock.js';
import { apiClient, type ApiClient } from '../../support/test-service.js';

const REASON = 'Counsel wrote that the matter is over.';
const directory = mkdtempSync(join(tmpdir(), 'thinfile-restored-holds-'));
const settings = new Settings({ dataDirectory: directory, port: 0, allowNeverIssuedNumbers: true });
const clock = new TestClock(new Date('2027-02-01T17:00:00Z'));
const path = (name: string): string => join(directory, name);

let service: RunningService | undefined;
let members: readonly DemoMember[];
const intakes = { released: '', standing: '' };
const holds = { released: '', standing: '' };

async function start(): Promise<void> {
  service = await startService(settings, clock, new EventLog(() => clock.now(), { write: () => undefined }));
  members ??= await foundSite(service.app);
}

async function stop(): Promise<void> {
  await service?.stop();
  service = undefined;
}

async function clients(role: 'preparer' | 'administrator'): Promise<readonly [ApiClient, ApiClient]> {
  const signedIn = await signInAll(service!.app, members.filter((member) => member.role === role));
  return signedIn.map(({ token }) => apiClient(service!.url, token)) as [ApiClient, ApiClient];
}

/** The records as they were in the copy, beside today's key store, and what an operator and two persons do then. */
async function restore(copy: string): Promise<void> {
  await stop();
  rmSync(path('records'), { recursive: true, force: true });
  cpSync(path(copy), path('records'), { recursive: true });
  await start();
  await service!.app.get(CheckRestored).run(async () => undefined);
  const [first, second] = await clients('administrator');
  expect((await first.post('/api/restored/ask', { reason: 'The disk of the records died last night.' })).status).toBe(204);
  expect((await second.post('/api/restored/release')).status).toBe(204);
}

async function copyAs(copy: string): Promise<void> {
  await stop();
  cpSync(path('records'), path(copy), { recursive: true });
  await start();
}

async function releaseHold(id: string): Promise<void> {
  const [first, second] = await clients('administrator');
  const asked = await first.post(`/api/holds/${id}/release`, { reason: REASON });
  expect([asked.status, (await second.post(`/api/approvals/${asked.body.approvalId}/approve`)).status]).toEqual([202, 204]);
}

async function run(): Promise<void> {
  const [administrator] = await clients('administrator');
  expect((await runPurge(administrator)).state).toBe('finished');
}

const read = async (id: string) => (await (await clients('preparer'))[0].get(`/api/intakes/${id}`)).status;
const inForce = async (): Promise<readonly string[]> => {
  const { body } = await (await clients('administrator'))[0].get('/api/holds');
  return (body.holds as { id: string; releasedAt: string | null }[]).filter(({ releasedAt }) => releasedAt === null).map(({ id }) => id).sort();
};
const count = async (sql: string, ...parameters: unknown[]): Promise<number> =>
  service!.app.get(RecordsDatabase).acrossSites(async (tx) => (await tx.query(sql, parameters)).length);

beforeAll(async () => {
  await start();
  const [preparer] = await clients('preparer');
  for (const name of ['released', 'standing'] as const) {
    intakes[name] = (await preparer.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201)).body.id;
  }
  await run(); // signs the log, which is then one to go on from
  await copyAs('records.before');
  const [administrator] = await clients('administrator');
  for (const name of ['released', 'standing'] as const) {
    const scope = { intakes: [intakes[name]] };
    holds[name] = (await administrator.post('/api/holds', { matter: '2027-CV-0142', scope }).expect(201)).body.id;
  }
  await (await clients('preparer'))[0].patch(`/api/intakes/${intakes.standing}`, { version: 1, answers: { taxpayer: { firstName: 'Other' } } }).expect(200);
  await copyAs('records.held');
  await releaseHold(holds.released);
}, 120_000);
afterAll(async () => {
  await stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('a legal hold, where the records come back from a copy', () => {
  it('that is older than its release, stands again: who released it is forgotten, and what it keeps is not', async () => {
    expect(await inForce()).toEqual([holds.standing]);
    await restore('records.held');
    expect(await inForce()).toEqual([holds.released, holds.standing].sort());
    clock.advanceDays(31);
    await run();
    expect([await read(intakes.released), await read(intakes.standing)]).toEqual([423, 423]);
    expect(await count('SELECT FROM preserved_section WHERE intake_id = $1', intakes.standing)).toBe(9);
    await releaseHold(holds.released);
    await run();
    expect([await read(intakes.released), await read(intakes.standing)]).toEqual([410, 423]);
  }, 120_000);

  it('that is older than itself, is in force as ever, and logged as found', async () => {
    await restore('records.before');
    expect(await inForce()).toEqual([holds.standing]);
    await run();
    expect([await read(intakes.released), await read(intakes.standing)]).toEqual([410, 423]);
    expect(await count(`SELECT FROM section WHERE intake_id = $1`, intakes.standing)).toBe(9);
    expect(await count(`SELECT FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'hold.found' AND p.context::jsonb ->> 'hold' = $1`, holds.standing)).toBe(1);
    await releaseHold(holds.standing);
    await run();
    expect(await read(intakes.standing)).toBe(410);
    expect(await inForce()).toEqual([]);
  }, 120_000);
});
