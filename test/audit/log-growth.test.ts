import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordsTx } from '../../src/platform/records-tx.js';
import { EMPTY_FRONTIER, extendFrontier, frontierBytes } from '../../src/audit/merkle.js';
import { sequenceEntries } from '../../src/audit/sequence-entries.js';
import { fillTiles } from '../../src/audit/tiles/fill-tiles.js';
import { readHashes } from '../../src/audit/tiles/read-hashes.js';
import { inclusionRanges } from '../../src/audit/tiles/leaf-range.js';
import { logFixture, reading, type LogFixture } from './log-fixture.js';

/** A tile's worth a pass. */
const [PASSES, ENTRIES, WARM_UP] = [15, 256, 5];

let fixture: LogFixture;
beforeEach(async () => (fixture = await logFixture()));
afterEach(() => fixture.databases.close());

/** Makes the log one of that size: hashes of leaves whose entries nobody ever wrote, and their tiles. */
async function growTo(size: number): Promise<void> {
  const { databases } = fixture;
  const [head] = await databases.recordsOwner<{ size: number }>('SELECT size FROM log_head');
  await databases.recordsOwner(`INSERT INTO log_index (index, entry_id, leaf_hash) SELECT i, -1 - i, sha256(int8send(i)) FROM generate_series($1::bigint, $2::bigint - 1) i`, [head!.size, size]);
  const leaves = await databases.recordsOwner<{ leaf_hash: Buffer }>('SELECT leaf_hash FROM log_index ORDER BY index');
  const tree = extendFrontier(EMPTY_FRONTIER, leaves.map(({ leaf_hash }) => leaf_hash));
  await databases.recordsOwner('UPDATE log_head SET size = $1, frontier = $2', [size, frontierBytes(tree)]);
  while ((await databases.records.acrossSites((tx) => fillTiles(tx, size))) !== 'all');
  await databases.recordsOwner('VACUUM ANALYZE');
}

/** Pages of the database that a transaction of a job touches, in memory or not, as a median: its cost, whatever else the machine does. */
async function pagesOf(work: (tx: RecordsTx, turn: number) => Promise<unknown>, before: () => Promise<unknown> = async () => undefined): Promise<number> {
  const { records, recordsOwner } = fixture.databases;
  const once = (turn: number) =>
    records.acrossSites(async (tx) => {
      await tx.query('SELECT pg_stat_force_next_flush()');
      await work(tx, turn);
    });
  const touched = async (): Promise<number> =>
    Number((await recordsOwner<{ pages: string }>('SELECT blks_hit + blks_read AS pages FROM pg_stat_database WHERE datname = current_database()'))[0]!.pages);
  const pages: number[] = [];
  for (let turn = -WARM_UP; turn < PASSES; turn++) {
    await before();
    const from = await touched();
    await once(Math.max(turn, 0));
    if (turn >= 0) pages.push((await touched()) - from);
  }
  return pages.sort((a, b) => a - b)[Math.floor(PASSES / 2)]!;
}

describe('a log that grows', () => {
  const write = () =>
    fixture.databases.records.inSite(fixture.site, async (tx) => {
      await tx.query('SELECT pg_stat_force_next_flush()');
      await fixture.log.appendAll(tx, Array.from({ length: ENTRIES }, () => reading(fixture.site)));
    });

  it('takes entries by their keys, also where PostgreSQL still takes it for a small one', async () => {
    const { recordsOwner } = fixture.databases;
    for (const table of ['log_entry', 'log_part', 'log_index', 'log_pending']) await recordsOwner(`ALTER TABLE ${table} SET (autovacuum_enabled = off)`);
    const small = await pagesOf((tx) => sequenceEntries(tx), write);
    await recordsOwner(
      `INSERT INTO log_entry (id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE
       SELECT -n, 'answers.read', now(), '00000000-0000-4000-8000-000000000000', n, repeat('x', 300) FROM generate_series(1, 60000) n`,
    );
    expect(await pagesOf((tx) => sequenceEntries(tx), write)).toBeLessThan(small * 1.3);
  }, 120_000);

  it('takes entries, and proves them, by the work of a small one', async () => {
    const prove = (size: number) => (tx: RecordsTx, turn: number) => readHashes(tx, inclusionRanges(Math.floor((size * turn) / PASSES), size), size);
    const costs: { append: number; prove: number }[] = [];
    for (const size of [1_000, 200_000]) {
      await growTo(size);
      costs.push({ prove: await pagesOf(prove(size)), append: await pagesOf((tx) => sequenceEntries(tx), write) });
    }
    const [small, large] = costs as [(typeof costs)[0], (typeof costs)[0]];
    expect(large.append).toBeLessThan(small.append * 1.2);
    // Two tiles a level, of which a small log has one and this one three.
    expect([small.prove, large.prove].map((pages) => pages < 60)).toEqual([true, true]);
  }, 300_000);
});
