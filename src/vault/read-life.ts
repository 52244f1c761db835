import { wipe } from '../crypto/bytes.js';
import type { Day } from '../platform/clock.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import { ringIn, ringSql, type Ring, type RingAsked, type RingRow } from './bucket-ring.js';
import { halvesSql, openHalves, type HalfKind, type HalvesAsked } from './halves.js';
import type { KeyStore } from './key-store.js';
import { livesOf, sharesSql, type Lives, type ShareRow, type SharesAsked } from './life-shares.js';
import type { NumberedMaster } from './master-file.js';

/** What one request needs of the key store to open anything: the caller's halves, and the life of what it is about. */
export interface LifeAsked extends LifeBeside {
  readonly memberId: string;
  readonly halves: HalvesAsked;
}

/** What comes with the halves. */
export interface LifeBeside {
  readonly shares?: SharesAsked | undefined;
  /** Instead of shares: a search needs none before it has found something. */
  readonly ring?: RingAsked | undefined;
}

/** All of it is the caller's to wipe. */
export interface LifeRead {
  /** Those that still live; `changed` when one does not open, and who asks is not who they were. */
  readonly halves: ReadonlyMap<string, Uint8Array> | 'changed';
  readonly lives: ReadonlyMap<string, Lives>;
  readonly ring?: Ring;
}

interface StoreRow {
  readonly master_in_force: number;
  readonly key_id: string;
  readonly key_master: number;
  readonly key_sealed: Uint8Array;
}

type NoHalf = { readonly half_id: null };

interface HalfFound {
  readonly half_id: string;
  readonly member_id: string;
  readonly kind: HalfKind;
  readonly half_sealed: Uint8Array;
}

type HalfRowFound = StoreRow & (HalfFound | NoHalf);
type LifeRow = HalfRowFound & (ShareRow | { readonly intake_id: null });
type RingedRow = HalfRowFound & ((RingRow & { readonly is_ring: true }) | { readonly is_ring: null });

/** The limit says that there is one row, of which PostgreSQL has no statistics and expects a thousand. */
const STORE = '(SELECT ks.master AS master_in_force, hk.id AS key_id, hk.master AS key_master, hk.sealed AS key_sealed FROM key_store ks, halves_key hk LIMIT 1) store';

/** Shares and halves below each other, each row the one or the other: one statement, so that all of it is of one moment. */
const READ_LIFE = `
  SELECT store.*, found.*
  FROM ${STORE}
  LEFT JOIN (
    SELECT share.*, NULL::uuid AS half_id, NULL::uuid AS member_id, NULL AS kind, NULL::bytea AS half_sealed
    FROM (${sharesSql('$4', '$5', '$6')}) share
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, half.*
    FROM (${halvesSql('$1', '$2', '$3')}) half
  ) found ON true`;

/** The same with the ring of a site and class in the place of shares. */
const READ_RING = `
  SELECT store.*, found.*
  FROM ${STORE}
  LEFT JOIN (
    SELECT true AS is_ring, ring.*, NULL::uuid AS half_id, NULL::uuid AS member_id, NULL AS kind, NULL::bytea AS half_sealed FROM (${ringSql('$4', '$5')}) ring
    UNION ALL
    SELECT NULL, NULL, NULL, half.* FROM (${halvesSql('$1', '$2', '$3')}) half
  ) found ON true`;

/**
 * Reads and opens both without the key store's lock (`KeyStore.read`).
 * @throws SealRefusal NOT_AUTHENTIC when a share or a bucket was changed or moved to another place
 */
export function readLife(keyStore: KeyStore, { memberId, halves, shares = NO_SHARES, ring }: LifeAsked): Promise<LifeRead> {
  const ofMember = [halves.map(({ id }) => id), halves.map(({ kind }) => kind), memberId];
  if (ring) return keyStore.read(READ_RING, [...ofMember, ring.siteId, ring.class], (rows: readonly RingedRow[], master) => withRing(rows, master, ring));
  return keyStore.read(READ_LIFE, [...ofMember, shares.siteId, shares.intakeIds, shares.classes], (rows: readonly LifeRow[], master) => withLives(rows, master, shares));
}

const NO_SHARES: SharesAsked = { siteId: '00000000-0000-0000-0000-000000000000', intakeIds: [], classes: [], today: '0000-01-01' as Day };

function withLives(rows: readonly LifeRow[], master: NumberedMaster, shares: SharesAsked): LifeRead {
  const halves = halvesIn(rows, master);
  if (halves === 'changed') return { halves, lives: new Map() };
  try {
    return { halves, lives: livesOf(rows.filter((row): row is LifeRow & ShareRow => row.intake_id !== null), master, shares) };
  } catch (error) {
    wipe(...halves.values());
    throw error;
  }
}

function withRing(rows: readonly RingedRow[], master: NumberedMaster, asked: RingAsked): LifeRead {
  const halves = halvesIn(rows, master);
  const row = rows.find((one) => one.is_ring !== null)!;
  return { halves, lives: new Map(), ...(halves === 'changed' ? {} : { ring: ringIn(row, master, asked) }) };
}

function halvesIn(rows: readonly HalfRowFound[], master: NumberedMaster): LifeRead['halves'] {
  const { key_id, key_master, key_sealed } = rows[0]!;
  const found = rows.flatMap((row) => (row.half_id === null ? [] : [{ id: row.half_id, member_id: row.member_id, kind: row.kind, sealed: row.half_sealed }]));
  try {
    return openHalves(found, { id: key_id, master: key_master, sealed: key_sealed }, master);
  } catch (error) {
    if (error instanceof SealRefusal) return 'changed';
    throw error;
  }
}
