import { SealRefusal } from '../../src/crypto/seal-refusal.js';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';
import { openBucket, type BucketRow } from '../../src/vault/buckets.js';
import { readHalves, type HalfKind } from '../../src/vault/halves.js';
import type { OpenKeyStore } from '../../src/vault/key-store.js';
import { openTerm } from '../../src/vault/lookup-tags.js';
import { lifeIn } from './vault-world.js';

/** The tables of the key store whose rows carry something sealed, many rows each. */
export const TABLES = ['bucket', 'life_share', 'lookup', 'half'] as const;
export type Table = (typeof TABLES)[number];
export type Row = Readonly<Record<string, unknown>>;

/** The sealed column of each. */
export const SEALED: Record<Table, string> = { bucket: 'sealed_key', life_share: 'wrapped', lookup: 'sealed', half: 'sealed' };

const OPENERS: Record<Table, (store: OpenKeyStore, row: never) => Promise<boolean>> = {
  bucket: async (store, { id }: { id: string }) => openBucket(store.master, await bucketRow(store, id)).key.length === 32,
  life_share: async (store, row: { site_id: string; intake_id: string; class: RetentionClass }) =>
    (await lifeIn(store, { siteId: row.site_id, intakeId: row.intake_id }, row.class)).state === 'alive',
  half: async (store, row: { id: string; member_id: string; kind: HalfKind }) => (await readHalves(store, row.member_id, [row])).size === 1,
  lookup: async (store, { intake_id, version, slot }: { intake_id: string; version: number; slot: number }) => {
    const where = 'FROM lookup WHERE intake_id = $1 AND version = $2 AND slot = $3';
    const [row] = await store.tx.query<{ bucket_id: string; sealed: Buffer }>(`SELECT bucket_id, sealed ${where}`, [intake_id, version, slot]);
    const bucket = openBucket(store.master, await bucketRow(store, row!.bucket_id));
    return openTerm(bucket, { intakeId: intake_id, version, slot }, row!.sealed).length === 32;
  },
};

/** Opens what is stored now in the place of this row: 'opened', 'not opened', or the code of the refusal. */
export async function openRow(store: OpenKeyStore, table: Table, row: Row): Promise<string> {
  try {
    return (await OPENERS[table](store, row as never)) ? 'opened' : 'not opened';
  } catch (error) {
    if (error instanceof SealRefusal) return error.code;
    throw error;
  }
}

export async function insertRow({ tx }: OpenKeyStore, table: Table, row: Row): Promise<void> {
  const names = Object.keys(row);
  await tx.query(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((_, i) => `$${i + 1}`).join(', ')})`, Object.values(row));
}

async function bucketRow({ tx }: OpenKeyStore, id: string): Promise<BucketRow> {
  return (await tx.query<BucketRow>('SELECT id, site_id, class, day, master, sealed_key FROM bucket WHERE id = $1', [id]))[0]!;
}
