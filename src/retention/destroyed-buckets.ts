import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { KeysTx } from '../platform/keys-tx.js';
import type { Unlogged } from './check-lives.js';

type Query = <T>(sql: string, parameters?: unknown[]) => Promise<T[]>;

/** A bucket whose key is gone, with what went with it and what was carried over from it. */
export interface DestroyedBucket {
  readonly id: string;
  readonly siteId: string;
  readonly class: RetentionClass;
  readonly day: Day;
  /** Life shares that nothing opens any more. */
  readonly shares: number;
  /** How many of them were due on which day; without the `unlogged`. */
  readonly due: Readonly<Record<string, number>>;
  /** Those of intakes and lists that the log has never heard of. */
  readonly unlogged: number;
  readonly moved: number;
}

/** Notes, in the transaction that deletes them, the buckets that are about to go. Call it before the deletion. @param moved in this transaction; what was before it, the bucket knows */
export async function recordDestroyed(tx: KeysTx, runId: string, bucketIds: readonly string[], moved: number): Promise<void> {
  await tx.query(
    `INSERT INTO destroyed_bucket (id, site_id, class, day, run_id, moved)
     SELECT id, site_id, class, day, $1, coalesce(carried, 0) + $2 FROM bucket WHERE id = ANY ($3::uuid[])`,
    [runId, moved, bucketIds],
  );
}

/**
 * What no certificate names yet: of this run, and of those that crashed before theirs.
 * @param unlogged what the log has never heard of
 */
export async function uncertifiedBuckets(tx: KeysTx, unlogged: readonly Unlogged[]): Promise<readonly DestroyedBucket[]> {
  const rows = await tx.query<Omit<DestroyedBucket, 'siteId'> & { site_id: string }>(UNCERTIFIED, [unlogged.map(({ intakeId }) => intakeId), unlogged.map((one) => one.class ?? null)]);
  return rows.map(({ site_id, ...rest }) => ({ ...rest, siteId: site_id }));
}

/** `IN` is looked up in a hash of all that it names; an `EXISTS` with both cases would go through them for each share. */
const UNCERTIFIED = `
  WITH u AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::text[]) AS u (intake, class))
  SELECT d.id, d.site_id, d.class, d.day, d.moved, dead.shares, dead.unlogged, dead.due
  FROM destroyed_bucket d CROSS JOIN LATERAL (
    SELECT coalesce(sum(n), 0)::integer AS shares, coalesce(sum(strange), 0)::integer AS unlogged,
      coalesce(jsonb_object_agg(to_char(due_day, 'YYYY-MM-DD'), n - strange) FILTER (WHERE n > strange), '{}') AS due
    FROM (
      SELECT s.due_day, count(*) AS n, count(*) FILTER (WHERE s.intake_id IN (SELECT intake FROM u WHERE class IS NULL)
        OR (s.intake_id, s.class) IN (SELECT intake, class FROM u WHERE class IS NOT NULL)) AS strange
      FROM life_share s WHERE s.bucket_id = d.id GROUP BY s.due_day) counted) dead
  WHERE d.certified_by IS NULL ORDER BY d.day, d.site_id, d.class, d.id`;

export async function markCertified(tx: KeysTx, runId: string, bucketIds: readonly string[]): Promise<void> {
  await tx.query('UPDATE destroyed_bucket SET certified_by = $1 WHERE id = ANY ($2::uuid[])', [runId, bucketIds]);
}

/**
 * Drops the notes of what is certified: the certificate has them now. To be called when a sweep has come to its end, so that nothing
 * of them is left to be counted. Looking for it would take longer than all else here: an index still has the rows that were deleted.
 */
export async function forgetSwept(tx: KeysTx): Promise<void> {
  await tx.query('DELETE FROM destroyed_bucket WHERE certified_by IS NOT NULL');
}

/** A destroyed bucket that a new connection still finds. */
export class DestroyedKeyFound extends Error {
  override readonly name = 'DestroyedKeyFound';

  constructor() {
    super('a destroyed bucket is still in the key store');
  }
}

/** Looks again, over a connection that was not there when it happened. @throws DestroyedKeyFound */
export async function mustBeGone(query: Query, bucketIds: readonly string[]): Promise<void> {
  const found = await query('SELECT id FROM bucket WHERE id = ANY ($1::uuid[])', [bucketIds]);
  if (found.length > 0) throw new DestroyedKeyFound();
}
