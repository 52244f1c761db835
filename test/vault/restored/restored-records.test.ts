import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extendFrontier, frontierBytes, type Frontier } from '../../../src/audit/merkle.js';
import { Sequencer } from '../../../src/audit/sequencer.js';
import { Signer } from '../../../src/audit/signer.js';
import { signInAll } from '../../../src/demo/members.js';
import { CheckRestored } from '../../../src/retention/check-restored.js';
import { Nightly } from '../../../src/retention/nightly.js';
import { KeyStore } from '../../../src/vault/key-store.js';
import { compareRecords } from '../../../src/vault/restored/compare-records.js';
import { recallRecords, type RecordsMemory } from '../../../src/vault/restored/records-memory.js';
import { hasOlderIntakes } from '../../../src/vault/restored/older-intakes.js';
import { readRecordsState } from '../../../src/vault/restored/records-state.js';
import { WatchRecords } from '../../../src/vault/restored/watch-records.js';
import { forgetEarlierLookups } from '../../../src/vault/save-life.js';
import { apiClient, startTestService, type ApiClient, type TestService } from '../../support/test-service.js';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  // The first pass names the log, which is an entry: not one for the middle of a test.
  await service.app.get(Signer).sign();
});
afterAll(() => service.stop());

const look = (when?: 'start'): Promise<void> => service.app.get(WatchRecords).look(when);

/** The service's own sequencer may be at it. */
async function drained(): Promise<void> {
  const pending = () => service.databases.recordsOwner('SELECT FROM log_pending');
  while ((await pending()).length > 0) await service.app.get(Sequencer).drain();
}

/** The memory as it would be if the key store had just seen the records. */
async function memory(): Promise<RecordsMemory> {
  await drained();
  const state = await service.databases.records.acrossSites(readRecordsState);
  return { ...state, seenAt: service.clock.now(), lastRun: null };
}

function compare(known: RecordsMemory, options: { signed?: Frontier; whole?: boolean } = {}): Promise<string | undefined> {
  const work = compareRecords;
  return service.databases.records.acrossSites(async (tx) => (await work(tx, known, options.signed, options.whole ?? true)).difference);
}

async function remembered(): Promise<RecordsMemory> {
  return (await service.databases.keys.transaction(recallRecords))!;
}

describe('records compared with what is remembered of them', () => {
  it('go on from an earlier memory, and from themselves', async () => {
    const before = await memory();
    expect(await compare(before, { signed: before.tree })).toBeUndefined();
    await service.api('preparer').post('/api/intakes', { taxYear: 2026 });
    const after = await memory();
    expect(after.tree.size).toBeGreaterThan(before.tree.size);
    expect(await compare(before, { signed: after.tree })).toBeUndefined();
  });

  it('are shorter than a memory, or than what was signed last', async () => {
    const known = await memory();
    const longer = extendFrontier(known.tree, [randomBytes(32)]);
    expect(await compare({ ...known, tree: longer })).toBe('log-shorter');
    expect(await compare(known, { signed: longer })).toBe('log-shorter');
  });

  it('are others', async () => {
    const known = await memory();
    const leaves = Array.from({ length: known.tree.size - 1 }, () => randomBytes(32));
    expect(await compare({ ...known, tree: extendFrontier({ size: 0, hashes: [] }, leaves) })).toBe('log-other');
  });

  it('do not know a run that ended', async () => {
    expect(await compare({ ...(await memory()), lastRun: randomUUID() })).toBe('run-missing');
  });

  it('have other readers: unless the log has a word of it since, and at a start only', async () => {
    const known = { ...(await memory()), readers: randomBytes(32) };
    expect(await compare(known)).toBe('readers-changed');
    expect(await compare(known, { whole: false })).toBeUndefined();
    await service.api('preparer').post('/api/intakes', { taxYear: 2026 });
    expect(await compare(known)).toBe('readers-changed');
    await service.api('administrator').post('/api/invitations', { name: 'Nora New', email: 'nora@example.org', role: 'auditor' });
    expect(await compare(known)).toBeUndefined();
    await drained();
    expect(await compare(known)).toBeUndefined();
  });

  it('have other readers when a grant is slipped in', async () => {
    const known = await memory();
    const [grant] = await service.databases.recordsOwner<{ member_id: string; mac: Buffer }>('SELECT member_id, mac FROM vault_grant LIMIT 1');
    const set = (mac: Buffer) => service.databases.recordsOwner('UPDATE vault_grant SET mac = $1 WHERE member_id = $2', [mac, grant!.member_id]);
    await set(randomBytes(32));
    expect(await compare(known)).toBe('readers-changed');
    await set(grant!.mac);
    expect(await compare(known)).toBeUndefined();
  });
});

