import type { Day } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { KeyStore } from '../vault/key-store.js';
import { deleteSections, layTombstones } from './clear-sections.js';
import { deadSql, eachDeadBatch } from './dead-intakes.js';
import { SweepPace } from './sweep-pace.js';

/** Intakes of one batch: a batch is one short transaction in each database. */
const BATCH = 500;
const SAY_EVERY_MS = 500;

export type Progress = (done: number, total: number) => Promise<void>;

/**
 * Clears away what nothing opens any more: sections, shares and lookup rows whose bucket is gone, and the intake itself
 * with its last class. Only space and row counts hang on it: the destruction is over when it begins.
 *
 * Records first, then the key store: a crash between leaves dead shares, by which the next sweep finds its way again.
 * Nothing is lost by doing a batch twice. A share that never got its intake (a crash at creation) goes the same way.
 *
 * While the key store clears a batch away, the records are at the next one, which is other intakes: unless others are at work.
 * @returns of how many intakes something was cleared away
 */
export async function sweepDead(records: RecordsDatabase, keyStore: KeyStore, progress: Progress): Promise<number> {
  const pace = new SweepPace(records);
  const say = nowAndThen(progress);
  let done = 0;
  let behind: Promise<void> = Promise.resolve();
  await progress(0, 0);
  try {
    await eachDeadBatch(keyStore, BATCH, async (intakeIds, total) => {
      await records.acrossSites((tx) => sweepRecords(tx, keyStore, intakeIds));
      await behind;
      behind = sweepKeyStore(keyStore, intakeIds);
      behind.catch(() => undefined); // heard where it is waited for
      if (pace.isShared) await behind;
      done += intakeIds.length;
      await say(done, total);
      await pace.rest();
    });
  } finally {
    await behind;
  }
  await progress(done, done);
  await keyStore.transaction(async ({ tx }) => {
    await tx.query(`DELETE FROM lookup s WHERE ${deadSql('s')}`);
    await tx.query('DELETE FROM accepted_version a WHERE NOT EXISTS (SELECT FROM life_share s WHERE s.intake_id = a.intake_id)');
  });
  return done;
}

/** What became of an intake: all of it is dead, or some classes are, each since its day. */
interface Standing {
  readonly intake_id: string;
  readonly last_day: Day;
  readonly dead_classes: Readonly<Record<RetentionClass, Day>> | null;
}

/** Of those with a dead share. `dead_classes` only where something lives on: of a million intakes that is few. */
const STANDING = `
  SELECT s.intake_id, max(s.due_day) FILTER (WHERE b.id IS NULL) AS last_day,
    CASE WHEN count(b.id) > 0 THEN jsonb_object_agg(s.class, s.due_day) FILTER (WHERE b.id IS NULL) END AS dead_classes
  FROM life_share s LEFT JOIN bucket b ON b.id = s.bucket_id
  WHERE s.intake_id = ANY ($1::uuid[]) GROUP BY s.intake_id HAVING count(b.id) < count(*)`;

/**
 * The intakes are locked before their shares are looked at once more: a class that is being started anew meanwhile (numbers
 * after a rejection) is then either not begun, or alive and seen.
 */
async function sweepRecords(tx: RecordsTx, { database }: KeyStore, intakeIds: readonly string[]): Promise<void> {
  await tx.query('SELECT FROM intake WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [intakeIds]);
  const standings = await database.query<Standing>(STANDING, [intakeIds]);
  const dead = standings.flatMap(({ intake_id, dead_classes }) =>
    Object.entries(dead_classes ?? {}).map(([name, day]) => ({ intake_id, class: name as RetentionClass, day })),
  );
  if (dead.length > 0) await deleteSections(tx, dead);
  await layTombstones(
    tx,
    standings.filter((one) => one.dead_classes === null).map(({ intake_id, last_day }) => ({ intakeId: intake_id, day: last_day })),
  );
}

async function sweepKeyStore(keyStore: KeyStore, intakeIds: readonly string[]): Promise<void> {
  await keyStore.transaction(async ({ tx }) => {
    await tx.query(`DELETE FROM lookup s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`, [intakeIds]);
    await tx.query(`DELETE FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`, [intakeIds]);
  });
}

/** A line that nobody could read is not worth its commit. */
function nowAndThen(progress: Progress): Progress {
  let said = -Infinity;
  return async (done, total) => {
    if (performance.now() - said < SAY_EVERY_MS) return;
    await progress(done, total);
    said = performance.now();
  };
}
