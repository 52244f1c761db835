import type { EntityManager, QueryRunner } from 'typeorm';
import { TransactionHooks } from './transaction-hooks.js';

/** A transaction of the records database. Passing it where the key store's is wanted does not compile. */
export class RecordsTx extends TransactionHooks {
  declare private readonly records: true;

  constructor(private readonly runner: QueryRunner) {
    super();
  }

  get manager(): EntityManager {
    return this.runner.manager;
  }

  query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    return this.runner.query(sql, parameters as unknown[] | undefined).then(rowsOf<T>);
  }
}

/** TypeORM answers SELECT with rows, UPDATE and DELETE with [rows, count]. */
export function rowsOf<T>(answer: unknown): T[] {
  const list = answer as unknown[];
  return (list.length === 2 && Array.isArray(list[0]) && typeof list[1] === 'number' ? list[0] : list) as T[];
}
