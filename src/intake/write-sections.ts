import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { SealedClass } from '../vault/sealed-class.js';

/** Writes an intake's sealed sections, one row a class; a row that is there is replaced. */
export async function writeSections(
  tx: RecordsTx,
  intake: { readonly id: string; readonly siteId: string },
  sealed: ReadonlyMap<RetentionClass, SealedClass>,
): Promise<void> {
  await tx.query(
    `INSERT INTO section (intake_id, site_id, class, sealed)
     SELECT $1, $2, class, sealed FROM unnest($3::text[], $4::bytea[]) AS n (class, sealed)
     ON CONFLICT ON CONSTRAINT section_pk DO UPDATE SET sealed = excluded.sealed`,
    [intake.id, intake.siteId, [...sealed.keys()], [...sealed.values()].map(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))],
  );
}
