import type { RetentionClass } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { unwrap } from '../crypto/wrap.js';
import { openBucket, type Bucket, type BucketRow } from './buckets.js';
import type { OpenKeyStore } from './key-store.js';
import { shareContext } from './life-shares.js';

/** A class of an intake that should have died: its share names no bucket that is there. */
export interface DeadClass {
  readonly intakeId: string;
  readonly class: RetentionClass;
}

/** What came of trying. Without its share a section opens with no intake key. */
export interface TriedShares {
  /** Shares that were still there. Where there is none, there is nothing to try. */
  readonly tried: number;
  /** Those that opened after all: whoever finds any must not go on as if they were dead. */
  readonly opened: readonly DeadClass[];
}

interface ShareLeft {
  readonly intake_id: string;
  readonly class: RetentionClass;
  readonly site_id: string;
  readonly bucket_id: string;
  readonly wrapped: Uint8Array;
}

const LEFT = `
  SELECT s.intake_id, s.class, s.site_id, s.bucket_id, s.wrapped
  FROM life_share s JOIN unnest($1::uuid[], $2::text[]) AS d (intake, class) ON s.intake_id = d.intake AND s.class = d.class`;
const BUCKETS = `
  SELECT b.id, b.site_id, b.class, b.day, b.master, b.sealed_key FROM bucket b
  JOIN (SELECT DISTINCT * FROM unnest($1::uuid[], $2::text[]) AS of (site, class)) of ON b.site_id = of.site AND b.class = of.class`;

/**
 * Tries to open these shares with every key that the key store still has for their site and class, whichever bucket they name: as that
 * bucket's own, and as what they say they are. Site and class are bound into every wrap, so no other key can fit.
 */
export async function tryDeadShares({ tx, master }: OpenKeyStore, dead: readonly DeadClass[]): Promise<TriedShares> {
  const left = await tx.query<ShareLeft>(LEFT, [dead.map(({ intakeId }) => intakeId), dead.map((one) => one.class)]);
  if (left.length === 0) return { tried: 0, opened: [] };
  const rows = await tx.query<BucketRow>(BUCKETS, [left.map((share) => share.site_id), left.map((share) => share.class)]);
  const buckets = rows.flatMap((row) => ifItOpens(() => openBucket(master, row)) ?? []);
  const opened = left.filter((share) => buckets.some((bucket) => opens(bucket, share)));
  wipe(...buckets.map(({ key }) => key));
  return { tried: left.length, opened: opened.map((share) => ({ intakeId: share.intake_id, class: share.class })) };
}

function opens(bucket: Bucket, { intake_id, site_id, class: name, bucket_id, wrapped }: ShareLeft): boolean {
  if (bucket.siteId !== site_id || bucket.class !== name) return false;
  return [bucket, { ...bucket, id: bucket_id }].some((place) => {
    const share = ifItOpens(() => unwrap(bucket.key, wrapped, shareContext(place, intake_id)));
    if (share) wipe(share);
    return share !== undefined;
  });
}

function ifItOpens<T>(open: () => T): T | undefined {
  try {
    return open();
  } catch (error) {
    if (error instanceof SealRefusal) return undefined;
    throw error;
  }
}
