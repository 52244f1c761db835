import type { Day } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { KeyStore } from '../vault/key-store.js';
import { deleteSections, layTombstones, type DeadSection } from './clear-sections.js';
import { deadSql } from './dead-intakes.js';
import type { SweepPace } from './sweep-pace.js';

/**
 * Clears away what is dead of these intakes. Records first, then the key store: a crash between leaves dead shares, by which the
 * next sweep finds its way again. Nothing is lost by doing a batch twice. A share that never got its intake (a crash at
 * creation) goes the same way.
 */
export async function sweepBatch(records: RecordsDatabase, keyStore: KeyStore, pace: SweepPace, intakeIds: readonly string[]): Promise<void> {
  await records.acrossSites(async (tx) => {
    await pace.own(tx);
    await sweepRecords(tx, keyStore, intakeIds);
  });
  await keyStore.transaction(async ({ tx }) => {
    await tx.query(`DELETE FROM lookup s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`, [intakeIds]);
    await tx.query(`DELETE FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`, [intakeIds]);
  });
}

interface Standing {
  readonly intake_id: string;
  /** Of its classes. */
  readonly last_day: Day;
  /** Something of it lives on. */
  readonly alive: boolean;
}

const STANDING = `
  SELECT s.intake_id, max(s.due_day) AS last_day, count(b.id) > 0 AS alive
  FROM life_share s LEFT JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = ANY ($1::uuid[]) GROUP BY s.intake_id`;

const DEAD = `SELECT s.intake_id, s.class, s.due_day AS day FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`;

/**
 * The intakes are locked before their shares are looked at once more: a class that is being started anew meanwhile (numbers
 * after a rejection) is then either not begun, or alive and seen.
 */
async function sweepRecords(tx: RecordsTx, { database }: KeyStore, intakeIds: readonly string[]): Promise<void> {
  await tx.query('SELECT FROM intake WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [intakeIds]);
  const standings = await database.query<Standing>(STANDING, [intakeIds]);
  const living = standings.filter(({ alive }) => alive).map(({ intake_id }) => intake_id);
  if (living.length > 0) await deleteSections(tx, await database.query<DeadSection>(DEAD, [living]));
  const over = standings.filter(({ alive }) => !alive);
  await layTombstones(tx, over.map(({ intake_id, last_day }) => ({ intakeId: intake_id, day: last_day })));
}
