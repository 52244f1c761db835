import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { heldSql } from '../vault/hold-scope.js';
import type { KeyStore } from '../vault/key-store.js';
import { lockHolds } from '../vault/hold-lock.js';

const BATCH = 500;

interface Preserved {
  readonly intake_id: string;
  readonly class: RetentionClass;
}

/** Deletes earlier versions that no hold keeps any more. Twice does no harm. */
export async function sweepReleased(records: RecordsDatabase, keyStore: KeyStore): Promise<void> {
  for (let after: string | undefined = '00000000-0000-0000-0000-000000000000'; after !== undefined; ) {
    const preserved: readonly Preserved[] = await records.acrossSites((tx) => nextPreserved(tx, after!));
    after = preserved.at(-1)?.intake_id;
    if (preserved.length > 0) await records.acrossSites((tx) => deleteReleased(tx, keyStore, preserved));
  }
}

/** While nobody places a hold: one that came between the look and the deletion would be acknowledged and too late. */
async function deleteReleased(tx: RecordsTx, { database }: KeyStore, preserved: readonly Preserved[]): Promise<void> {
  await lockHolds(tx);
  const held = await database.query<Preserved>(
    `SELECT s.intake_id, s.class FROM life_share s WHERE s.intake_id = ANY ($1::uuid[]) AND ${heldSql('s')}`,
    [preserved.map((row) => row.intake_id)],
  );
  const kept = new Set(held.map(nameOf));
  const gone = preserved.filter((row) => !kept.has(nameOf(row)));
  await tx.query('DELETE FROM preserved_section p USING unnest($1::uuid[], $2::text[]) AS d (intake, class) WHERE p.intake_id = d.intake AND p.class = d.class', [
    gone.map((row) => row.intake_id),
    gone.map((row) => row.class),
  ]);
}

/** All classes of so many intakes. */
function nextPreserved(tx: RecordsTx, after: string): Promise<Preserved[]> {
  return tx.query(
    `SELECT DISTINCT intake_id, class FROM preserved_section
     WHERE intake_id IN (SELECT DISTINCT intake_id FROM preserved_section WHERE intake_id > $1 ORDER BY intake_id LIMIT ${BATCH}) ORDER BY intake_id, class`,
    [after],
  );
}

function nameOf({ intake_id, class: name }: Preserved): string {
  return `${intake_id} ${name}`;
}
