import { wipe } from '../crypto/bytes.js';
import type { Day } from '../platform/clock.js';
import { openBucket, type BucketRow } from '../vault/buckets.js';
import { heldSql } from '../vault/hold-scope.js';
import type { KeyStore, OpenKeyStore } from '../vault/key-store.js';
import { readable } from '../vault/unreadable-key.js';
import { carryOver, type StayingShare } from './carry-over.js';
import { recordDestroyed } from './destroyed-buckets.js';
import { mustSeeSentinel } from './plan-run.js';

/** Shares. Nobody else writes to the key store while a portion is carried over. */
const PORTION = 500;

type Row = BucketRow & {
  /** Shares that were carried over in earlier portions; null before the first. */
  readonly carried: number | null;
};

interface Portion {
  readonly isLast: boolean;
  /** Lookup rows whose terms do not open. */
  readonly lookupsLost: number;
}

const NOTHING_TO_DO: Portion = { isLast: true, lookupsLost: 0 };

/**
 * Carries what stays in a bucket (not due, or held) into the bucket of its own due day, with its lookup rows, and destroys
 * the key it lay under; under a new key, too, where that is the same day. Portion by portion, each a transaction that holds the
 * key store alone, so that writers wait for one portion at most. What has been carried over is; the last portion deletes the key,
 * and with it ends what was due. What stays is judged again in each, so a hold placed since the plan, or between two portions, wins.
 *
 * And if it crashes: what has not been carried over is in the bucket as it was, and opens; nothing new goes into it, and the
 * next run goes on with it.
 * @param lost told of lookup rows that were left behind, once their portion is committed
 * @throws SentinelMissing, UnreadableKey: then the rest of the bucket is as it was
 */
export async function rewrapMixedBucket(
  keyStore: KeyStore,
  runId: string,
  bucketId: string,
  today: Day,
  lost: (rows: number) => Promise<void>,
  portion = PORTION,
): Promise<void> {
  for (let isLast = false; !isLast; ) {
    const done = await keyStore.exclusively((store) => rewrapPortion(store, { runId, bucketId, today, portion }));
    if (done.lookupsLost > 0) await lost(done.lookupsLost);
    isLast = done.isLast;
  }
}

interface Asked {
  readonly runId: string;
  readonly bucketId: string;
  readonly today: Day;
  /** How many shares at once. */
  readonly portion: number;
}

async function rewrapPortion(store: OpenKeyStore, { runId, bucketId, today, portion }: Asked): Promise<Portion> {
  await mustSeeSentinel(store.tx);
  const [row] = await store.tx.query<Row>('SELECT id, site_id, class, day, master, sealed_key, carried FROM bucket WHERE id = $1', [bucketId]);
  if (!row || (row.carried === null && !(await mustGo(store, bucketId, today)))) return NOTHING_TO_DO;
  const stay = await stayingIn(store, bucketId, today, portion);
  const isLast = stay.length < portion;
  // Before the targets are made: one of them may be this bucket's own day, and has to get a key of its own.
  if (isLast) {
    await recordDestroyed(store.tx, runId, [bucketId], stay.length);
    await store.tx.query('DELETE FROM bucket WHERE id = $1', [bucketId]);
  } else {
    await store.tx.query('UPDATE bucket SET carried = coalesce(carried, 0) + $2 WHERE id = $1', [bucketId, stay.length]);
  }
  const old = readable(`bucket ${row.id}`, () => openBucket(store.master, row));
  try {
    return { isLast, lookupsLost: await carryOver(store, old, row, stay) };
  } finally {
    wipe(old.key);
  }
}

/** A hold may since have covered all that was to go; then the bucket stays, unless it is past its day and others moved on. */
async function mustGo({ tx }: OpenKeyStore, bucketId: string, today: Day): Promise<boolean> {
  const [row] = await tx.query<{ must_go: boolean }>(
    `SELECT EXISTS (SELECT FROM life_share s WHERE s.bucket_id = b.id AND s.due_day <= $2 AND NOT ${heldSql('s')})
         OR (b.day <= $2 AND EXISTS (SELECT FROM life_share s WHERE s.bucket_id = b.id AND s.due_day > $2)) AS must_go
     FROM bucket b WHERE b.id = $1`,
    [bucketId, today],
  );
  return row!.must_go;
}

/** What is furthest from its day comes first: that is found without looking at what is due. */
function stayingIn({ tx }: OpenKeyStore, bucketId: string, today: Day, portion: number): Promise<StayingShare[]> {
  return tx.query<StayingShare>(
    `SELECT s.intake_id, s.due_day, s.wrapped FROM life_share s
     WHERE s.bucket_id = $1 AND (s.due_day > $2 OR ${heldSql('s')}) ORDER BY s.due_day DESC LIMIT $3`,
    [bucketId, today, portion],
  );
}
