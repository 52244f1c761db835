import { wipe } from '../crypto/bytes.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import type { Day } from '../platform/clock.js';
import { bucketsFor, openBucket, type Bucket, type BucketRow } from '../vault/buckets.js';
import { heldSql } from '../vault/hold-scope.js';
import type { KeyStore, OpenKeyStore } from '../vault/key-store.js';
import { unwrapShare, wrapShare } from '../vault/life-shares.js';
import { lookupTag, openTerm, sealTerm } from '../vault/lookup-tags.js';
import { readable, unreadable } from '../vault/unreadable-key.js';
import { recordDestroyed } from './destroyed-buckets.js';
import { mustSeeSentinel } from './plan-run.js';

interface ShareRow {
  readonly intake_id: string;
  readonly due_day: Day;
  readonly wrapped: Uint8Array;
  readonly stays: boolean;
}

interface LookupRow {
  readonly intake_id: string;
  readonly version: number;
  readonly slot: number;
  readonly sealed: Uint8Array;
}

export interface Rewrapped {
  /** Shares that were carried over. */
  readonly moved: number;
  /** Lookup rows of theirs whose terms do not open. */
  readonly lookupsLost: number;
}

const NOTHING: Rewrapped = { moved: 0, lookupsLost: 0 };

/**
 * Carries what stays in a bucket (not due, or held) into the bucket of its own due day, with its lookup rows, and destroys
 * the key it lay under; under a new key, too, where that is the same day. One transaction, alone: a crash leaves the bucket
 * as it was, or done. What stays is judged here again, so a hold placed since the plan wins.
 *
 * A lookup row whose term does not open stays behind and dies with the key: a search misses it until the intake is saved again,
 * and nothing is lost by it. A share that does not open may be somebody's answers, and keeps the whole bucket as it is.
 * @throws SentinelMissing, UnreadableKey: then the bucket is as it was
 */
export async function rewrapMixedBucket(keyStore: KeyStore, runId: string, bucketId: string, today: Day): Promise<Rewrapped> {
  return keyStore.exclusively(async (store) => {
    await mustSeeSentinel(store.tx);
    const [row] = await store.tx.query<BucketRow>('SELECT id, site_id, class, day, master, sealed_key FROM bucket WHERE id = $1', [bucketId]);
    if (!row) return NOTHING;
    const shares = await sharesOf(store, bucketId, today);
    const stay = shares.filter(({ stays }) => stays);
    if (!mustGo(row, shares, today)) return NOTHING;
    const lookups = await lookupsOf(store, bucketId, stay);
    await recordDestroyed(store.tx, runId, [bucketId], stay.length);
    // Before the targets are made: one of them may be this bucket's own day, and has to get a key of its own.
    await store.tx.query('DELETE FROM bucket WHERE id = $1', [bucketId]);
    const old = readable(`bucket ${row.id}`, () => openBucket(store.master, row));
    const targets = await targetsOf(store, row, stay);
    try {
      await moveShares(store, old, stay, targets);
      return { moved: stay.length, lookupsLost: await moveLookups(store, old, lookups, targets) };
    } finally {
      wipe(old.key, ...[...targets.values()].map(({ key }) => key));
    }
  });
}

/** A hold may since have covered all that was to go; then the bucket stays, unless it is past its day and others moved on. */
function mustGo({ day }: BucketRow, shares: readonly ShareRow[], today: Day): boolean {
  return shares.some(({ stays }) => !stays) || (day <= today && shares.some(({ due_day }) => due_day > today));
}

function sharesOf({ tx }: OpenKeyStore, bucketId: string, today: Day): Promise<ShareRow[]> {
  return tx.query<ShareRow>(
    `SELECT s.intake_id, s.due_day, s.wrapped, (s.due_day > $2 OR ${heldSql('s')}) AS stays FROM life_share s WHERE s.bucket_id = $1`,
    [bucketId, today],
  );
}

function lookupsOf({ tx }: OpenKeyStore, bucketId: string, stay: readonly ShareRow[]): Promise<LookupRow[]> {
  return tx.query<LookupRow>(
    'SELECT intake_id, version, slot, sealed FROM lookup WHERE bucket_id = $1 AND intake_id = ANY ($2::uuid[])',
    [bucketId, stay.map(({ intake_id }) => intake_id)],
  );
}

/** The bucket of each intake's own due day. */
async function targetsOf(store: OpenKeyStore, row: BucketRow, stay: readonly ShareRow[]): Promise<ReadonlyMap<string, Bucket>> {
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
  shares: readonly ShareRow[],
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
