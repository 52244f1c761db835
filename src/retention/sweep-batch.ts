import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { KeyStore } from '../vault/key-store.js';
import { deleteSections, layTombstones, type DeadSection } from './clear-sections.js';
import { deadSql, type DeadIntake } from './dead-intakes.js';
import type { SweepPace } from './sweep-pace.js';

/**
 * Clears away what is dead of these intakes. Records first, then the key store: a crash between leaves dead shares, by which the
 * next sweep finds its way again. Nothing is lost by doing a batch twice. A share that never got its intake (a crash at
 * creation) goes the same way.
 */
export async function sweepBatch(records: RecordsDatabase, keyStore: KeyStore, pace: SweepPace, intakes: readonly DeadIntake[]): Promise<void> {
  const intakeIds = intakes.map(({ intakeId }) => intakeId);
  await records.acrossSites(async (tx) => {
    await pace.own(tx);
    await sweepRecords(tx, keyStore, intakes);
  });
  await keyStore.transaction(async ({ tx }) => {
    await tx.query(`DELETE FROM lookup s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`, [intakeIds]);
    await tx.query(`DELETE FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`, [intakeIds]);
  });
}

const LIVING = `
  SELECT DISTINCT s.intake_id FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = ANY ($1::uuid[])`;

const DEAD = `SELECT s.intake_id, s.class, s.due_day AS day FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${deadSql('s')}`;

/**
 * The intakes are locked before their shares are looked at once more: a class that is being started anew meanwhile (numbers
 * after a rejection) is then either not begun, or alive and seen.
 */
async function sweepRecords(tx: RecordsTx, { database }: KeyStore, intakes: readonly DeadIntake[]): Promise<void> {
  const intakeIds = intakes.map(({ intakeId }) => intakeId);
  await tx.query('SELECT FROM intake WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [intakeIds]);
  const living = (await database.query<{ intake_id: string }>(LIVING, [intakeIds])).map(({ intake_id }) => intake_id);
  if (living.length > 0) await deleteSections(tx, await database.query<DeadSection>(DEAD, [living]));
  const alive = new Set(living);
  await layTombstones(tx, intakes.filter(({ intakeId }) => !alive.has(intakeId)));
}
