import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { foundSite, signInAll, type DemoMember } from '../../src/demo/members.js';
import { embeddedDatabases } from '../../src/platform/embedded/embedded-databases.js';
import { EventLog } from '../../src/platform/event-log.js';
import { Settings } from '../../src/platform/settings.js';
import { CheckRestored } from '../../src/retention/check-restored.js';
import { startService, type RunningService } from '../../src/start-service.js';
import { openBucket, type BucketRow } from '../../src/vault/buckets.js';
import { openHalvesKey, type HalvesKeyRow } from '../../src/vault/halves.js';
import { unwrapShare } from '../../src/vault/life-shares.js';
import { MasterFile, type NumberedMaster } from '../../src/vault/master-file.js';
import { refusalCode } from '../support/refusal-code.js';
import { runPurge } from '../support/run-purge.js';
import { TestClock } from '../support/test-clock.js';
import { apiClient, type ApiClient } from '../support/test-service.js';

const directory = mkdtempSync(join(tmpdir(), 'thinfile-promise-5-'));
const settings = new Settings({ dataDirectory: directory, port: 0, allowNeverIssuedNumbers: true });
const clock = new TestClock(new Date('2027-02-01T17:00:00Z'));
const path = (name: string): string => join(directory, name);

let service: RunningService | undefined;
let members: readonly DemoMember[];
let preparer: ApiClient;
let oldSession: string;
const ids = { dies: '', lives: '', erased: '' };
/** Whoever is not there any more: on their day, or early and at their own request. */
const GONE = ['dies', 'erased'] as const;

async function start(): Promise<void> {
  service = await startService(settings, clock, new EventLog(() => clock.now(), { write: () => undefined }));
  members ??= await foundSite(service.app);
}

async function signIn(role: 'preparer' | 'administrator'): Promise<ApiClient> {
  const [member] = await signInAll(service!.app, [members.find((one) => one.role === role)!]);
  oldSession ||= member!.token;
  return apiClient(service!.url, member!.token);
}

async function stop(): Promise<void> {
  await service?.stop();
  service = undefined;
}

/** What an operator and two persons do with restored records. */
async function release(): Promise<void> {
  await service!.app.get(CheckRestored).run(async () => undefined);
  const two = await signInAll(service!.app, members.filter(({ role }) => role === 'administrator'));
  const [first, second] = two.map(({ token }) => apiClient(service!.url, token)) as [ApiClient, ApiClient];
  expect((await first.post('/api/restored/ask', { reason: 'The disk of the records died last night.' })).status).toBe(204);
  expect((await second.post('/api/restored/release')).status).toBe(204);
}

/** Among others who stay, in the same buckets. */
async function eraseEarly(): Promise<void> {
  const [asker, administrator] = [await signIn('preparer'), await signIn('administrator')];
  const asked = await asker.post(`/api/intakes/${ids.erased}/erasure`, { reason: 'The client asked for it at the desk.' });
  expect((await administrator.post(`/api/approvals/${asked.body.approvalId}/approve`)).status).toBe(204);
  expect((await runPurge(administrator)).state).toBe('finished');
}

/** Puts a copy of a cluster's files, write-ahead log and all, in the place of today's. */
function bringBack(cluster: 'records' | 'keys', copy: string): void {
  rmSync(path(cluster), { recursive: true, force: true });
  cpSync(path(copy), path(cluster), { recursive: true });
}

beforeAll(async () => {
  await start();
  preparer = await signIn('preparer');
  for (const name of ['dies', 'lives', 'erased'] as const) {
    const answers = { taxpayer: { firstName: `The one that ${name}`, lastName: 'Test' }, contact: { phone: '2025550133' } };
    ids[name] = (await preparer.post('/api/intakes', { taxYear: 2026, answers })).body.id;
  }
  await stop();
  for (const cluster of ['records', 'keys']) cpSync(path(cluster), path(`${cluster}.old`), { recursive: true });

  await start();
  await eraseEarly();
  clock.advanceDays(20);
  preparer = await signIn('preparer');
  const touched = await preparer.patch(`/api/intakes/${ids.lives}`, { version: 1, answers: { taxpayer: { jobTitle: 'Added later' } } });
  expect(touched.status).toBe(200);
  clock.advanceDays(10);
  const administrator = await signIn('administrator');
  expect((await runPurge(administrator)).state).toBe('finished');
  await stop();
  for (const cluster of ['records', 'keys']) cpSync(path(cluster), path(`${cluster}.today`), { recursive: true });
});
afterAll(async () => {
  await stop();
  rmSync(directory, { recursive: true, force: true });
});

