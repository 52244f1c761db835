import { runQuery, type Runner } from './run-query.js';
import { TransactionHooks } from './transaction-hooks.js';

/** A transaction of the records database. Passing it where the key store's is wanted does not compile. */
export class RecordsTx extends TransactionHooks {
  declare private readonly records: true;

  constructor(private readonly connection: Runner) {
    super();
  }

  query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    return runQuery<T>(this.connection, sql, parameters);
  }
}
