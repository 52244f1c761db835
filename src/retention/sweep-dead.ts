import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import { deadSql, listDeadIntakes, type DeadBatch, type DeadIntake } from './dead-intakes.js';
import { sweepBatch } from './sweep-batch.js';
import { SweepPace } from './sweep-pace.js';

/** Intakes of one batch: a batch is one short transaction in each database. */
const BATCH = 1000;
/** While one batch is in the key store, another can be in the records. */
const LANES = 2;
const SAY_EVERY_MS = 500;

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
  const done = await listDeadIntakes(keyStore, BATCH, (next) => inLanes(pace, next, progress, (batch) => sweepBatch(records, keyStore, pace, batch)));
  await progress(done, done);
  await keyStore.transaction(async ({ tx }) => {
    await tx.query(`DELETE FROM lookup s WHERE ${deadSql('s')}`);
    await tx.query('DELETE FROM accepted_version a WHERE NOT EXISTS (SELECT FROM life_share s WHERE s.intake_id = a.intake_id)');
  });
  return done;
}

/** Several batches at once, of other intakes each; one after another while somebody else is at work. */
async function inLanes(
  pace: SweepPace,
  next: () => Promise<DeadBatch | undefined>,
  progress: Progress,
  sweep: (intakes: readonly DeadIntake[]) => Promise<void>,
): Promise<number> {
  let done = 0;
  let said = -Infinity;
  let over = false;
  const lane = async (_: unknown, number: number): Promise<void> => {
    while (!over) {
      const batch = await next();
      if (!batch) break;
      const began = performance.now();
      await sweep(batch.intakes);
      done += batch.intakes.length;
      // Oftener than anybody could read it is not worth a commit.
      if (performance.now() - said > SAY_EVERY_MS) {
        said = performance.now();
        await pace.say(() => progress(done, batch.total));
      }
      await pace.rest(performance.now() - began);
      if (number > 0) await pace.alone(() => over);
    }
    over = true;
  };
  // All of them, also where one fails: none is left at work behind an error's back.
  const ends = await Promise.allSettled(Array.from({ length: LANES }, (_, number) => lane(_, number).finally(() => (over = true))));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return done;
}
