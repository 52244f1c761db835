import type { RetentionClass } from '../catalogue/retention-class.js';
import { unseen } from '../platform/any-plan.js';
import type { Day } from '../platform/clock.js';
import { PACK_BUCKETS, packedBuckets, type BucketRow } from './buckets.js';
import type { KeyStore, OpenKeyStore } from './key-store.js';
import { livesOf, sharesSql, type Lives, type ShareRow } from './life-shares.js';
import { lookupTagsIn, taggedSql } from './lookup-tags.js';
import type { NumberedMaster } from './master-file.js';

/** In this class, at this site. */
export interface PlaceAsked {
  readonly siteId: string;
  readonly class: RetentionClass;
  /** At the site. */
  readonly today: Day;
}

/** One of these terms. */
export interface TermsAsked extends PlaceAsked {
  /** What is looked for, once for each lookup key of the site. */
  readonly terms: readonly Uint8Array[];
}

/** Candidates with the share of that class, which is alive; the caller wipes them. */
export type Candidates = ReadonlyMap<string, Lives>;

/** Tags to probe for, and the buckets they were made in: a run may move rows into one that is none of them. */
interface Probe {
  readonly tags: Uint8Array;
  readonly buckets: string | null;
}

interface BucketsRow {
  readonly master_in_force: number;
  readonly packed: Uint8Array;
  readonly buckets: string | null;
}

type FoundRow = { readonly master_in_force: number; readonly buckets: string | null } & (ShareRow | { readonly intake_id: null });

/** Which buckets there are, as one number. It need not withstand anybody: it only notices that a run or a save came between. */
const WHICH = `bit_xor(uuid_hash_extended(b.id, 0))::text AS buckets FROM bucket b WHERE b.site_id = ${unseen('$1', 'uuid')} AND b.class = ${unseen('$2', 'text')}`;
const IN_FORCE = '(SELECT master FROM key_store) AS master_in_force';
/** Those past their day too: what was given a longer life stays in its bucket until a run has moved it. */
const BUCKETS = `SELECT ${IN_FORCE}, now.* FROM (SELECT ${PACK_BUCKETS} AS packed, ${WHICH}) now`;
const FOUND = `
  SELECT ${IN_FORCE}, now.*, found.* FROM (SELECT ${WHICH}) now
  LEFT JOIN (${sharesSql('$1', `ARRAY(${taggedSql('$3')})`, 'ARRAY[$2]')}) found ON true`;

/**
 * The intakes of the site that may hold one of these terms: one probe for each bucket. A candidate is not a match until its
 * answer has been opened and compared. Two statements without the key store's lock; where other buckets are there at the
 * second than at the first, both again under it, so that nothing is missed that a run has just moved.
 *
 * The first is asked at once, so that its answer is there when the terms are known.
 * @returns for the terms, once they are known
 * @throws SealRefusal when a bucket or a share was changed or moved to another place
 */
export function findByTerms(keyStore: KeyStore, place: PlaceAsked): (terms: readonly Uint8Array[]) => Promise<Candidates> {
  const parameters = [place.siteId, place.class];
  const buckets = { sql: BUCKETS, parameters, rows: keyStore.database.query<BucketsRow>(BUCKETS, parameters) };
  buckets.rows.catch(() => undefined); // whoever never comes to the terms need not hear of it
  return (terms) => probeAndFind(keyStore, buckets, { ...place, terms });
}

async function probeAndFind(keyStore: KeyStore, buckets: Parameters<typeof keyStore.openRead<BucketsRow, Probe>>[0], asked: TermsAsked): Promise<Candidates> {
  const probe = await keyStore.openRead(buckets, ([row], master) => probeIn(row!, master, asked));
  const found = await keyStore.read(FOUND, foundBy(probe, asked), (rows: readonly FoundRow[], master) =>
    rows[0]!.buckets === probe.buckets ? candidatesIn(rows, master, asked) : undefined,
  );
  return found ?? keyStore.transaction((store) => findUnderLock(store, asked));
}

/** The same in a transaction that holds the lock: no run is between the two statements. */
export async function findUnderLock({ tx, master }: OpenKeyStore, asked: TermsAsked): Promise<Candidates> {
  const [row] = await tx.query<BucketsRow>(BUCKETS, [asked.siteId, asked.class]);
  return candidatesIn(await tx.query<FoundRow>(FOUND, foundBy(probeIn(row!, master, asked), asked)), master, asked);
}

function probeIn({ packed, buckets }: BucketsRow, master: NumberedMaster, asked: TermsAsked): Probe {
  return { tags: lookupTagsIn(master.key, packedBuckets(packed, asked.siteId, asked.class), asked.terms), buckets };
}

function foundBy({ tags }: Probe, { siteId, class: retentionClass }: TermsAsked): readonly unknown[] {
  return [siteId, retentionClass, tags];
}

function candidatesIn(rows: readonly FoundRow[], master: NumberedMaster, { siteId, class: retentionClass, today }: TermsAsked): Candidates {
  const shares = rows.filter((row): row is FoundRow & ShareRow & BucketRow => row.intake_id !== null);
  const intakeIds = shares.map((row) => row.intake_id);
  const lives = livesOf(shares, master, { siteId, intakeIds, classes: [retentionClass], today });
  return new Map([...lives].filter(([, life]) => life.get(retentionClass)?.state === 'alive'));
}
