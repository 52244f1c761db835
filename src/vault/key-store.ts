import { Injectable } from '@nestjs/common';
import { wipe } from '../crypto/bytes.js';
import type { KeysDatabase } from '../platform/keys-database.js';
import type { KeysTx } from '../platform/keys-tx.js';
import type { MasterFile, NumberedMaster } from './master-file.js';

/** Writers of the key store share it; a run that destroys or rotates holds it alone. */
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
 * Everything about life is one transaction here. No key of it outlives the call: the master is read from its file each
 * time, and it is always the one the rows are sealed with: writers hold the lock that rotation takes alone, readers ask for
 * its number in the statement that reads the rows.
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

  /**
   * One statement, without the lock: what it answers is of one moment, its master's number with it. A rotation may end before
   * the file is read, and then the file no longer holds that master: asked again under the lock, which rotation waits for.
   * @param sql of our own; every row it answers with has the master's number as `master_in_force`
   * @param open gets at least one row; the master is wiped when it returns
   */
  async read<Row extends { readonly master_in_force: number }, T>(
    sql: string,
    parameters: readonly unknown[],
    open: (rows: readonly Row[], master: NumberedMaster) => T,
  ): Promise<T> {
    return this.openRead({ sql, parameters, rows: this.database.query<Row>(sql, parameters) }, open);
  }

  /** The second half of `read`, for whoever has asked the statement before the work could begin. */
  async openRead<Row extends { readonly master_in_force: number }, T>(
    { sql, parameters, rows }: { readonly sql: string; readonly parameters: readonly unknown[]; readonly rows: Promise<readonly Row[]> },
    open: (rows: readonly Row[], master: NumberedMaster) => T,
  ): Promise<T> {
    const found = await this.withMaster(await rows, open);
    if (found) return found.opened;
    return this.transaction(async ({ tx }) => {
      const again = await this.withMaster(await tx.query<Row>(sql, parameters), open);
      if (!again) throw masterMissing();
      return again.opened;
    });
  }

  private locked<T>(lock: string, work: (store: OpenKeyStore) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      // A statement of its own: its snapshot must be younger than the lock.
      const inForce = await tx.query<{ master_in_force: number }>('SELECT master AS master_in_force FROM key_store');
      const found = await this.withMaster(inForce, (_, master) => work({ tx, master }));
      if (!found) throw masterMissing();
      return found.opened;
    }, `SELECT ${lock}(${KEY_STORE_LOCK}), ${DURABLE}`);
  }

  /** @returns undefined when the file does not hold the master in force. All that was read of the file is wiped when the work ends. */
  private async withMaster<Row extends { readonly master_in_force: number }, T>(
    rows: readonly Row[],
    open: (rows: readonly Row[], master: NumberedMaster) => T | Promise<T>,
  ): Promise<{ readonly opened: T } | undefined> {
    if (!rows[0]) throw new Error('the key store has not been initialised');
    const inForce = rows[0].master_in_force;
    const masters = this.masterFile.read();
    try {
      const master = masters.find(({ number }) => number === inForce);
      return master && { opened: await open(rows, master) };
    } finally {
      wipe(...masters.map(({ key }) => key));
    }
  }

  /** For start-up only: the lock alone, before there is a master to read. */
  lockAlone<T>(work: (tx: KeysTx) => Promise<T>): Promise<T> {
    return this.database.transaction(work, `SELECT pg_advisory_xact_lock(${KEY_STORE_LOCK}), ${DURABLE}`);
  }
}

/** What it means to whoever has just brought back a copy. */
function masterMissing(): Error {
  return new Error(
    'the master file does not hold the master that seals the key store: one of them is older than the other. ' +
      'A copy of the key store, or of the master file, from before the last purge run opens nothing.',
  );
}
