import { wipe } from '../crypto/bytes.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import type { Day } from '../platform/clock.js';
import { bucketsFor, type Bucket, type BucketRow } from '../vault/buckets.js';
import type { OpenKeyStore } from '../vault/key-store.js';
import { unwrapShare, wrapShare } from '../vault/life-shares.js';
import { lookupTag, openTerm, sealTerm } from '../vault/lookup-tags.js';
import { readable, unreadable } from '../vault/unreadable-key.js';

/** A share that stays when its bucket goes. */
export interface StayingShare {
  readonly intake_id: string;
  readonly due_day: Day;
  readonly wrapped: Uint8Array;
}

interface LookupRow {
  readonly intake_id: string;
  readonly version: number;
  readonly slot: number;
  readonly sealed: Uint8Array;
}

/**
 * Wraps these shares and their lookup rows anew, each in the bucket of its own due day. The caller has seen to it that a bucket
 * of the old one's own day is made anew.
 *
 * A lookup row whose term does not open stays behind and dies with the old key: a search misses it until the intake is saved
 * again, and nothing is lost by it. A share that does not open may be somebody's answers.
 * @param old with its key, which the caller wipes
 * @returns how many lookup rows stayed behind
 * @throws UnreadableKey
 */
export async function carryOver(store: OpenKeyStore, old: Bucket, row: BucketRow, stay: readonly StayingShare[]): Promise<number> {
  const lookups = await lookupsOf(store, old.id, stay);
  const targets = await targetsOf(store, row, stay);
  try {
    await moveShares(store, old, stay, targets);
    return await moveLookups(store, old, lookups, targets);
  } finally {
    wipe(...[...targets.values()].map(({ key }) => key));
  }
}

function lookupsOf({ tx }: OpenKeyStore, bucketId: string, stay: readonly StayingShare[]): Promise<LookupRow[]> {
  return tx.query<LookupRow>(
    'SELECT intake_id, version, slot, sealed FROM lookup WHERE intake_id = ANY ($2::uuid[]) AND bucket_id = $1',
    [bucketId, stay.map(({ intake_id }) => intake_id)],
  );
}

/** The bucket of each intake's own due day. */
async function targetsOf(store: OpenKeyStore, row: BucketRow, stay: readonly StayingShare[]): Promise<ReadonlyMap<string, Bucket>> {
  const days = [...new Set(stay.map(({ due_day }) => due_day))];
  const buckets = await bucketsFor(store, row.site_id, days.map((day) => ({ class: row.class, day }))).catch((error: unknown) => {
    throw unreadable(`a bucket that takes over what stays in bucket ${row.id}`, error);
  });
  const byDay = new Map(buckets.map((bucket) => [bucket.day, bucket]));
  return new Map(stay.map(({ intake_id, due_day }) => [intake_id, byDay.get(due_day)!]));
}

async function moveShares(
  { tx }: OpenKeyStore,
  old: Bucket,
  shares: readonly StayingShare[],
  targets: ReadonlyMap<string, Bucket>,
): Promise<void> {
  const moved = shares.map(({ intake_id, wrapped }) => {
    const share = readable(`life share of intake ${intake_id}, ${old.class}`, () => unwrapShare(old, intake_id, wrapped));
    const bytes = Buffer.from(wrapShare(targets.get(intake_id)!, intake_id, share));
    wipe(share);
    return bytes;
  });
  await tx.query(
    `UPDATE life_share s SET bucket_id = n.bucket, wrapped = n.wrapped
     FROM unnest($3::uuid[], $4::uuid[], $5::bytea[]) AS n (intake, bucket, wrapped)
     WHERE s.intake_id = n.intake AND s.class = $1 AND s.bucket_id = $2`,
    [old.class, old.id, shares.map((row) => row.intake_id), shares.map((row) => targets.get(row.intake_id)!.id), moved],
  );
}

/** @returns how many did not open */
async function moveLookups(
  { tx }: OpenKeyStore,
  old: Bucket,
  lookups: readonly LookupRow[],
  targets: ReadonlyMap<string, Bucket>,
): Promise<number> {
  const moved = lookups.flatMap((row) => movedLookup(old, row, targets.get(row.intake_id)!) ?? []);
  await tx.query(
    `UPDATE lookup l SET bucket_id = n.bucket, tag = n.tag, sealed = n.sealed
     FROM unnest($2::uuid[], $3::integer[], $4::smallint[], $5::uuid[], $6::bytea[], $7::bytea[]) AS n (intake, version, slot, bucket, tag, sealed)
     WHERE l.intake_id = n.intake AND l.version = n.version AND l.slot = n.slot AND l.bucket_id = $1`,
    [
      old.id,
      moved.map(({ row }) => row.intake_id),
      moved.map(({ row }) => row.version),
      moved.map(({ row }) => row.slot),
      moved.map(({ row }) => targets.get(row.intake_id)!.id),
      moved.map(({ tag }) => tag),
      moved.map(({ sealed }) => sealed),
    ],
  );
  return lookups.length - moved.length;
}

/** @returns undefined when its term does not open */
function movedLookup(old: Bucket, row: LookupRow, target: Bucket): { readonly row: LookupRow; readonly tag: Buffer; readonly sealed: Buffer } | undefined {
  const place = { intakeId: row.intake_id, version: row.version, slot: row.slot };
  try {
    const term = openTerm(old, place, row.sealed);
    const next = { row, tag: Buffer.from(lookupTag(target.key, term)), sealed: Buffer.from(sealTerm(target, place, term)) };
    wipe(term);
    return next;
  } catch (error) {
    if (error instanceof SealRefusal) return undefined;
    throw error;
  }
}
