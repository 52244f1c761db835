import type pg from 'pg';
import { copyOut } from './copy-out.js';
import { saidBy, type DatabaseName } from './database-error.js';
import type { GrowingBytes } from './growing-bytes.js';
import { runQuery } from './run-query.js';

/** A transaction's statements, and what is to happen once it has ended. Hooks are plain functions and must not throw. */
export abstract class Transaction {
  protected abstract readonly database: DatabaseName;
  private isOver = false;
  private readonly committed: (() => void)[] = [];
  private readonly rolledBack: (() => void)[] = [];

  constructor(private readonly connection: pg.PoolClient) {}

  /** @throws Error once the transaction has ended: its connection may be another's by then */
  async query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    this.refuseWhenOver();
    return saidBy(this.database, runQuery<T>(this.connection, sql, parameters));
  }

  /** The rows of a query as COPY writes them, for `CopiedRows`. @param select without parameters. @throws as `query` */
  async copy(select: string, into: GrowingBytes): Promise<void> {
    this.refuseWhenOver();
    return saidBy(this.database, copyOut(this.connection, `COPY (${select}) TO STDOUT (FORMAT binary)`, into));
  }

  onCommit(hook: () => void): void {
    this.committed.push(hook);
  }

  onRollback(hook: () => void): void {
    this.rolledBack.push(hook);
  }

  /** For the database classes alone. */
  ended(how: 'committed' | 'rolled back'): void {
    this.isOver = true;
    for (const hook of how === 'committed' ? this.committed : this.rolledBack) hook();
  }

  private refuseWhenOver(): void {
    if (this.isOver) throw new Error('this transaction has ended, and its connection is released');
  }
}
