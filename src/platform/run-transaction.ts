import type pg from 'pg';
import { DatabaseError, withoutValues } from './database-error.js';
import type { Transaction } from './transaction.js';

/**
 * Runs work in one transaction on a connection of its own; a throw rolls back.
 * A commit whose answer is lost counts as rolled back here: what hangs on the commit must not happen on a guess.
 * @param begin what opens the transaction, in one round trip
 */
export async function runTransaction<Tx extends Transaction, T>(
  pool: pg.Pool,
  begin: string,
  open: (connection: pg.PoolClient) => Tx,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const connection = await connected(pool);
  connection.on('error', lost);
  const tx = open(connection);
  try {
    let result: T;
    try {
      await connection.query(begin);
      result = await work(tx);
      await commit(connection);
    } catch (error) {
      await rollback(connection);
      tx.ended('rolled back');
      throw withoutValues(error);
    }
    tx.ended('committed');
    return result;
  } finally {
    connection.off('error', lost);
    connection.release();
  }
}

/** A connection that is lost between two statements fails the next one; unheard, it would end the process. */
function lost(): void {}

/** @throws DatabaseUnavailable */
async function connected(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect();
  } catch (error) {
    throw withoutValues(error);
  }
}

/** PostgreSQL answers the COMMIT of a transaction in which a statement failed with ROLLBACK, and calls it a success. */
async function commit(connection: pg.PoolClient): Promise<void> {
  const { command } = await connection.query('COMMIT');
  if (command !== 'COMMIT') throw new DatabaseError('the transaction had failed before its commit', '25P02', undefined);
}

/** A connection that cannot even roll back is closed, so that the pool drops it with whatever it still holds. */
async function rollback(connection: pg.PoolClient): Promise<void> {
  try {
    await connection.query('ROLLBACK');
  } catch {
    await (connection as unknown as pg.Client).end().catch(() => undefined);
  }
}
