import type pg from 'pg';
import type { DataSource } from 'typeorm';
import { poolOf } from './data-source.js';
import { saidBy } from './database-error.js';
import { RecordsTx } from './records-tx.js';
import { runQuery, runText } from './run-query.js';
import { runTransaction } from './run-transaction.js';

/** How PostgreSQL shows a transaction of a job, so that jobs can tell each other from people at work. */
export const JOBS = 'thinfile jobs';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The records database: content. Row security by site stands behind every transaction. */
export class RecordsDatabase {
  private readonly pool: pg.Pool;

  constructor(private readonly source: DataSource) {
    this.pool = poolOf(source);
  }

  /** A transaction that sees and writes one site's rows only. */
  inSite<T>(siteId: string, work: (tx: RecordsTx) => Promise<T>): Promise<T> {
    return this.transaction(`BEGIN ISOLATION LEVEL READ COMMITTED; ${atSite(siteId)}`, work);
  }

  /** One statement that sees that site's rows only, in one round trip. @param sql of our own, without parameters */
  async atOnceInSite<T>(siteId: string, sql: string): Promise<T[]> {
    const results = await saidBy('records', runText(this.pool, `${atSite(siteId)}; ${sql}`)); // together they are a transaction
    return results.at(-1)!.rows as T[];
  }

  /** A transaction of one site under the lock of one intake's row, taken as it begins: what is asked for in it is younger than the lock. */
  inSiteAtIntake<T>(siteId: string, intakeId: string, work: (tx: RecordsTx) => Promise<T>): Promise<T> {
    const lock = `SELECT FROM intake WHERE id = '${uuid(intakeId)}' FOR UPDATE`;
    return this.transaction(`BEGIN ISOLATION LEVEL READ COMMITTED; ${atSite(siteId)}; ${lock}`, work);
  }

  /**
   * A site's transaction of a member of the whole organisation: sees and writes what has no site (their kind's accounts,
   * invitations and sessions) beside that site's rows.
   */
  ofOrganisation<T>(siteId: string, work: (tx: RecordsTx) => Promise<T>): Promise<T> {
    const settings = `${atSite(siteId)}, set_config('thinfile.organisation', 'on', true)`;
    return this.transaction(`BEGIN ISOLATION LEVEL READ COMMITTED; ${settings}`, work);
  }

  /** A transaction of a job that must cross sites: the set-up, the sequencer, the purge run. Never for a member's request. */
  acrossSites<T>(work: (tx: RecordsTx) => Promise<T>): Promise<T> {
    return this.transaction(`BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL ROLE thinfile_jobs; SET LOCAL application_name = '${JOBS}'`, work);
  }

  /** A transaction without a site: sees what has none. */
  withoutSite<T>(work: (tx: RecordsTx) => Promise<T>): Promise<T> {
    return this.transaction('BEGIN ISOLATION LEVEL READ COMMITTED', work);
  }

  /** One statement of its own, without a site. */
  query<T>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    return saidBy('records', runQuery<T>(this.pool, sql, parameters));
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  private transaction<T>(begin: string, work: (tx: RecordsTx) => Promise<T>): Promise<T> {
    return saidBy('records', runTransaction(this.pool, begin, (connection) => new RecordsTx(connection), work));
  }
}

function atSite(siteId: string): string {
  return `SELECT set_config('thinfile.site', '${uuid(siteId)}', true)`;
}

/** It goes into the statement as text. */
function uuid(id: string): string {
  if (!UUID.test(id)) throw new RangeError('not an id');
  return id;
}
