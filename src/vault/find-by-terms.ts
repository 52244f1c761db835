import { wipe } from '../crypto/bytes.js';
import type { Day } from '../platform/clock.js';
import { bucketsSql, makeRing, ringUnderLock, type Ring, type RingAsked } from './bucket-ring.js';
import type { BucketRow } from './buckets.js';
import type { KeyStore, OpenKeyStore } from './key-store.js';
import { livesOf, sharesSql, type Lives, type ShareRow } from './life-shares.js';
import { lookupTagsIn, taggedSql } from './lookup-tags.js';
import type { NumberedMaster } from './master-file.js';

export interface TermsAsked extends RingAsked {
  /** At the site. */
  readonly today: Day;
  /** What is looked for, once for each lookup key of the site. */
  readonly terms: readonly Uint8Array[];
}

/** Candidates with the share of that class, which is alive; the caller wipes them. */
export type Candidates = ReadonlyMap<string, Lives>;

type FoundRow = { readonly master_in_force: number; readonly buckets: string | null } & (ShareRow | { readonly intake_id: null });

const FOUND = `
  SELECT (SELECT master FROM key_store) AS master_in_force, now.*, found.* FROM (${bucketsSql('$1', '$2')}) now
  LEFT JOIN (${sharesSql('$1', `ARRAY(${taggedSql('$3')})`, 'ARRAY[$2]')}) found ON true`;

/**
 * The intakes of the site that may hold one of these terms: one probe for each bucket. A candidate is not a match until its
 * answer has been opened and compared. Without the key store's lock; where other buckets are there by now than the ring is
 * of, once more under it, so that nothing is missed that a run has just moved.
 * @param ring as it was read; its keys stay the caller's
 * @throws SealRefusal when a bucket or a share was changed or moved to another place
 */
export async function findByTerms(keyStore: KeyStore, ring: Ring, asked: TermsAsked): Promise<Candidates> {
  const made = ring.keys ? undefined : await makeRing(keyStore, asked);
  const { keys, buckets } = made ?? (ring as Required<Ring>);
  try {
    const found = await keyStore.read(FOUND, foundBy(keys, asked), (rows: readonly FoundRow[], master) =>
      rows[0]!.buckets === buckets ? candidatesIn(rows, master, asked) : undefined,
    );
    return found ?? (await keyStore.transaction((store) => findUnderLock(store, asked)));
  } finally {
    wipe(made?.keys);
  }
}

/** The same in a transaction that holds the lock: no run is between its statements. */
export async function findUnderLock(store: OpenKeyStore, asked: TermsAsked): Promise<Candidates> {
  const { keys } = await ringUnderLock(store, asked);
  const rows = await store.tx.query<FoundRow>(FOUND, foundBy(keys, asked)).finally(() => wipe(keys));
  return candidatesIn(rows, store.master, asked);
}

function foundBy(keys: Uint8Array, { siteId, class: retentionClass, terms }: TermsAsked): readonly unknown[] {
  return [siteId, retentionClass, lookupTagsIn(keys, terms)];
}

function candidatesIn(rows: readonly FoundRow[], master: NumberedMaster, { siteId, class: retentionClass, today }: TermsAsked): Candidates {
  const shares = rows.filter((row): row is FoundRow & ShareRow & BucketRow => row.intake_id !== null);
  const intakeIds = shares.map((row) => row.intake_id);
  const lives = livesOf(shares, master, { siteId, intakeIds, classes: [retentionClass], today });
  return new Map([...lives].filter(([, life]) => life.get(retentionClass)?.state === 'alive'));
}
