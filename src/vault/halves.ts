import { randomUUID } from 'node:crypto';
import { uuidBytes, wipe } from '../crypto/bytes.js';
import { context } from '../crypto/context.js';
import { randomBytes } from '../crypto/random.js';
import { unwrap, wrap } from '../crypto/wrap.js';
import { unseen } from '../platform/any-plan.js';
import type { OpenKeyStore } from './key-store.js';
import type { NumberedMaster } from './master-file.js';

/** What a half is mixed into: the wrap of a member's secret key, a session's box, or a grant of the vault key. */
export type HalfKind = 'password' | 'session' | 'grant';

export interface Half {
  readonly id: string;
  readonly bytes: Uint8Array;
}

export interface HalvesKeyRow {
  readonly id: string;
  readonly master: number;
  readonly sealed: Uint8Array;
}

export interface HalfRow {
  readonly id: string;
  readonly member_id: string;
  readonly kind: HalfKind;
  readonly sealed: Uint8Array;
}

/** A new half. What it is mixed into opens only while this row lives. */
export async function makeHalf(store: OpenKeyStore, memberId: string, kind: HalfKind): Promise<Half> {
  const half = { id: randomUUID(), bytes: randomBytes(32) };
  const keyRow = await halvesKeyRow(store);
  const halvesKey = openHalvesKey(store.master, keyRow);
  const sealed = sealHalf(halvesKey, keyRow.id, { id: half.id, member_id: memberId, kind }, half.bytes);
  wipe(halvesKey);
  await store.tx.query('INSERT INTO half (id, member_id, kind, sealed) VALUES ($1, $2, $3, $4)', [
    half.id,
    memberId,
    kind,
    Buffer.from(sealed),
  ]);
  return half;
}

/** Halves asked for by id and kind. The ids come from the records database, whose writer could name another member's. */
export type HalvesAsked = readonly { readonly id: string; readonly kind: HalfKind }[];

/** SQL: `HalfRow`s of a member. Parameters: ids, kinds, member. */
export function halvesSql(ids: string, kinds: string, member: string): string {
  return `SELECT h.id, h.member_id, h.kind, h.sealed FROM unnest(${unseen(ids, 'uuid[]')}, ${unseen(kinds, 'text[]')}) AS w (id, kind)
     JOIN half h ON h.id = w.id AND h.kind = w.kind AND h.member_id = ${unseen(member, 'uuid')}`;
}

/**
 * The halves of these ids that still live, whose member and kind are as said.
 * @throws SealRefusal NOT_AUTHENTIC when one was moved to another id, member or kind, or changed
 */
export async function readHalves(store: OpenKeyStore, memberId: string, wanted: HalvesAsked): Promise<ReadonlyMap<string, Uint8Array>> {
  const keyRow = await halvesKeyRow(store);
  const rows = await store.tx.query<HalfRow>(halvesSql('$1', '$2', '$3'), [wanted.map(({ id }) => id), wanted.map(({ kind }) => kind), memberId]);
  return openHalves(rows, keyRow, store.master);
}

/** The same from rows that are there already. */
export function openHalves(rows: readonly HalfRow[], keyRow: HalvesKeyRow, master: NumberedMaster): ReadonlyMap<string, Uint8Array> {
  const halvesKey = openHalvesKey(master, keyRow);
  try {
    return new Map(rows.map((row) => [row.id, openHalf(halvesKey, keyRow.id, row)]));
  } finally {
    wipe(halvesKey);
  }
}

/**
 * Ends what these halves are mixed into, at once here and in every backup after the next rotation. Absent already is fine.
 * The ids come from the records database, whose writer could name another half: only the member's own of that kind go.
 */
export async function destroyHalves(store: OpenKeyStore, memberId: string, kind: HalfKind, ids: readonly string[]): Promise<void> {
  await store.tx.query('DELETE FROM half WHERE member_id = $1 AND kind = $2 AND id = ANY ($3::uuid[])', [memberId, kind, ids]);
}

/** Ends what every other half of the member's of that kind is mixed into. */
export async function destroyOtherHalves(store: OpenKeyStore, memberId: string, kind: HalfKind, kept: string): Promise<void> {
  await store.tx.query('DELETE FROM half WHERE member_id = $1 AND kind = $2 AND id <> $3', [memberId, kind, kept]);
}

/** Are there others of the member's of that kind? */
export async function hasOtherHalves(store: OpenKeyStore, memberId: string, kind: HalfKind, known: string): Promise<boolean> {
  const others = await store.tx.query('SELECT FROM half WHERE member_id = $1 AND kind = $2 AND id <> $3 LIMIT 1', [memberId, kind, known]);
  return others.length > 0;
}

export interface GrantHalf {
  readonly memberId: string;
  readonly halfId: string;
}

/**
 * Which of these grants' halves live. None of them dies before this transaction ends, and one that somebody is destroying at this
 * moment is waited for: what is destroyed on the strength of the answer was not the last of them.
 * @returns the halves' ids
 */
export async function keepGrantHalves(store: OpenKeyStore, grants: readonly GrantHalf[]): Promise<ReadonlySet<string>> {
  const rows = await store.tx.query<{ id: string }>(
    `SELECT h.id FROM half h WHERE h.kind = 'grant' AND (h.member_id, h.id) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[])) FOR KEY SHARE`,
    [grants.map(({ memberId }) => memberId), grants.map(({ halfId }) => halfId)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Ends everything of a member: sign-in, sessions and grants. */
export async function destroyHalvesOf(store: OpenKeyStore, memberId: string): Promise<void> {
  await store.tx.query('DELETE FROM half WHERE member_id = $1', [memberId]);
}

export function openHalvesKey(master: NumberedMaster, row: HalvesKeyRow): Uint8Array {
  return unwrap(master.key, row.sealed, halvesKeyContext(row.id, row.master));
}

export function sealHalvesKey(master: NumberedMaster, id: string, key: Uint8Array): Uint8Array {
  return wrap(master.key, key, halvesKeyContext(id, master.number));
}

export function openHalf(halvesKey: Uint8Array, keyId: string, row: HalfRow): Uint8Array {
  return unwrap(halvesKey, row.sealed, halfContext(keyId, row));
}

export function sealHalf(halvesKey: Uint8Array, keyId: string, row: Omit<HalfRow, 'sealed'>, half: Uint8Array): Uint8Array {
  return wrap(halvesKey, half, halfContext(keyId, row));
}

async function halvesKeyRow({ tx }: OpenKeyStore): Promise<HalvesKeyRow> {
  const [row] = await tx.query<HalvesKeyRow>('SELECT id, master, sealed FROM halves_key');
  if (!row) throw new Error('the key store has no key for halves');
  return row;
}

function halvesKeyContext(id: string, master: number): Uint8Array {
  return context('halves-key', uuidBytes(id), master);
}

function halfContext(keyId: string, row: Omit<HalfRow, 'sealed'>): Uint8Array {
  return context('half', uuidBytes(keyId), uuidBytes(row.id), uuidBytes(row.member_id), row.kind);
}
