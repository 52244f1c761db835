import type pg from 'pg';
import { withoutValues } from './database-error.js';

/** A connection that is in use, or the pool, which takes one for the statement. */
export type Runner = Pick<pg.Pool | pg.PoolClient, 'query'>;

/** Statements come from our own code and are few; a text that is put together anew each time must not pile up here. */
const MOST_NAMES = 1_000;
const names = new Map<string, string>();

/**
 * The rows that a statement returns. One with parameters is prepared under a name, so that each connection parses and plans
 * it once: with row security that takes longer than running it (docs/decisions/0010).
 * @throws DatabaseError, which holds none of the parameters
 */
export async function runQuery<T>(runner: Runner, sql: string, parameters?: readonly unknown[]): Promise<T[]> {
  try {
    const { rows } = await runner.query(parameters ? { text: sql, values: [...parameters], ...nameOf(sql) } : { text: sql });
    return rows as T[];
  } catch (error) {
    throw withoutValues(error);
  }
}

/**
 * Several statements without parameters in one round trip, all of them or none.
 * @throws DatabaseError
 */
export async function runText(runner: Runner, sql: string): Promise<readonly pg.QueryResult[]> {
  try {
    return (await runner.query(sql)) as unknown as pg.QueryResult[];
  } catch (error) {
    throw withoutValues(error);
  }
}

function nameOf(sql: string): { readonly name?: string } {
  const known = names.get(sql);
  if (known !== undefined) return { name: known };
  if (names.size >= MOST_NAMES) return {};
  const name = `thinfile_${names.size}`;
  names.set(sql, name);
  return { name };
}
