/** What is to happen once a transaction has ended, one way or the other. Hooks are plain functions and must not throw. */
export class TransactionHooks {
  private readonly committed: (() => void)[] = [];
  private readonly rolledBack: (() => void)[] = [];

  onCommit(hook: () => void): void {
    this.committed.push(hook);
  }

  onRollback(hook: () => void): void {
    this.rolledBack.push(hook);
  }

  /** For the database classes alone. */
  ended(how: 'committed' | 'rolled back'): void {
    for (const hook of how === 'committed' ? this.committed : this.rolledBack) hook();
  }
}