describe('records brought back under a running service', () => {
  let known: RecordsMemory;

  it('are noticed, and nobody is let in with what came back', async () => {
    await look();
    known = await remembered();
    expect(known.tree.size).toBe((await memory()).tree.size);
    const longer = extendFrontier(known.tree, [randomBytes(32), randomBytes(32)]);
    await service.databases.keysOwner('UPDATE records_memory SET log_size = $1, log_frontier = $2', [longer.size, frontierBytes(longer)]);
    await look();
    expect((await service.api('preparer').get('/api/intakes')).status).toBe(401);
    expect((await service.api().get('/readyz')).body.code).toBe('RESTORED');
    expect(await service.app.get(Nightly).catchUp()).toBeUndefined();
    expect(service.said.filter((line) => line.includes('records.restored'))).toHaveLength(1);
    await look();
    expect(await service.databases.recordsOwner(`SELECT FROM log_entry WHERE kind = 'restore.found'`)).toHaveLength(1);
    expect(await service.databases.recordsOwner('SELECT FROM invitation WHERE used_at IS NULL')).toHaveLength(0);
  });

  it('are in service again without more ado when the right ones are put back', async () => {
    await service.databases.keysOwner('UPDATE records_memory SET log_size = $1, log_frontier = $2', [known.tree.size, frontierBytes(known.tree)]);
    await look();
    expect((await service.api().get('/readyz')).status).toBe(503);
    await look('start');
    expect((await service.api().get('/readyz')).status).toBe(200);
  });

  it('are released by two administrators, and only as restore-check has left them', async () => {
    const longer = extendFrontier((await remembered()).tree, Array.from({ length: 500 }, () => randomBytes(32)));
    await service.databases.keysOwner('UPDATE records_memory SET log_size = $1, log_frontier = $2', [longer.size, frontierBytes(longer)]);
    await look();
    await service.app.get(Signer).sign();
    const administrators = service.members.filter(({ role }) => role === 'administrator');
    const two = async () => (await signInAll(service.app, administrators)).map(({ token }) => apiClient(service.url, token)) as [ApiClient, ApiClient];
    const ask = (api: ApiClient) => api.post('/api/restored/ask', { reason: 'The disk of the records died last night.' });
    expect((await ask((await two())[0])).body.code).toBe('RESTORE_NOT_CHECKED');
    expect(await service.app.get(CheckRestored).run(async () => undefined)).toMatchObject({ sections: 0, intakes: 0, lost: 0 });
    const [first, second] = await two();
    expect((await ask(first)).status).toBe(204);

    const [swept] = await service.databases.keysOwner<{ swept_frontier: Buffer }>('SELECT swept_frontier FROM restored_records');
    const other = Buffer.from(swept!.swept_frontier).fill(7);
    await service.databases.keysOwner('UPDATE restored_records SET swept_frontier = $1', [other]);
    expect((await second.post('/api/restored/release')).body.code).toBe('RESTORE_NOT_CHECKED');
    await service.databases.keysOwner('UPDATE restored_records SET swept_frontier = $1', [swept!.swept_frontier]);
    expect((await second.post('/api/restored/release')).status).toBe(204);
    expect((await remembered()).tree.size).toBeLessThan(longer.size);
    await look('start');
    expect((await (await service.signInAgain('preparer')).get('/api/intakes')).status).toBe(200);
  });
});

describe('an intake that is as it was before its last save', () => {
  let id: string;
  const older = () => service.databases.recordsOwner('UPDATE intake SET version = 1 WHERE id = $1', [id]);
  const accepted = () => service.databases.keysOwner('SELECT intake_id, version FROM accepted_version');

  it('shuts the door at the next start, and opens it when the right records are put back', async () => {
    const preparer = await service.signInAgain('preparer');
    id = (await preparer.post('/api/intakes', { taxYear: 2026 })).body.id;
    for (const version of [1, 2]) expect((await preparer.patch(`/api/intakes/${id}`, { version, answers: {} })).status).toBe(200);
    await look('start');
    await older();
    await look();
    expect((await service.api().get('/readyz')).status).toBe(200);
    await look('start');
    expect((await service.api().get('/readyz')).body.code).toBe('RESTORED');
    expect((await (await service.signInAgain('administrator')).get('/api/restored')).body).toMatchObject({ difference: 'intakes-older' });
    await service.databases.recordsOwner('UPDATE intake SET version = 3 WHERE id = $1', [id]);
    await look('start');
    expect((await service.api().get('/readyz')).status).toBe(200);
  });

  it('is taken as it is once two persons have released it', async () => {
    await older();
    await look('start');
    await service.app.get(CheckRestored).run(async () => undefined);
    expect(await accepted()).toEqual([]);
    const administrators = await signInAll(service.app, service.members.filter(({ role }) => role === 'administrator'));
    await service.databases.recordsOwner('UPDATE member SET invited_by = NULL');
    const [first, second] = administrators.map(({ token }) => apiClient(service.url, token));
    expect((await first!.post('/api/restored/ask', { reason: 'The disk of the records died last night.' })).status).toBe(204);
    expect((await second!.post('/api/restored/release')).status).toBe(204);
    expect(await accepted()).toEqual([{ intake_id: id, version: 1 }]);
    await look('start');
    expect((await service.api().get('/readyz')).status).toBe(200);
  });

  it('and may not be older still, nor as old after a save', async () => {
    const { keys } = service.databases;
    const state = async (version: number) => {
      await service.databases.recordsOwner('UPDATE intake SET version = $2 WHERE id = $1', [id, version]);
      return hasOlderIntakes(keys, service.databases.records);
    };
    expect([await state(1), await state(0)]).toEqual([false, true]);
    await forgetEarlierLookups(service.app.get(KeyStore), id, 2);
    expect([await accepted(), await state(1), await state(3)]).toEqual([[], true, false]);
  });
});
