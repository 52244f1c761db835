import { withoutValues } from './database-error.js';

/** Either a query runner of TypeORM or a whole data source. */
interface Runner {
  query(sql: string, parameters?: unknown[]): Promise<unknown>;
}

/** The rows that a statement returns. @throws DatabaseError, which holds none of the parameters */
export async function runQuery<T>(runner: Runner, sql: string, parameters?: readonly unknown[]): Promise<T[]> {
  try {
    return rowsOf<T>(await runner.query(sql, parameters as unknown[] | undefined));
  } catch (error) {
    throw withoutValues(error);
  }
}

/** TypeORM answers SELECT with rows, UPDATE and DELETE with [rows, count]. */
function rowsOf<T>(answer: unknown): T[] {
  const list = answer as unknown[];
  return (list.length === 2 && Array.isArray(list[0]) && typeof list[1] === 'number' ? list[0] : list) as T[];
}
