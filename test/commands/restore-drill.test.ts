import { mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Sequencer } from '../../src/audit/sequencer.js';
import { Signer } from '../../src/audit/signer.js';
import { backup } from '../../src/commands/backup.js';
import { restore } from '../../src/commands/restore.js';
import { restoreCheck } from '../../src/commands/restore-check.js';
import { foundSite, type DemoMember } from '../../src/demo/members.js';
import type { BackupKind } from '../../src/platform/backup/backup-name.js';
import { embeddedDatabases } from '../../src/platform/embedded/embedded-databases.js';
import { EventLog } from '../../src/platform/event-log.js';
import { Settings } from '../../src/platform/settings.js';
import { startService, type RunningService } from '../../src/start-service.js';
import { ask } from '../support/embedded.js';
import { runPurge } from '../support/run-purge.js';
import { TestClock } from '../support/test-clock.js';
import { apiClient, type ApiClient } from '../support/test-service.js';

const root = mkdtempSync(join(tmpdir(), 'thinfile-drill-'));
const dataDirectory = join(root, 'data');
const settings = new Settings({ dataDirectory, port: 0, allowNeverIssuedNumbers: true });
const clock = new TestClock(new Date('2027-02-01T17:00:00Z'));
const output = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
const printed = (): string => output.mock.calls.map(([text]) => String(text)).join('');

let service: RunningService | undefined;
let members: readonly DemoMember[];
const ids = { dies: '', lives: '', late: '' };
const backups = { records: '', keysOfTheRun: '' };
let oldToken: string;

const REASON = 'The disk of the records died last night.';

const [PREPARER, ADMINISTRATOR, , LEAVER, SECOND_ADMINISTRATOR] = [0, 1, 2, 3, 4] as const;

async function start(): Promise<void> {
  service = await startService(settings, clock, new EventLog(() => clock.now(), { write: () => undefined }));
}

async function stop(): Promise<void> {
  await service?.stop();
  service = undefined;
}

async function signIn(at: number): Promise<{ status: number; code?: string; token: string; api: ApiClient }> {
  const { email, password } = members[at]!;
  const { status, body } = await apiClient(service!.url).post('/api/sign-in', { email, password });
  return { status, code: body.code, token: body.token, api: apiClient(service!.url, body.token) };
}

async function takeBackup(kind: BackupKind): Promise<string> {
  const directory = join(root, `backup-${kind}`);
  const { [kind]: urls } = await embeddedDatabases(settings, { attach: true });
  await backup(service!.app, { kind, directory, ownerUrl: urls.owner });
  return join(directory, readdirSync(directory).sort().at(-1)!);
}

async function bringBack(kind: BackupKind, file: string): Promise<void> {
  renameSync(join(dataDirectory, kind), join(root, `${kind}-${Date.now()}`));
  await restore(settings, kind, file);
}

async function recordsRows<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
  return ask<T>((await embeddedDatabases(settings, { attach: true })).records.owner, sql, parameters);
}

async function acceptedVersions(): Promise<unknown> {
  return ask((await embeddedDatabases(settings, { attach: true })).keys.owner, 'SELECT intake_id, version FROM accepted_version');
}

