import type pg from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';
import { DatabaseError, withoutValues } from './database-error.js';
import type { TransactionHooks } from './transaction-hooks.js';

/**
 * Runs work in one transaction on a connection of its own; a throw rolls back.
 * A commit whose answer is lost counts as rolled back here: what hangs on the commit must not happen on a guess.
 * @param begin what opens the transaction, in one round trip
 */
export async function runTransaction<Tx extends TransactionHooks, T>(
  source: DataSource,
  begin: string,
  open: (runner: QueryRunner) => Tx,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner();
  const tx = open(runner);
  try {
    const connection = await connectionOf(runner);
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
    await runner.release();
  }
}

/** @throws DatabaseUnavailable */
async function connectionOf(runner: QueryRunner): Promise<pg.PoolClient> {
  try {
    return (await runner.connect()) as pg.PoolClient;
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
