import pg from 'pg';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';

/** SQLSTATE classes whose messages name tables, columns and constraints, never what was in them. Class 22 quotes its input. */
const NAMES_ONLY = new Set(['08', '23', '25', '28', '40', '42', '53', '55', '57', 'P0']);

export type DatabaseName = 'records' | 'keys';

/** What PostgreSQL refused, without the statement, its parameters, the row or any other value. */
export class DatabaseError extends Error {
  override readonly name: string = 'DatabaseError';
  /** Which one it was; said once, by `saidBy`. */
  database?: DatabaseName;

  constructor(
    message: string,
    /** SQLSTATE: PostgreSQL, appendix A. */
    readonly code: string,
    readonly constraint: string | undefined,
  ) {
    super(message);
  }
}

/** Puts the database's name to what its call fails with. What the other one failed with inside this call has a name already. */
export async function saidBy<T>(database: DatabaseName, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DatabaseError) error.database ??= database;
    throw error;
  }
}

/**
 * The server is away, starting again, shutting down, or has no room (disk, memory, connections): nothing is wrong with what
 * was asked. Of a commit whose answer was lost nobody knows here whether it happened; half of it cannot have.
 */
export class DatabaseUnavailable extends DatabaseError {
  override readonly name = 'DatabaseUnavailable';
}

/** SQLSTATE: 08 connection, 53 resources (53100 disk full), 57P0x shutdown and start, 58 what the server's system refused. */
const UNAVAILABLE = /^(08|53|57P0[1-5]|58)/;

/** What the system says of a socket. The same codes never come from a file. */
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** What the driver and the pool say of a connection that was lost or did not come about; all of these texts are their own. */
const LOST = /^(Connection terminated|Client has encountered a connection error|timeout e|Client was closed)/;

/**
 * An error fit to be thrown on: TypeORM's carry the parameters, PostgreSQL's the row. What the driver says itself, of a lost
 * connection for instance, has neither.
 */
export function withoutValues(error: unknown): unknown {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof pg.DatabaseError)) return isLost(cause) ? new DatabaseUnavailable('the database does not answer', '08006', undefined) : cause;
  const code = cause.code ?? 'XX000';
  const message = NAMES_ONLY.has(code.slice(0, 2)) ? cause.message : `the database refused a value (${code})`;
  return new (UNAVAILABLE.test(code) ? DatabaseUnavailable : DatabaseError)(message, code, cause.constraint);
}

function isLost(cause: unknown): boolean {
  if (cause instanceof QueryRunnerAlreadyReleasedError) return true; // TypeORM's answer once the connection has broken
  const { code, message } = (cause ?? {}) as { code?: unknown; message?: unknown };
  return SOCKET.has(String(code)) || LOST.test(String(message));
}
