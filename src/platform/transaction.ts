import { saidBy, type DatabaseName } from './database-error.js';
import { runQuery, type Runner } from './run-query.js';

/** A transaction's statements, and what is to happen once it has ended. Hooks are plain functions and must not throw. */
export abstract class Transaction {
  protected abstract readonly database: DatabaseName;
  private isOver = false;
  private readonly committed: (() => void)[] = [];
  private readonly rolledBack: (() => void)[] = [];

  constructor(private readonly connection: Runner) {}

  /** @throws Error once the transaction has ended: its connection may be another's by then */
  async query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    if (this.isOver) throw new Error('this transaction has ended, and its connection is released');
    return saidBy(this.database, runQuery<T>(this.connection, sql, parameters));
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
}
