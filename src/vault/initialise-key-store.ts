import { randomUUID } from 'node:crypto';
import { wipe } from '../crypto/bytes.js';
import { randomBytes } from '../crypto/random.js';
import { sealHalvesKey } from './halves.js';
import type { KeyStore } from './key-store.js';
import type { MasterFile, NumberedMaster } from './master-file.js';
import { settleRotation } from './rotate-master.js';

/**
 * Makes the first master and the halves' key on the first start; on any other, ends a rotation that a crash cut short.
 * Refuses to start on half a key store: making a new master there would destroy what the other half still opens.
 * @param inUse do the records hold anything that a key store must have life for? Then an empty one is the wrong one.
 */
export async function initialiseKeyStore(keyStore: KeyStore, inUse: () => Promise<boolean> = () => Promise.resolve(false)): Promise<void> {
  const isNew = await keyStore.lockAlone(async (tx) => {
    const [row] = await tx.query<{ master: number }>('SELECT master FROM key_store');
    if (row) {
      if (!keyStore.masterFile.exists()) throw new Error('the key store is there and its master file is not: nothing in it can be opened');
      return false;
    }
    const [rest] = await tx.query(`SELECT FROM bucket UNION ALL SELECT FROM half UNION ALL SELECT FROM life_share LIMIT 1`);
    if (rest) throw new Error('the key store has keys and does not say which master seals them');
    if (await inUse()) throw new Error('the key store is empty and the records are in use: this is not the key store they belong to');
    const master = firstMaster(keyStore.masterFile);
    const halves = { id: randomUUID(), key: randomBytes(32) };
    await tx.query('INSERT INTO key_store (master) VALUES ($1)', [master.number]);
    await tx.query('INSERT INTO halves_key (id, master, sealed) VALUES ($1, $2, $3)', [
      halves.id,
      master.number,
      Buffer.from(sealHalvesKey(master, halves.id, halves.key)),
    ]);
    wipe(master.key, halves.key);
    return true;
  });
  if (!isNew) await settleRotation(keyStore);
}

/**
 * A crash after the file and before the row leaves master 1 alone in the file: it has sealed nothing and is taken as it is,
 * into every location, since the crash may have come between two of them.
 */
function firstMaster(file: MasterFile): NumberedMaster {
  if (!file.exists()) {
    const master = { number: 1, key: randomBytes(32) };
    file.create(master);
    return master;
  }
  const [only, ...others] = file.read();
  if (!only || others.length > 0 || only.number !== 1) throw new Error('the master file belongs to another key store');
  file.create(only);
  return only;
}
