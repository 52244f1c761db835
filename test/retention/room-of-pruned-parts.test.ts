import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { giveRoomBack } from '../../src/audit/give-room-back.js';
import { RecordsDatabase } from '../../src/platform/records-database.js';
import { runPurge } from '../support/run-purge.js';
import { startTestService, type TestService } from '../support/test-service.js';

const ENTERED = '2023-01-10';
/** Twenty-four months and more after it. */
const LATER = '2025-06-10';

describe('the disk under the log’s parts', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ now: ENTERED });
  }, 60_000);
  afterAll(() => service.stop());

  /** While the statement runs, its snapshot sees all that was there before. */
  const looksBackFor = (seconds: number) => service.app.get(RecordsDatabase).query('SELECT pg_sleep($1)', [seconds]);
  const size = async () => Number((await service.databases.recordsOwner<{ size: string }>(`SELECT pg_relation_size('log_part') AS size`))[0]!.size);

  it('gets back what pruning has emptied, though somebody still sees it for a while', async () => {
    await fill(service, 40_000, ENTERED);
    await fill(service, 5_000, '2025-01-10');
    const filled = await size();
    const looking = looksBackFor(4);
    const run = await runOnDay(service, LATER);
    expect([run.state, (await size()) < filled / 7]).toEqual(['finished', true]);
    await looking;
  }, 120_000);

  it('gets back what an earlier pruning had to leave', async () => {
    await fill(service, 40_000, '2025-01-10');
    const filled = await size();
    await service.databases.recordsOwner('DELETE FROM log_part WHERE entry_id % 9 > 0');
    await giveRoomBack(service.app.get(RecordsDatabase));
    const left = await size();
    expect(left).toBeLessThan(filled / 7);
    await giveRoomBack(service.app.get(RecordsDatabase));
    expect(await size()).toBe(left);
  }, 120_000);

  async function runOnDay(service: TestService, text: string) {
    service.clock.setTo(new Date(`${text}T18:00:00Z`));
    return runPurge(await service.signInAgain('administrator'));
  }

  /** Entries of sign-ins that nobody verifies here: only their age and length matter. */
  async function fill(service: TestService, entries: number, on: string): Promise<void> {
    await service.databases.recordsOwner(
      `WITH entry AS (
         INSERT INTO log_entry (kind, at, epoch, counter, leaf) SELECT 'signed-out', $1, gen_random_uuid(), n, '{}' FROM generate_series(1, $2) n RETURNING id
       ), placed AS (
         INSERT INTO log_index (index, entry_id, leaf_hash) SELECT 1000000 + id, id, sha256(id::text::bytea) FROM entry
       ) INSERT INTO log_part (entry_id, actor, actor_salt, subject, subject_salt, context, context_salt)
         SELECT id, '{}', sha256('a'), '{}', sha256('b'), '{}', sha256('c') FROM entry`,
      [`${on}T12:00:00Z`, entries],
    );
  }
});
