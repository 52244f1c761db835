import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { KeyStore } from '../vault/key-store.js';
import { deleteSections, layTombstones, type DeadSection } from './clear-sections.js';

/** Intakes of one batch: a batch is one short transaction in each database. */
const BATCH = 200;

type Share = DeadSection & { readonly alive: boolean };

export type Progress = (done: number, total: number) => Promise<void>;

/**
 * Clears away what nothing opens any more: sections, shares and lookup rows whose bucket is gone, and the intake itself
 * with its last class. Only space and row counts hang on it: the destruction is over when it begins.
 *
 * Records first, then the key store: a crash between leaves dead shares, by which the next sweep finds its way again.
 * Nothing is lost by doing a batch twice. A share that never got its intake (a crash at creation) goes the same way.
 */
export async function sweepDead(records: RecordsDatabase, keyStore: KeyStore, progress: Progress): Promise<number> {
  const [{ total } = { total: 0 }] = await keyStore.database.query<{ total: number }>(
    `SELECT count(*)::integer AS total FROM life_share s WHERE ${DEAD}`,
  );
  let done = 0;
  await progress(done, total);
  for (;;) {
    const intakeIds = await nextDeadIntakes(keyStore);
    if (intakeIds.length === 0) break;
    await records.acrossSites((tx) => sweepRecords(tx, keyStore, intakeIds));
    done += await sweepKeyStore(keyStore, intakeIds);
    await progress(Math.min(done, total), total);
  }
  await keyStore.transaction(async ({ tx }) => {
    await tx.query(`DELETE FROM lookup s WHERE ${DEAD}`);
    await tx.query('DELETE FROM accepted_version a WHERE NOT EXISTS (SELECT FROM life_share s WHERE s.intake_id = a.intake_id)');
  });
  return done;
}

const DEAD = 'NOT EXISTS (SELECT FROM bucket b WHERE b.id = s.bucket_id)';

async function nextDeadIntakes({ database }: KeyStore): Promise<readonly string[]> {
  const rows = await database.query<{ intake_id: string }>(
    `SELECT DISTINCT s.intake_id FROM life_share s WHERE ${DEAD} ORDER BY s.intake_id LIMIT ${BATCH}`,
  );
  return rows.map((row) => row.intake_id);
}

/**
 * The intakes are locked before their shares are looked at once more: a class that is being started anew meanwhile (numbers
 * after a rejection) is then either not begun, or alive and seen.
 */
async function sweepRecords(tx: RecordsTx, { database }: KeyStore, intakeIds: readonly string[]): Promise<void> {
  await tx.query('SELECT id FROM intake WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [intakeIds]);
  const shares = await database.query<Share>(
    `SELECT s.intake_id, s.class, s.due_day AS day, NOT ${DEAD} AS alive FROM life_share s WHERE s.intake_id = ANY ($1::uuid[])`,
    [intakeIds],
  );
  const dead = shares.filter(({ alive }) => !alive);
  const living = new Set(shares.filter(({ alive }) => alive).map((share) => share.intake_id));
  await deleteSections(tx, dead);
  await layTombstones(tx, intakeIds.filter((id) => !living.has(id)));
}

async function sweepKeyStore(keyStore: KeyStore, intakeIds: readonly string[]): Promise<number> {
  return keyStore.transaction(async ({ tx }) => {
    await tx.query(`DELETE FROM lookup s WHERE s.intake_id = ANY ($1::uuid[]) AND ${DEAD}`, [intakeIds]);
    const gone = await tx.query(`DELETE FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${DEAD} RETURNING 1`, [intakeIds]);
    return gone.length;
  });
}