/** An old backup of the records, beside the key store of a later day on which one intake's keys were destroyed. */
beforeAll(async () => {
  await start();
  members = await foundSite(service!.app);
  const preparer = (await signIn(PREPARER)).api;
  for (const name of ['dies', 'lives'] as const) {
    const answers = { taxpayer: { firstName: `The one that ${name}`, lastName: 'Test' } };
    ids[name] = (await preparer.post('/api/intakes', { taxYear: 2026, answers })).body.id;
  }
  oldToken = (await signIn(SECOND_ADMINISTRATOR)).token;
  await service!.app.get(Sequencer).drain();
  await service!.app.get(Signer).sign(); // the log has its first origin
  backups.records = await takeBackup('records');

  const administrator = (await signIn(ADMINISTRATOR)).api;
  const people = (await administrator.get('/api/members')).body.members as { id: string; email: string }[];
  const leaver = people.find(({ email }) => email === members[LEAVER]!.email)!;
  expect((await administrator.post(`/api/members/${leaver.id}/disable`)).status).toBeLessThan(300);
  clock.advanceDays(20);
  const later = (await signIn(PREPARER)).api;
  expect((await later.patch(`/api/intakes/${ids.lives}`, { version: 1, answers: { taxpayer: { jobTitle: 'Added later' } } })).status).toBe(200);
  ids.late = (await later.post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Entered later' } } })).body.id;
  clock.advanceDays(10);
  expect((await runPurge((await signIn(ADMINISTRATOR)).api)).state).toBe('finished');
  backups.keysOfTheRun = await takeBackup('keys');
  await stop();
}, 300_000);
afterAll(async () => {
  await stop();
  output.mockRestore();
  rmSync(root, { recursive: true, force: true });
});

describe('an old backup of the records', () => {
  it('is a file of its owner’s alone, and its restore overwrites nothing', async () => {
    expect(statSync(backups.records).mode & 0o777).toBe(0o600);
    expect(printed()).toContain('It holds sealed answers and no key');
    await expect(restore(settings, 'records', backups.records)).rejects.toThrow(/nothing is overwritten/);
    await expect(restore(settings, 'records', backups.keysOfTheRun)).rejects.toThrow(/nothing is overwritten/);
    await bringBack('records', backups.records);
  });

  it('starts closed: no preparer, no run, no old session, and whoever has left stays out', async () => {
    await start();
    expect(await signIn(PREPARER)).toMatchObject({ status: 503, code: 'RESTORED' });
    expect(await signIn(LEAVER)).toMatchObject({ status: 401, code: 'SIGN_IN_FAILED' });
    expect((await apiClient(service!.url).get('/readyz')).body.code).toBe('RESTORED');
    expect((await apiClient(service!.url, oldToken).get('/api/members')).status).toBe(401);
    const { api, status } = await signIn(ADMINISTRATOR);
    expect(status).toBe(200);
    expect((await api.post('/api/retention/runs')).body.code).toBe('RESTORED');
    expect((await api.get('/api/restored')).body).toMatchObject({ state: 'restored', difference: 'log-shorter' });
    expect((await api.post('/api/restored/ask', { reason: REASON })).body.code).toBe('RESTORE_NOT_CHECKED');
    expect((await recordsRows('SELECT FROM section WHERE intake_id = $1', [ids.dies])).length).toBeGreaterThan(0);
  });

  it('stays closed over a restart', async () => {
    await stop();
    await start();
    expect(await signIn(PREPARER)).toMatchObject({ status: 503, code: 'RESTORED' });
    expect(await recordsRows(`SELECT FROM log_entry WHERE kind = 'restore.found'`)).toHaveLength(1);
  });

  it('is swept by restore-check, which says what is dead, alive and lost, and starts the log anew', async () => {
    output.mockClear();
    await restoreCheck(service!.app);
    expect(printed()).toMatch(/Dead: 12 sealed sections[^]*of 1 intakes[^]*12 of 12 cannot be opened: [^]*Alive: 1 intakes[^]*Lost: 1 intakes/);
    expect(await recordsRows('SELECT FROM section WHERE intake_id = $1', [ids.dies])).toEqual([]);
    expect(await recordsRows('SELECT day::text FROM tombstone WHERE intake_id = $1', [ids.dies])).toEqual([{ day: '2027-03-03' }]);
    const origins = await recordsRows<{ origin: string }>('SELECT origin FROM log_origin ORDER BY number');
    expect(origins).toHaveLength(2);
    expect(printed()).toContain(origins[1]!.origin);
    expect(await signIn(PREPARER)).toMatchObject({ status: 503, code: 'RESTORED' });
    expect(printed()).toContain('Disabled again: 1 members who had left');
    expect(await recordsRows(`SELECT email FROM member WHERE status = 'disabled'`)).toEqual([{ email: members[LEAVER]!.email }]);
    expect(await recordsRows(`SELECT FROM log_entry WHERE kind = 'member.disabled'`)).toHaveLength(1);
  });

  it('is released by two administrators and no fewer', async () => {
    const first = (await signIn(ADMINISTRATOR)).api;
    expect((await first.post('/api/restored/ask', { reason: REASON })).status).toBe(204);
    expect((await first.post('/api/restored/release')).body.code).toBe('APPROVER_NOT_INDEPENDENT');
    expect((await signIn(PREPARER)).status).toBe(503);
    expect((await (await signIn(SECOND_ADMINISTRATOR)).api.post('/api/restored/release')).status).toBe(204);
    expect((await first.post('/api/restored/release')).body.code).toBe('ALREADY_DONE');
    expect((await apiClient(service!.url).get('/readyz')).status).toBe(200);
  });

  it('then opens the living as they were, and never the dead', async () => {
    const { api } = await signIn(PREPARER);
    const lives = await api.get(`/api/intakes/${ids.lives}`);
    expect([lives.status, lives.body.version, lives.body.answers?.taxpayer]).toEqual([200, 1, { firstName: 'The one that lives', lastName: 'Test' }]);
    const dies = await api.get(`/api/intakes/${ids.dies}`);
    expect([dies.status, dies.body.code]).toEqual([410, 'DESTROYED']);
    expect((await api.get(`/api/intakes/${ids.late}`)).status).toBe(404);
    expect(await acceptedVersions()).toEqual([{ intake_id: ids.lives, version: 1 }]); // it was saved after the backup
    const saved = await api.patch(`/api/intakes/${ids.lives}`, { version: 1, answers: { taxpayer: { jobTitle: 'Entered again' } } });
    expect([saved.body.version, await acceptedVersions()]).toEqual([2, []]);
    const kinds = await recordsRows<{ kind: string }>(`SELECT kind FROM log_entry WHERE kind LIKE 'restore.%' OR kind = 'log.origin' ORDER BY id`);
    expect(kinds.map(({ kind }) => kind)).toEqual([
      'log.origin', 'restore.found', 'restore.swept', 'log.origin', 'restore.asked', 'restore.released',
    ]);
    await service!.app.get(Sequencer).drain();
    await service!.app.get(Signer).sign();
    expect(service!.app.get(Signer).fault).toBeUndefined();
  });

  it('is remembered from then on: the next start finds nothing', async () => {
    await stop();
    await start();
    expect((await signIn(PREPARER)).status).toBe(200);
    clock.advanceDays(1);
    expect((await runPurge((await signIn(ADMINISTRATOR)).api)).state).toBe('finished');
  });
});

describe('a backup of the key store', () => {
  it('is taken, by the log, once it is whole, and begun before', async () => {
    const sinceLast = async () => {
      const rows = await recordsRows<{ kind: string; store: string }>(
        `SELECT e.kind, p.context::jsonb ->> 'store' AS store FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind LIKE 'backup.%' AND e.id > $1 ORDER BY e.id`,
        [last],
      );
      last = (await recordsRows<{ id: number }>('SELECT max(id) AS id FROM log_entry'))[0]!.id;
      return rows.map(({ kind, store }) => `${kind} ${store}`);
    };
    let last = 0;
    await sinceLast();
    const nowhere = 'postgres://nobody@localhost:1/nothing';
    await expect(backup(service!.app, { kind: 'keys', directory: join(root, 'backup-failed'), ownerUrl: nowhere })).rejects.toThrow();
    expect([await sinceLast(), readdirSync(join(root, 'backup-failed'))]).toEqual([['backup.begun keys'], []]);
    await takeBackup('keys');
    expect(await sinceLast()).toEqual(['backup.begun keys', 'backup.taken keys']);
    await takeBackup('records');
    expect(await sinceLast()).toEqual(['backup.begun records']);
  });

  it('opens everything beside the records of the same night', async () => {
    const [keys, records] = [await takeBackup('keys'), await takeBackup('records')];
    expect(printed()).toContain('The next purge run makes this file worthless');
    await stop();
    await bringBack('keys', keys);
    await bringBack('records', records);
    await start();
    const { api } = await signIn(PREPARER);
    expect((await api.get(`/api/intakes/${ids.lives}`)).body.answers.taxpayer.jobTitle).toBe('Entered again');
    expect((await api.post('/api/intakes', { taxYear: 2026, answers: {} })).status).toBe(201);
  });

  it('is refused at the start once a run has ended since', async () => {
    await stop();
    await bringBack('keys', backups.keysOfTheRun);
    await expect(start()).rejects.toThrow(/one of them is older than the other/);
  });
});
