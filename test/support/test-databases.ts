import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connect } from '../../src/platform/open-databases.js';
import type { KeysDatabase } from '../../src/platform/keys-database.js';
import type { RecordsDatabase } from '../../src/platform/records-database.js';
import { Settings, type DatabaseUrls } from '../../src/platform/settings.js';

type Query = <T = Record<string, unknown>>(sql: string, parameters?: unknown[]) => Promise<T[]>;

export interface TestDatabases {
  readonly records: RecordsDatabase;
  readonly keys: KeysDatabase;
  /** As the superuser: what a thief or a tamperer with the whole database can do. */
  readonly recordsOwner: Query;
  readonly keysOwner: Query;
  readonly urls: { readonly records: DatabaseUrls; readonly keys: DatabaseUrls };
  /** With a secrets directory of its own; never-issued numbers are allowed. */
  readonly settings: Settings;
  close(): Promise<void>;
}

/** A fresh pair of databases, cloned from the migrated ones, for one test file. */
export async function makeDatabases(): Promise<TestDatabases> {
  const servers = JSON.parse(readFileSync(process.env['THINFILE_TEST_SERVERS']!, 'utf8')) as { records: DatabaseUrls; keys: DatabaseUrls };
  const name = `t_${randomBytes(6).toString('hex')}`;
  const [records, keys] = await Promise.all([clone(servers.records, name), clone(servers.keys, name)]);
  const urls = { records: records.urls, keys: keys.urls };
  const opened = await connect(urls);
  const directory = mkdtempSync(join(tmpdir(), 'thinfile-'));
  return {
    ...opened,
    recordsOwner: records.query,
    keysOwner: keys.query,
    urls,
    settings: new Settings({ dataDirectory: directory, databases: urls, port: 0, allowNeverIssuedNumbers: true }),
    close: async () => {
      await Promise.all([opened.records.close(), opened.keys.close()]);
      await Promise.all([records.drop(), keys.drop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function clone(server: DatabaseUrls, name: string): Promise<{ urls: DatabaseUrls; query: Query; drop: () => Promise<void> }> {
  const template = new URL(server.owner).pathname.slice(1);
  await asOwner(server.owner, 'postgres', async (client) => {
    await client.query('SELECT pg_advisory_lock(1)'); // two clones of one template at once are refused
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  });
  const urls = { service: withDatabase(server.service, name), owner: withDatabase(server.owner, name) };
  const pool = new pg.Pool({ connectionString: urls.owner, max: 3 });
  pool.on('error', () => undefined);
  return {
    urls,
    query: async (sql, parameters) => (await pool.query(sql, parameters)).rows,
    drop: async () => {
      await pool.end();
      await asOwner(server.owner, 'postgres', (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

async function asOwner(url: string, database: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(url, database) });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
