import { randomUUID } from 'node:crypto';
import { wipe } from '../crypto/bytes.js';
import { randomBytes } from '../crypto/random.js';
import { openBucket, sealBucketKey, type BucketRow } from './buckets.js';
import { openHalf, openHalvesKey, sealHalf, sealHalvesKey, type HalfRow, type HalvesKeyRow } from './halves.js';
import type { KeyStore, OpenKeyStore } from './key-store.js';
import type { NumberedMaster } from './master-file.js';
import { readable } from './unreadable-key.js';

type Query = <T>(sql: string, parameters?: unknown[]) => Promise<T[]>;

/**
 * Makes the next master, seals every surviving key under it, and overwrites the old one. When this returns, no copy of the
 * key store from before opens anything with today's master file.
 *
 * The next master takes the slot of the one before last, so that one is settled first, under the same lock: another process
 * may have rotated a moment ago and not have looked yet whether what it committed opens.
 * A key that does not open stops it before anything is written: overwriting the master would lose that key for good.
 *
 * And if it crashes: before the commit the rows are under the old master and the next one is a stray slot; after it the
 * old one is a stray slot. Either is cleared by `settleRotation`, at the next start or run.
 */
export async function rotateMaster(keyStore: KeyStore): Promise<{ readonly master: number }> {
  await keyStore.exclusively(async (store) => {
    await settle(keyStore, store.master);
    const next = { number: store.master.number + 1, key: randomBytes(32) };
    keyStore.masterFile.write(next);
    try {
      await resealBuckets(store, next);
      await resealHalves(store, next);
    } finally {
      wipe(next.key);
    }
    await store.tx.query('DELETE FROM bucket_ring');
    await store.tx.query('UPDATE key_store SET master = $1', [next.number]);
  });
  return settleRotation(keyStore);
}

/** Overwrites whatever master is not in force, once a fresh connection has opened every key under the one that is. */
export async function settleRotation(keyStore: KeyStore): Promise<{ readonly master: number }> {
  return keyStore.exclusively(async ({ master }) => {
    await settle(keyStore, master);
    return { master: master.number };
  });
}

async function settle(keyStore: KeyStore, master: NumberedMaster): Promise<void> {
  await keyStore.database.newConnection((query: Query) => openEveryKey(query, master));
  keyStore.masterFile.keepOnly(master);
}

async function openEveryKey(query: Query, master: NumberedMaster): Promise<void> {
  for (const row of await query<BucketRow>('SELECT id, site_id, class, day, master, sealed_key FROM bucket')) {
    wipe(readable(`bucket ${row.id}`, () => openBucket(master, row)).key);
  }
  const [keyRow] = await query<HalvesKeyRow>('SELECT id, master, sealed FROM halves_key');
  if (!keyRow) throw new Error('the key store has no key for halves');
  const halvesKey = readable('the key of the halves', () => openHalvesKey(master, keyRow));
  for (const row of await query<HalfRow>('SELECT id, member_id, kind, sealed FROM half')) {
    wipe(readable(`half ${row.id}`, () => openHalf(halvesKey, keyRow.id, row)));
  }
  wipe(halvesKey);
}

async function resealBuckets({ tx, master }: OpenKeyStore, next: NumberedMaster): Promise<void> {
  const rows = await tx.query<BucketRow>('SELECT id, site_id, class, day, master, sealed_key FROM bucket');
  const sealed = rows.map((row) => {
    const bucket = openBucket(master, row);
    const bytes = Buffer.from(sealBucketKey(next, bucket));
    wipe(bucket.key);
    return bytes;
  });
  await tx.query(
    `UPDATE bucket b SET master = $1, sealed_key = n.sealed
     FROM unnest($2::uuid[], $3::bytea[]) AS n (id, sealed) WHERE b.id = n.id`,
    [next.number, rows.map(({ id }) => id), sealed],
  );
}

/** The halves' key is made anew: with it kept, an old copy's deleted halves would open under today's. */
async function resealHalves({ tx, master }: OpenKeyStore, next: NumberedMaster): Promise<void> {
  const [keyRow] = await tx.query<HalvesKeyRow>('SELECT id, master, sealed FROM halves_key');
  if (!keyRow) throw new Error('the key store has no key for halves');
  const oldKey = openHalvesKey(master, keyRow);
  const newId = randomUUID();
  const newKey = randomBytes(32);
  const rows = await tx.query<HalfRow>('SELECT id, member_id, kind, sealed FROM half');
  const sealed = rows.map((row) => {
    const half = openHalf(oldKey, keyRow.id, row);
    const bytes = Buffer.from(sealHalf(newKey, newId, row, half));
    wipe(half);
    return bytes;
  });
  await tx.query(`UPDATE half h SET sealed = n.sealed FROM unnest($1::uuid[], $2::bytea[]) AS n (id, sealed) WHERE h.id = n.id`, [
    rows.map(({ id }) => id),
    sealed,
  ]);
  await tx.query('UPDATE halves_key SET id = $1, master = $2, sealed = $3', [
    newId,
    next.number,
    Buffer.from(sealHalvesKey(next, newId, newKey)),
  ]);
  wipe(oldKey, newKey);
}
