import type { Day } from '../platform/clock.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { SealRefusal } from '../crypto/seal-refusal.js';
import type { BucketRow } from './buckets.js';
import { halvesSql, openHalves, type HalfKind, type HalvesAsked } from './halves.js';
import type { KeyStore } from './key-store.js';
import { livesOf, sharesSql, type Lives, type ShareRow, type SharesAsked } from './life-shares.js';
import type { NumberedMaster } from './master-file.js';

/** What one request needs of the key store to open anything: the caller's halves, and the shares of what it is about. */
export interface LifeAsked {
  readonly memberId: string;
  readonly halves: HalvesAsked;
  readonly shares?: SharesAsked | undefined;
}

/** All of it is the caller's to wipe. */
export interface LifeRead {
  /** Those that still live; `changed` when one does not open, and who asks is not who they were. */
  readonly halves: ReadonlyMap<string, Uint8Array> | 'changed';
  readonly lives: ReadonlyMap<string, Lives>;
}

interface Row {
  readonly master_in_force: number;
  readonly key_id: string;
  readonly key_master: number;
  readonly key_sealed: Uint8Array;
  readonly half_id: string | null;
  readonly member_id: string;
  readonly kind: HalfKind;
  readonly half_sealed: Uint8Array;
  readonly intake_id: string | null;
  readonly share_class: RetentionClass;
  readonly due_day: Day;
  readonly wrapped: Uint8Array;
  readonly held: boolean;
  readonly oldest_version: number | null;
  readonly id: string;
  readonly site_id: string;
  readonly class: RetentionClass;
  readonly day: Day;
  readonly master: number;
  readonly sealed_key: Uint8Array;
}

/**
 * Shares and halves below each other, each row the one or the other: one statement, so that all of it is of one moment. The
 * limit says that there is one row, of which PostgreSQL has no statistics and expects a thousand.
 */
const READ_LIFE = `
  SELECT store.*, found.*
  FROM (SELECT ks.master AS master_in_force, hk.id AS key_id, hk.master AS key_master, hk.sealed AS key_sealed FROM key_store ks, halves_key hk LIMIT 1) store
  LEFT JOIN (
    SELECT share.*, NULL::uuid AS half_id, NULL::uuid AS member_id, NULL AS kind, NULL::bytea AS half_sealed
    FROM (${sharesSql('$4', '$5', '$6')}) share
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, half.*
    FROM (${halvesSql('$1', '$2', '$3')}) half
  ) found ON true`;

/**
 * Reads and opens both without the key store's lock (`KeyStore.read`).
 * @throws SealRefusal NOT_AUTHENTIC when a share or a bucket was changed or moved to another place
 */
export function readLife(keyStore: KeyStore, { memberId, halves, shares = NO_SHARES }: LifeAsked): Promise<LifeRead> {
  const parameters = [
    ...[halves.map(({ id }) => id), halves.map(({ kind }) => kind), memberId],
    ...[shares.siteId, shares.intakeIds, shares.classes],
  ];
  return keyStore.read(READ_LIFE, parameters, (rows: readonly Row[], master) => opened(rows, master, shares));
}

const NO_SHARES: SharesAsked = { siteId: '00000000-0000-0000-0000-000000000000', intakeIds: [], classes: [], today: '0000-01-01' as Day };

function opened(rows: readonly Row[], master: NumberedMaster, shares: SharesAsked): LifeRead {
  const { key_id, key_master, key_sealed } = rows[0]!;
  const halfRows = rows.flatMap(({ half_id: id, member_id, kind, half_sealed: sealed }) => (id === null ? [] : [{ id, member_id, kind, sealed }]));
  const shareRows = rows.filter((row): row is Row & ShareRow & BucketRow => row.intake_id !== null);
  const halves = unlessChanged(() => openHalves(halfRows, { id: key_id, master: key_master, sealed: key_sealed }, master));
  return { halves, lives: halves === 'changed' ? new Map() : livesOf(shareRows, master, shares) };
}

function unlessChanged<T>(open: () => T): T | 'changed' {
  try {
    return open();
  } catch (error) {
    if (error instanceof SealRefusal) return 'changed';
    throw error;
  }
}
