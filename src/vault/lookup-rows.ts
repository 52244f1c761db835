import type { RetentionClass } from '../catalogue/retention-class.js';
import type { OpenKeyStore } from './key-store.js';
import type { Lives } from './life-shares.js';
import { lookupTag, sealTerm } from './lookup-tags.js';

export interface LookupTerm {
  readonly slot: number;
  readonly class: RetentionClass;
  /** A blank has one too, and a row like any other. */
  readonly term: Uint8Array;
  /** Written instead by a save where the row holds it now. */
  readonly stays?: Uint8Array;
}

export interface LookupRow {
  readonly slot: number;
  readonly bucketId: string;
  readonly tag: Uint8Array;
  readonly sealed: Uint8Array;
  readonly stays?: { readonly tag: Uint8Array; readonly sealed: Uint8Array } | undefined;
}

/** The lookup rows of one version of an intake: one for each term whose class is alive. */
export function lookupRows(
  { intakeId, version }: { readonly intakeId: string; readonly version: number },
  terms: readonly LookupTerm[],
  lives: Lives,
): readonly LookupRow[] {
  return terms.flatMap(({ slot, class: cls, term, stays }) => {
    const life = lives.get(cls);
    if (life?.state !== 'alive') return [];
    const { bucket } = life;
    const termed = (one: Uint8Array) => ({ tag: lookupTag(bucket.key, one), sealed: sealTerm(bucket, { intakeId, version, slot }, one) });
    return [{ slot, bucketId: bucket.id, ...termed(term), stays: stays && termed(stays) }];
  });
}

/** Writes them. A save's are written with the rest of what it tells the key store (`saveLife`). */
export async function addLookups(
  { tx }: OpenKeyStore,
  intake: { readonly intakeId: string; readonly version: number },
  terms: readonly LookupTerm[],
  lives: Lives,
): Promise<void> {
  const rows = lookupRows(intake, terms, lives);
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
