import pg from 'pg';
import { QueryFailedError } from 'typeorm';

/** SQLSTATE classes whose messages name tables, columns and constraints, never what was in them. Class 22 quotes its input. */
const NAMES_ONLY = new Set(['08', '23', '25', '28', '40', '42', '53', '55', '57', 'P0']);

/** What PostgreSQL refused, without the statement, its parameters, the row or any other value. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(
    message: string,
    /** SQLSTATE: PostgreSQL, appendix A. */
    readonly code: string,
    readonly constraint: string | undefined,
  ) {
    super(message);
  }
}

/**
 * An error fit to be thrown on: TypeORM's carry the parameters, PostgreSQL's the row. What the driver says itself, of a lost
 * connection for instance, has neither.
 */
export function withoutValues(error: unknown): unknown {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof pg.DatabaseError)) return cause;
  const code = cause.code ?? 'XX000';
  const message = NAMES_ONLY.has(code.slice(0, 2)) ? cause.message : `the database refused a value (${code})`;
  return new DatabaseError(message, code, cause.constraint);
}
