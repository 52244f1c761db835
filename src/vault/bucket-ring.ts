import type { RetentionClass } from '../catalogue/retention-class.js';
import { uuidBytes, wipe } from '../crypto/bytes.js';
import { context } from '../crypto/context.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { unwrap, wrap } from '../crypto/wrap.js';
import { unseen } from '../platform/any-plan.js';
import { openBucket, type BucketRow } from './buckets.js';
import type { KeyStore, OpenKeyStore } from './key-store.js';
import type { NumberedMaster } from './master-file.js';

export interface RingAsked {
  readonly siteId: string;
  readonly class: RetentionClass;
}

/**
 * The keys of all buckets of a site and class, of one moment. They lie under one seal, so that a search opens one and not a year of them:
 * a copy, made by whoever searches first after a bucket came or went, which goes in the transaction that destroys one of them
 * or makes the next master (docs/decisions/0032).
 */
export interface Ring {
  /** Which buckets there were, as one number: it only notices that a run or a save came between. Null where there were none. */
  readonly buckets: string | null;
  /** 32 bytes for each bucket, one after the other, in no order; the caller wipes them. Absent where nobody has sealed these buckets' yet. */
  readonly keys?: Uint8Array;
}

export interface RingRow {
  readonly buckets: string | null;
  /** Of those buckets and the master in force, or null. */
  readonly ring: Uint8Array | null;
}

type BucketsRow = { readonly master_in_force: number; readonly buckets: string | null };

/** SQL: which buckets there are, those past their day too: what was given a longer life stays in its bucket until a run moves it. */
export function bucketsSql(site: string, retentionClass: string): string {
  return `SELECT bit_xor(uuid_hash_extended(b.id, 0))::text AS buckets FROM bucket b WHERE b.site_id = ${unseen(site, 'uuid')} AND b.class = ${unseen(retentionClass, 'text')}`;
}

/** SQL: one `RingRow`. Parameters: site, class. */
export function ringSql(site: string, retentionClass: string): string {
  return `SELECT now.buckets, r.sealed AS ring FROM (${bucketsSql(site, retentionClass)}) now
    LEFT JOIN bucket_ring r ON r.site_id = ${unseen(site, 'uuid')} AND r.class = ${unseen(retentionClass, 'text')} AND r.buckets = now.buckets::bigint AND r.master = (SELECT master FROM key_store)`;
}

const EACH_BUCKET = `
  SELECT (SELECT master FROM key_store) AS master_in_force, now.*, b.id, b.site_id, b.class, b.day, b.master, b.sealed_key
  FROM (${bucketsSql('$1', '$2')}) now LEFT JOIN bucket b ON b.site_id = $1 AND b.class = $2`;

/** Of the buckets that are there and the master in force, or not at all. */
const KEEP = `
  INSERT INTO bucket_ring AS r (site_id, class, buckets, master, sealed)
  SELECT $1::uuid, $2::text, $3::bigint, $4::integer, $5::bytea
  WHERE $3::text = (${bucketsSql('$1', '$2')}) AND $4 = (SELECT master FROM key_store)
  ON CONFLICT ON CONSTRAINT bucket_ring_pk DO UPDATE SET buckets = excluded.buckets, master = excluded.master, sealed = excluded.sealed`;

/** Where it was changed, or is another site's, class's or of other buckets, it is none: one is made from the buckets, each of which has to open. */
export function ringIn({ buckets, ring }: RingRow, master: NumberedMaster, asked: RingAsked): Ring {
  if (buckets === null || ring === null) return { buckets };
  try {
    return { buckets, keys: unwrap(master.key, ring, ringContext(asked, buckets, master.number)) };
  } catch (error) {
    if (error instanceof SealRefusal) return { buckets };
    throw error;
  }
}

/** The ring from the buckets themselves, which is kept for whoever searches next. @throws SealRefusal NOT_AUTHENTIC when a bucket was moved or changed */
export async function makeRing(keyStore: KeyStore, asked: RingAsked): Promise<Required<Ring>> {
  const { made, sealed } = await keyStore.read(EACH_BUCKET, [asked.siteId, asked.class], (rows: readonly (BucketsRow & (BucketRow | NoBucket))[], master) => {
    const ring = ringOf(rows, master);
    return { made: ring, sealed: ring.buckets === null ? undefined : sealedRing(master, asked, ring.buckets, ring.keys) };
  });
  if (sealed) await keep(keyStore, sealed).catch(() => undefined); // whoever searches has the keys, and would gain nothing by a refusal
  return made;
}

/** Under the lock that a run holds alone: a statement without it might end after the run, and keep what the run has destroyed. */
async function keep(keyStore: KeyStore, sealed: readonly unknown[]): Promise<void> {
  await keyStore.transaction(({ tx }) => tx.query(KEEP, sealed));
}

/** The row, as `KEEP` takes it. */
function sealedRing(master: NumberedMaster, asked: RingAsked, buckets: string, keys: Uint8Array): readonly unknown[] {
  return [asked.siteId, asked.class, buckets, master.number, Buffer.from(wrap(master.key, keys, ringContext(asked, buckets, master.number)))];
}

/** The ring under the key store's lock: for one search, and kept for no other. */
export async function ringUnderLock({ tx, master }: OpenKeyStore, asked: RingAsked): Promise<Required<Ring>> {
  return ringOf(await tx.query<BucketsRow & (BucketRow | NoBucket)>(EACH_BUCKET, [asked.siteId, asked.class]), master);
}

type NoBucket = { readonly id: null };

function ringOf(rows: readonly (BucketsRow & (BucketRow | NoBucket))[], master: NumberedMaster): Required<Ring> {
  const found = rows.filter((row): row is BucketsRow & BucketRow => row.id !== null);
  const keys = new Uint8Array(found.length * 32);
  try {
    found.forEach((row, i) => {
      const { key } = openBucket(master, row);
      keys.set(key, i * 32);
      wipe(key);
    });
  } catch (error) {
    wipe(keys);
    throw error;
  }
  return { buckets: rows[0]!.buckets, keys };
}

function ringContext({ siteId, class: retentionClass }: RingAsked, buckets: string, master: number): Uint8Array {
  return context('bucket-ring', uuidBytes(siteId), retentionClass, buckets, master);
}
