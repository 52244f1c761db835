import type { RetentionClass } from '../catalogue/retention-class.js';
import { uuidBytes, wipe } from '../crypto/bytes.js';
import { context } from '../crypto/context.js';
import { randomBytes } from '../crypto/random.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { unwrap, wrap } from '../crypto/wrap.js';
import { unseen } from '../platform/any-plan.js';
import type { Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import { bucketsFor, openBucket, type Bucket, type BucketPlace, type BucketRow } from './buckets.js';
import { passedIn, type Passed } from './class-standing.js';
import { heldSql } from './hold-scope.js';
import type { OpenKeyStore } from './key-store.js';
import type { NumberedMaster } from './master-file.js';
import { oldestVersionSql } from './oldest-version.js';

export interface SharePlace {
  readonly siteId: string;
  readonly intakeId: string;
  readonly class: RetentionClass;
}

/**
 * How one class of one intake stands today.
 * - `alive`: opens, until its due day; its bucket's key is in hand for lookup rows. `oldestVersion`: sections of the intake from
 *   before it do not open (`oldestVersionSql`). `held`: a legal hold covers it, so that a save keeps what it replaces.
 * - `held`: past its due day and kept by a legal hold: opens for nobody here (423).
 * - `over`: past its due day, or its key destroyed (410); without a day when the key store no longer knows it.
 */
export type Life =
  | { readonly state: 'alive'; readonly dueDay: Day; readonly share: Uint8Array; readonly bucket: Bucket; readonly oldestVersion: number | null; readonly held: boolean }
  | Passed;

export type Lives = ReadonlyMap<RetentionClass, Life>;

export type ShareRow = {
  readonly intake_id: string;
  readonly share_class: RetentionClass;
  readonly due_day: Day;
  readonly wrapped: Uint8Array;
  readonly held: boolean;
  readonly oldest_version: number | null;
} & (BucketRow | { readonly id: null });

/**
 * Gives an intake its life: a share for each class, in the bucket of its due day. A share that was there is replaced, and
 * with it everything sealed under it is lost, so never one that a legal hold keeps. One whose bucket is gone keeps nothing.
 * @param given shares that something has been sealed under already
 * @throws Refusal PRESERVED, with nothing replaced once the caller's transaction has rolled back
 */
export async function createShares(
  store: OpenKeyStore,
  intake: { readonly siteId: string; readonly intakeId: string; readonly taxYear: number; readonly createdDay: Day },
  due: ReadonlyMap<RetentionClass, Day>,
  given: ReadonlyMap<RetentionClass, Uint8Array> = new Map(),
): Promise<Lives> {
  const wanted = [...due].map(([cls, dueDay]) => ({ class: cls, day: dueDay }));
  const buckets = await bucketsFor(store, intake.siteId, wanted);
  const shares = buckets.map((bucket) => ({ bucket, share: given.get(bucket.class) ?? randomBytes(32) }));
  const written = await store.tx.query(
    `INSERT INTO life_share (intake_id, class, site_id, tax_year, created_day, bucket_id, due_day, wrapped)
     SELECT $1, class, $2, $3, $4, bucket, due, wrapped FROM unnest($5::text[], $6::uuid[], $7::date[], $8::bytea[]) AS n (class, bucket, due, wrapped)
     ON CONFLICT ON CONSTRAINT life_share_pk DO UPDATE SET bucket_id = excluded.bucket_id, due_day = excluded.due_day, wrapped = excluded.wrapped
       WHERE NOT (EXISTS (SELECT FROM bucket b WHERE b.id = life_share.bucket_id) AND ${heldSql('life_share')}) RETURNING 1`,
    [
      intake.intakeId,
      intake.siteId,
      intake.taxYear,
      intake.createdDay,
      buckets.map((bucket) => bucket.class),
      buckets.map(({ id }) => id),
      buckets.map(({ day }) => day),
      shares.map(({ bucket, share }) => Buffer.from(wrapShare(bucket, intake.intakeId, share))),
    ],
  );
  if (written.length < shares.length) throw new Refusal('PRESERVED', 'A legal hold keeps what was here: nothing takes its place.');
  return new Map(shares.map(({ bucket, share }) => [bucket.class, { state: 'alive', dueDay: bucket.day, share, bucket, oldestVersion: null, held: false }]));
}

/** Shares asked for: every class of every intake gets an answer. */
export interface SharesAsked {
  readonly siteId: string;
  readonly intakeIds: readonly string[];
  readonly classes: readonly RetentionClass[];
  /** At the site. */
  readonly today: Day;
}

/** SQL: shares with their buckets, `ShareRow`s. Parameters: site, intakes, classes. The limit keeps the planner from going through all buckets for a few. */
export function sharesSql(site: string, intakes: string, classes: string): string {
  return `SELECT s.intake_id, s.class AS share_class, s.due_day, s.wrapped, ${heldSql('s')} AS held, ${oldestVersionSql('s.intake_id')} AS oldest_version,
            b.id, b.site_id, b.class, b.day, b.master, b.sealed_key
     FROM life_share s LEFT JOIN LATERAL (SELECT * FROM bucket WHERE bucket.id = s.bucket_id LIMIT 1) b ON true
     WHERE s.site_id = ${unseen(site, 'uuid')} AND s.intake_id = ANY (${unseen(intakes, 'uuid[]')}) AND s.class = ANY (${unseen(classes, 'text[]')})`;
}

/**
 * How these classes of these intakes stand on `today`. Every asked class of every asked intake has an answer.
 * @throws SealRefusal NOT_AUTHENTIC when a share or a bucket was moved to another place
 */
export async function readShares(
  { tx, master }: OpenKeyStore,
  siteId: string,
  intakeIds: readonly string[],
  classes: readonly RetentionClass[],
  today: Day,
): Promise<ReadonlyMap<string, Lives>> {
  const rows = await tx.query<ShareRow>(sharesSql('$1', '$2', '$3'), [siteId, intakeIds, classes]);
  return livesOf(rows, master, { siteId, intakeIds, classes, today });
}

/** The same from rows that are there already. */
export function livesOf(
  rows: readonly ShareRow[],
  master: NumberedMaster,
  { siteId, intakeIds, classes, today }: SharesAsked,
): ReadonlyMap<string, Lives> {
  const opened = new Map<string, Bucket>();
  const lives = new Map(intakeIds.map((id) => [id, new Map<RetentionClass, Life>(classes.map((cls) => [cls, { state: 'over' }]))]));
  for (const row of rows) lives.get(row.intake_id)!.set(row.share_class, lifeOf(row));
  return lives;

  function lifeOf(found: ShareRow): Life {
    const passed = passedIn(found, today);
    if (passed) return passed;
    const row = found as ShareRow & BucketRow;
    const bucket = opened.get(row.id) ?? openBucket(master, row);
    opened.set(row.id, bucket);
    if (bucket.siteId !== siteId || bucket.class !== row.share_class) throw new SealRefusal('NOT_AUTHENTIC');
    const share = unwrapShare(bucket, row.intake_id, row.wrapped);
    return { state: 'alive', dueDay: row.due_day, bucket, share, oldestVersion: row.oldest_version, held: row.held };
  }
}

/**
 * Sets new due days for what is still alive; the share stays in its bucket until a run moves it. What is over stays over.
 * @param how `longer` leaves alone what would die sooner: for before the commit of what the days follow from
 */
export async function setDueDays(
  { tx }: OpenKeyStore,
  intakeId: string,
  due: ReadonlyMap<RetentionClass, Day>,
  today: Day,
  how: 'longer' | 'exact' = 'exact',
): Promise<void> {
  await tx.query(
    `UPDATE life_share s SET due_day = n.due FROM unnest($2::text[], $3::date[]) AS n (class, due)
     WHERE s.intake_id = $1 AND s.class = n.class AND s.due_day > $4 AND s.due_day ${how === 'longer' ? '<' : '<>'} n.due`,
    [intakeId, [...due.keys()], [...due.values()], today],
  );
}

/** The shares of the classes that are alive. */
export function livingShares(lives: Lives): Map<RetentionClass, Uint8Array> {
  return new Map([...lives].flatMap(([name, life]) => (life.state === 'alive' ? [[name, life.share] as const] : [])));
}

/** Wipes what was opened, once it has been used. */
export function wipeLives(...all: readonly Lives[]): void {
  for (const lives of all) for (const life of lives.values()) if (life.state === 'alive') wipe(life.share, life.bucket.key);
}

export function wrapShare(bucket: Bucket, intakeId: string, share: Uint8Array): Uint8Array {
  return wrap(bucket.key, share, shareContext(bucket, intakeId));
}

export function unwrapShare(bucket: Bucket, intakeId: string, wrapped: Uint8Array): Uint8Array {
  return unwrap(bucket.key, wrapped, shareContext(bucket, intakeId));
}

/** Where a share belongs, its bucket with it. */
export function shareContext(bucket: BucketPlace, intakeId: string): Uint8Array {
  return context('life-share', uuidBytes(bucket.siteId), uuidBytes(intakeId), bucket.class, uuidBytes(bucket.id));
}
