import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startTestService, type TestService } from '../../support/test-service.js';

const ROUNDS = 6;
const WRITERS = 6;
/** So many saves of each intake come before the hold, as a rule, and after it. */
const SAVES = 3;

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.stop());

const create = async (): Promise<string> =>
  (await service.api('preparer').post('/api/intakes', { taxYear: 2026, answers: { taxpayer: { firstName: 'Robin' } } }).expect(201)).body.id;

/** Saves an intake again and again, until it is told to end. @returns its last version */
async function save(id: string, goesOn: (version: number) => boolean): Promise<number> {
  let version = 1;
  while (goesOn(version)) {
    const { body } = await service.api('preparer').patch(`/api/intakes/${id}`, { version, answers: { taxpayer: { firstName: `Robin ${'x'.repeat(version)}` } } }).expect(200);
    version = body.version;
  }
  return version;
}

async function versionsNow(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await service.databases.recordsOwner<{ id: string; version: number }>('SELECT id, version FROM intake WHERE id = ANY ($1::uuid[])', [ids]);
  return new Map(rows.map(({ id, version }) => [id, version]));
}

describe('a hold that is placed beside saves', () => {
  it('is in force at once, and acknowledged when one that had passed the key store has ended', async () => {
    const id = await create();
    const owner = new pg.Client({ connectionString: service.databases.urls.records.owner });
    await owner.connect();
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE section IN EXCLUSIVE MODE'); // read, and not written
    const saving = service.api('preparer').patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { firstName: 'Other' } } }).then(({ status }) => status);
    while ((await service.databases.recordsOwner(`SELECT FROM pg_locks WHERE relation = 'section'::regclass AND NOT granted`)).length === 0) await sleep(10);
    let isAcknowledged = false;
    const placing = service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id], classes: ['identity'] } }).then(({ status }) => {
      isAcknowledged = true;
      return status;
    });
    const inForce = () => service.databases.keysOwner('SELECT FROM hold WHERE $1 = ANY (intakes)', [id]);
    while ((await inForce()).length === 0) await sleep(10);
    await sleep(500);
    expect(isAcknowledged).toBe(false);
    await owner.query('COMMIT');
    await owner.end();
    expect(await Promise.all([saving, placing])).toEqual([200, 201]);
    // That save replaced the first version unseen, before the answer. The next one does not.
    await service.api('preparer').patch(`/api/intakes/${id}`, { version: 2, answers: { taxpayer: { firstName: 'Third' } } }).expect(200);
    expect(await service.databases.recordsOwner('SELECT version FROM preserved_section WHERE intake_id = $1', [id])).toEqual([{ version: 2 }]);
  });

  it('says where one is stuck, and waits no longer for it', async () => {
    const id = await create();
    const owner = new pg.Client({ connectionString: service.databases.urls.records.owner });
    await owner.connect();
    await owner.query('BEGIN');
    await owner.query('LOCK TABLE section IN EXCLUSIVE MODE');
    const saving = service.api('preparer').patch(`/api/intakes/${id}`, { version: 1, answers: { taxpayer: { firstName: 'Other' } } }).then(({ status }) => status);
    while ((await service.databases.recordsOwner(`SELECT FROM pg_locks WHERE relation = 'section'::regclass AND NOT granted`)).length === 0) await sleep(10);
    const place = () => service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: [id] } });
    expect((await place()).body.saveUnderWay).toBe(true);
    await owner.query('COMMIT');
    await owner.end();
    expect(await saving).toBe(200);
    expect((await place()).body.saveUnderWay).toBe(false);
  });

  it('keeps every version that stood when it was acknowledged, and every later one that was replaced', async () => {
    let beside = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const ids = await Promise.all(Array.from({ length: WRITERS }, create));
      const seen: { acknowledged?: ReadonlyMap<string, number> } = {};
      const saving = ids.map((id) => save(id, (version) => !seen.acknowledged || version < seen.acknowledged.get(id)! + SAVES));
      await service.api('administrator').post('/api/holds', { matter: '2027-CV-0142', scope: { intakes: ids, classes: ['identity'] } }).expect(201);
      const acknowledged = (seen.acknowledged = await versionsNow(ids));
      const last = await Promise.all(saving);
      for (const [at, id] of ids.entries()) {
        const from = acknowledged.get(id)!;
        if (from > 1) beside += 1;
        const kept = await service.databases.recordsOwner<{ version: number }>(
          'SELECT version FROM preserved_section WHERE intake_id = $1 AND version >= $2 ORDER BY version',
          [id, from],
        );
        expect([round, kept.map(({ version }) => version)]).toEqual([round, Array.from({ length: last[at]! - from }, (_, more) => from + more)]);
      }
    }
    expect(beside).toBeGreaterThan(0);
  }, 180_000);
});
