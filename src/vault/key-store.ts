import { Injectable } from '@nestjs/common';
import { wipe } from '../crypto/bytes.js';
import type { KeysDatabase } from '../platform/keys-database.js';
import type { KeysTx } from '../platform/keys-tx.js';
import type { MasterFile, NumberedMaster } from './master-file.js';

/** Writers and readers of the key store share it; a run that destroys or rotates holds it alone. */
const KEY_STORE_LOCK = 7_466_001;

/**
 * A commit here is on disk, and on the synchronous standby where there is one, before it is answered, whatever the server
 * is set to: the old master is overwritten on the strength of it, and a hold is acknowledged (PostgreSQL, synchronous_commit).
 */
const DURABLE = `CASE WHEN current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
  THEN set_config('synchronous_commit', 'on', true) END`;

/** A transaction of the key store with the master that seals its rows. The master is wiped when the work ends. */
export interface OpenKeyStore {
  readonly tx: KeysTx;
  readonly master: NumberedMaster;
}

/**
 * Everything about life is one transaction here. No key of it outlives the call: the master is read from its file for
 * each transaction, under the lock that rotation takes alone, so that it is always the one the rows are sealed with.
 */
@Injectable()
export class KeyStore {
  constructor(
    readonly database: KeysDatabase,
    readonly masterFile: MasterFile,
  ) {}

  /** Shared with other users of the key store; waits for a destruction or a rotation to end. */
  transaction<T>(work: (store: OpenKeyStore) => Promise<T>): Promise<T> {
    return this.locked('pg_advisory_xact_lock_shared', work);
  }

  /** Alone. For runs, rotation and start-up. */
  exclusively<T>(work: (store: OpenKeyStore) => Promise<T>): Promise<T> {
    return this.locked('pg_advisory_xact_lock', work);
  }

  private locked<T>(lock: string, work: (store: OpenKeyStore) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await tx.query(`SELECT ${lock}($1), ${DURABLE}`, [KEY_STORE_LOCK]);
      // A statement of its own: its snapshot must be younger than the lock.
      const [row] = await tx.query<{ master: number }>('SELECT master FROM key_store');
      if (!row) throw new Error('the key store has not been initialised');
      const masters = this.masterFile.read();
      try {
        const master = masters.find(({ number }) => number === row.master);
        if (!master) throw new Error('the master file does not hold the master that seals the key store');
        return await work({ tx, master });
      } finally {
        wipe(...masters.map(({ key }) => key));
      }
    });
  }

  /** For start-up only: the lock alone, before there is a master to read. */
  lockAlone<T>(work: (tx: KeysTx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock($1), ${DURABLE}`, [KEY_STORE_LOCK]);
      return work(tx);
    });
  }
}
