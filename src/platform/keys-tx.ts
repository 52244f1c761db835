import { runQuery, type Runner } from './run-query.js';
import { TransactionHooks } from './transaction-hooks.js';

/** A transaction of the key store. Only the vault and the retention folder may have one (the lint file says so). */
export class KeysTx extends TransactionHooks {
  declare private readonly keys: true;

  constructor(private readonly connection: Runner) {
    super();
  }

  query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    return runQuery<T>(this.connection, sql, parameters);
  }
}
