import { randomUUID } from 'node:crypto';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { uuidBytes, wipe } from '../crypto/bytes.js';
import { context } from '../crypto/context.js';
import { randomBytes } from '../crypto/random.js';
import { unwrap, wrap } from '../crypto/wrap.js';
import type { Day } from '../platform/clock.js';
import type { OpenKeyStore } from './key-store.js';
import type { NumberedMaster } from './master-file.js';

export interface BucketPlace {
  readonly id: string;
  readonly siteId: string;
  readonly class: RetentionClass;
  readonly day: Day;
}

/** A bucket whose key is in hand, for the length of one key-store transaction. */
export interface Bucket extends BucketPlace {
  readonly key: Uint8Array;
}

export interface BucketRow {
  readonly id: string;
  readonly site_id: string;
  readonly class: RetentionClass;
  readonly day: Day;
  readonly master: number;
  readonly sealed_key: Uint8Array;
}

/** The site's buckets of these classes and days, made where they are not there yet, in the order asked. One that a run is emptying takes nothing new. */
export async function bucketsFor(
  store: OpenKeyStore,
  siteId: string,
  wanted: readonly { readonly class: RetentionClass; readonly day: Day }[],
): Promise<readonly Bucket[]> {
  let found = await selectBuckets(store, siteId, wanted);
  const missing = wanted.filter((one) => !found.has(nameOf(one)));
  if (missing.length > 0) {
    await insertBuckets(store, siteId, missing);
    found = await selectBuckets(store, siteId, wanted); // one that another transaction made first is theirs
  }
  return wanted.map((one) => found.get(nameOf(one))!);
}

/** @throws SealRefusal NOT_AUTHENTIC when the row was moved or changed */
export function openBucket(master: NumberedMaster, row: BucketRow): Bucket {
  const place = { id: row.id, siteId: row.site_id, class: row.class, day: row.day };
  return { ...place, key: unwrap(master.key, row.sealed_key, bucketContext(place, row.master)) };
}

export function sealBucketKey(master: NumberedMaster, bucket: Bucket): Uint8Array {
  return wrap(master.key, bucket.key, bucketContext(bucket, master.number));
}

function bucketContext(place: BucketPlace, master: number): Uint8Array {
  return context('bucket', uuidBytes(place.siteId), place.class, place.day, uuidBytes(place.id), master);
}

async function selectBuckets(
  { tx, master }: OpenKeyStore,
  siteId: string,
  wanted: readonly { readonly class: RetentionClass; readonly day: Day }[],
): Promise<Map<string, Bucket>> {
  const rows = await tx.query<BucketRow>(
    `SELECT b.id, b.site_id, b.class, b.day, b.master, b.sealed_key
     FROM unnest($2::text[], $3::date[]) AS w (class, day) JOIN bucket b ON b.site_id = $1 AND b.class = w.class AND b.day = w.day AND b.carried IS NULL`,
    [siteId, wanted.map((one) => one.class), wanted.map((one) => one.day)],
  );
  return new Map(rows.map((row) => [nameOf(row), openBucket(master, row)]));
}

async function insertBuckets(
  { tx, master }: OpenKeyStore,
  siteId: string,
  missing: readonly { readonly class: RetentionClass; readonly day: Day }[],
): Promise<void> {
  // In one order everywhere: two transactions that each make what the other makes too would otherwise wait for each other.
  const ordered = [...missing].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const fresh = ordered.map((one) => ({ ...one, id: randomUUID(), siteId, key: randomBytes(32) }));
  const sealed = fresh.map((bucket) => Buffer.from(sealBucketKey(master, bucket)));
  wipe(...fresh.map(({ key }) => key));
  await tx.query(
    `INSERT INTO bucket (id, site_id, class, day, master, sealed_key)
     SELECT id, $1, class, day, $2, sealed FROM unnest($3::uuid[], $4::text[], $5::date[], $6::bytea[]) AS f (id, class, day, sealed)
     ON CONFLICT (site_id, class, day) WHERE carried IS NULL DO NOTHING`,
    [
      siteId,
      master.number,
      fresh.map(({ id }) => id),
      fresh.map((one) => one.class),
      fresh.map((one) => one.day),
      sealed,
    ],
  );
}

function nameOf(one: { readonly class: RetentionClass; readonly day: Day }): string {
  return `${one.class} ${one.day}`;
}