describe('what its date has destroyed stays destroyed', () => {
  it('today: two are gone, the other is there', async () => {
    await start();
    preparer = await signIn('preparer');
    for (const name of GONE) expect([name, (await preparer.get(`/api/intakes/${ids[name]}`)).status]).toEqual([name, 410]);
    expect((await preparer.get(`/api/intakes/${ids.lives}`)).body.answers.taxpayer.firstName).toBe('The one that lives');
    await stop();
  });

  it('in an old records database beside today’s key store: what lives opens, what was destroyed does not', async () => {
    bringBack('records', 'records.old');
    await start();
    expect(await signIn('preparer').catch((error: Error) => error)).toMatchObject({ code: 'RESTORED' });
    await release();
    preparer = await signIn('preparer');
    const lives = await preparer.get(`/api/intakes/${ids.lives}`);
    expect([lives.status, lives.body.answers?.taxpayer]).toEqual([200, { firstName: 'The one that lives', lastName: 'Test' }]);
    for (const name of GONE) {
      const gone = await preparer.get(`/api/intakes/${ids[name]}`);
      expect([name, gone.status, gone.body.code]).toEqual([name, 410, 'DESTROYED']);
      expect(gone.text).not.toContain('The one that');
    }
    expect((await preparer.post('/api/intakes/search', { phone: '2025550133' })).body.matches).toEqual([{ id: ids.lives }]);
    for (const name of GONE) expect((await apiClient(service!.url, oldSession).get(`/api/intakes/${ids[name]}`)).status).toBe(401);
    await stop();
  });

  it('in an old key store beside today’s master file: nothing opens at all', async () => {
    bringBack('records', 'records.old');
    bringBack('keys', 'keys.old');
    await expect(start()).rejects.toThrow(/master file does not hold the master/);
    const master = new MasterFile(settings.secretsDirectories).read();
    const old = await readKeys();
    expect(old.buckets.length).toBeGreaterThan(0);
    for (const one of master) {
      for (const row of old.buckets) expect(refusalCode(() => openBucket({ ...one, number: row.master }, row))).toBe('NOT_AUTHENTIC');
      for (const row of old.halvesKeys) expect(refusalCode(() => openHalvesKey({ ...one, number: row.master }, row))).toBe('NOT_AUTHENTIC');
    }
  });

  it('nor does today’s key store hold a key for it: what is left opens only what lives', async () => {
    bringBack('keys', 'keys.today');
    const [master] = new MasterFile(settings.secretsDirectories).read() as [NumberedMaster];
    const { buckets, shares } = await readKeys();
    const intakes = shares.map((row) => row.intake_id);
    for (const name of GONE) expect(intakes).not.toContain(ids[name]);
    expect(intakes).toContain(ids.lives);
    // Copies crossed: a share out of the old key store, under every bucket key that today's still opens.
    bringBack('keys', 'keys.old');
    const old = await readKeys();
    const dead = old.shares.filter((row) => GONE.some((name) => ids[name] === row.intake_id));
    expect(dead.length).toBe(18);
    for (const share of dead) {
      const place = old.buckets.find(({ id }) => id === share.bucket_id)!;
      for (const row of buckets) {
        const { key } = openBucket(master, row);
        const bucket = { id: place.id, siteId: place.site_id, class: place.class, day: place.day, key };
        expect(refusalCode(() => unwrapShare(bucket, share.intake_id, share.wrapped))).toBe('NOT_AUTHENTIC');
      }
    }
  });
});

interface ShareRow {
  readonly intake_id: string;
  readonly bucket_id: string;
  readonly wrapped: Buffer;
}

async function readKeys(): Promise<{ buckets: BucketRow[]; halvesKeys: HalvesKeyRow[]; shares: ShareRow[] }> {
  const databases = await embeddedDatabases(settings);
  const client = new pg.Client({ connectionString: databases.keys.owner });
  await client.connect();
  try {
    const { rows: buckets } = await client.query<BucketRow>('SELECT id, site_id, class, day::text, master, sealed_key FROM bucket');
    const { rows: halvesKeys } = await client.query<HalvesKeyRow>('SELECT id, master, sealed FROM halves_key');
    const { rows: shares } = await client.query<ShareRow>('SELECT intake_id, bucket_id, wrapped FROM life_share');
    return { buckets, halvesKeys, shares };
  } finally {
    await client.end();
    await databases.stop();
  }
}
