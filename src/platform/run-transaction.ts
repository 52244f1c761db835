import type { DataSource, QueryRunner } from 'typeorm';
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
    await runner.query(begin);
    let result: T;
    try {
      result = await work(tx);
      await runner.query('COMMIT');
    } catch (error) {
      await runner.query('ROLLBACK').catch(() => undefined);
      tx.ended('rolled back');
      throw error;
    }
    tx.ended('committed');
    return result;
  } finally {
    await runner.release();
  }
}
