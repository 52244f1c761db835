import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import { deadSql, DeadShares, onPagesSql, pagesOf } from './dead-pages.js';
import { sweepBatch } from './sweep-batch.js';
import { SweepPace } from './sweep-pace.js';

/** Intakes of one batch: a batch is one short transaction in each database. */
const BATCH = 2000;
/** While one batch is in the key store and one waits for the disk, another can be in the records. */
const LANES = 3;
const SAY_EVERY_MS = 500;
/** Of lookup rows, for one short transaction. */
const PAGES = 500;

/** Of intakes. */
export type Progress = (done: number, total: number) => Promise<void>;

/**
 * Clears away what nothing opens any more: sections, shares and lookup rows whose bucket is gone, and the intake itself
 * with its last class. Only space and row counts hang on it: the destruction is over when it begins.
 *
 * Cut short, it is begun anew by the next run, which finds its way by the dead shares that are left.
 * @returns of how many intakes something was cleared away
 */
export async function sweepDead(records: RecordsDatabase, keyStore: KeyStore, progress: Progress): Promise<number> {
  const pace = new SweepPace(records);
  await progress(0, 0);
  const done = await sweepShares(records, keyStore, pace, progress);
  await progress(done, done);
  await sweepLookups(keyStore, pace);
  await keyStore.transaction(({ tx }) =>
    tx.query('DELETE FROM accepted_version a WHERE NOT EXISTS (SELECT FROM life_share s WHERE s.intake_id = a.intake_id)'),
  );
  return done;
}

async function sweepShares(records: RecordsDatabase, keyStore: KeyStore, pace: SweepPace, progress: Progress): Promise<number> {
  const dead = await DeadShares.of(keyStore, BATCH);
  let done = 0;
  let said = -Infinity;
  await inLanes(pace, async () => {
    const batch = await dead.next();
    if (!batch) return undefined;
    const began = performance.now();
    await sweepBatch(records, keyStore, batch);
    done += batch.intakeIds.length;
    // Oftener than anybody could read it is not worth a commit.
    if (performance.now() - said > SAY_EVERY_MS) {
      said = performance.now();
      await progress(done, batch.total);
    }
    return performance.now() - began;
  });
  return done;
}

/** Nothing finds its way by lookup rows: they go page by page, whosever they are. */
async function sweepLookups(keyStore: KeyStore, pace: SweepPace): Promise<void> {
  const pages = await pagesOf(keyStore, 'lookup');
  let next = 0;
  await inLanes(pace, async () => {
    const from = next;
    if (from >= pages) return undefined;
    next += PAGES;
    const began = performance.now();
    await keyStore.transaction(({ tx }) => tx.query(`DELETE FROM lookup s WHERE ${onPagesSql('s', '$1', '$2')} AND ${deadSql('s')}`, [from, from + PAGES]));
    return performance.now() - began;
  });
}

/**
 * Several batches at once; one after another while somebody else is at work.
 * @param batch takes the next one; answers how long it took, and undefined when there are no more
 */
async function inLanes(pace: SweepPace, batch: () => Promise<number | undefined>): Promise<void> {
  let over = false;
  const lane = async (_: unknown, number: number): Promise<void> => {
    while (!over) {
      const workedMs = await batch();
      if (workedMs === undefined) break;
      await pace.rest(workedMs);
      if (number > 0) await pace.alone(() => over);
    }
    over = true;
  };
  // All of them, also where one fails: none is left at work behind an error's back.
  const ends = await Promise.allSettled(Array.from({ length: LANES }, (_, number) => lane(_, number).finally(() => (over = true))));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}
