import pg from 'pg';
import type { DataSource } from 'typeorm';
import { poolOf } from './data-source.js';
import { saidBy, withoutValues } from './database-error.js';
import { KeysTx } from './keys-tx.js';
import { runQuery } from './run-query.js';
import { runTransaction } from './run-transaction.js';

type Query = <T>(sql: string, parameters?: unknown[]) => Promise<T[]>;

/** The key store's database: life. Only the vault and the retention folder may use it. */
export class KeysDatabase {
  private readonly pool: pg.Pool;

  constructor(
    private readonly source: DataSource,
    private readonly url: string,
  ) {
    this.pool = poolOf(source);
  }

  /** @param first of our own: a statement that goes with the beginning, in one round trip */
  transaction<T>(work: (tx: KeysTx) => Promise<T>, first = ''): Promise<T> {
    return saidBy('keys', runTransaction(this.pool, `BEGIN ISOLATION LEVEL READ COMMITTED; ${first}`, (connection) => new KeysTx(connection), work));
  }

  query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    return saidBy('keys', runQuery<T>(this.pool, sql, parameters));
  }

  /** A connection that did not exist before: what it reads is what any other process would read. */
  newConnection<T>(work: (query: Query) => Promise<T>): Promise<T> {
    return saidBy('keys', this.onNewConnection(work));
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private async onNewConnection<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.url, application_name: 'thinfile keys re-read', keepAlive: true });
    client.on('error', () => undefined); // a connection that is lost fails the query that is running, or the next one
    try {
      await client.connect();
      return await work(async (sql, parameters) => (await client.query(sql, parameters)).rows);
    } catch (error) {
      throw withoutValues(error);
    } finally {
      await client.end();
    }
  }
}
