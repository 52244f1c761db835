import type { RetentionClass } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import type { Day } from '../platform/clock.js';
import { openBucket, type BucketRow } from './buckets.js';
import type { OpenKeyStore } from './key-store.js';
import type { Lives } from './life-shares.js';
import { lookupTag, sealTerm } from './lookup-tags.js';

export interface LookupTerm {
  readonly slot: number;
  readonly class: RetentionClass;
  /** A blank has one too (`blankTerm`), and a row like any other. */
  readonly term: Uint8Array;
}

/**
 * Writes the lookup rows of one version of an intake, one for each term whose class is alive. They are added before the
 * records commit; the rows of earlier versions go after it (`removeStaleLookups`), so that nothing is unfindable between.
 */
export async function addLookups(
  { tx }: OpenKeyStore,
  intake: { readonly intakeId: string; readonly version: number },
  terms: readonly LookupTerm[],
  lives: Lives,
): Promise<void> {
  const rows = terms.flatMap(({ slot, class: cls, term }) => {
    const life = lives.get(cls);
    if (life?.state !== 'alive') return [];
    const place = { ...intake, slot };
    return [{ slot, bucketId: life.bucket.id, tag: lookupTag(life.bucket.key, term), sealed: sealTerm(life.bucket, place, term) }];
  });
  await tx.query(
    `INSERT INTO lookup (intake_id, version, slot, bucket_id, tag, sealed)
     SELECT $1, $2, slot, bucket, tag, sealed FROM unnest($3::smallint[], $4::uuid[], $5::bytea[], $6::bytea[]) AS n (slot, bucket, tag, sealed)
     ON CONFLICT ON CONSTRAINT lookup_pk DO UPDATE SET bucket_id = excluded.bucket_id, tag = excluded.tag, sealed = excluded.sealed`,
    [
      intake.intakeId,
      intake.version,
      rows.map(({ slot }) => slot),
      rows.map(({ bucketId }) => bucketId),
      rows.map(({ tag }) => Buffer.from(tag)),
      rows.map(({ sealed }) => Buffer.from(sealed)),
    ],
  );
}

export async function removeStaleLookups({ tx }: OpenKeyStore, intakeId: string, version: number): Promise<void> {
  await tx.query('DELETE FROM lookup WHERE intake_id = $1 AND version < $2', [intakeId, version]);
}

/**
 * The intakes of the site that may hold this term in a class: one probe per bucket that is not due. A candidate is not a
 * match until its answer has been opened and compared.
 */
export async function findByTerm(
  { tx, master }: OpenKeyStore,
  siteId: string,
  retentionClass: RetentionClass,
  term: Uint8Array,
  today: Day,
): Promise<readonly string[]> {
  const buckets = await tx.query<BucketRow>(
    'SELECT id, site_id, class, day, master, sealed_key FROM bucket WHERE site_id = $1 AND class = $2',
    [siteId, retentionClass],
  );
  const tags = buckets.map((row) => {
    const bucket = openBucket(master, row);
    const tag = Buffer.from(lookupTag(bucket.key, term));
    wipe(bucket.key);
    return tag;
  });
  const rows = await tx.query<{ intake_id: string }>(
    `SELECT DISTINCT l.intake_id FROM lookup l
     JOIN life_share s ON s.intake_id = l.intake_id AND s.class = $2 AND s.site_id = $3 AND s.due_day > $4
     WHERE l.tag = ANY ($1::bytea[])`,
    [tags, retentionClass, siteId, today],
  );
  return rows.map((row) => row.intake_id);
}
