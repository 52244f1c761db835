import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';
import { insert, loosenedTables, type Table } from './loosened-tables.js';

/** Tables of the whole organisation, and why a member of one site may know what is in them. A new table belongs here or has a site. */
const WITHOUT_SITE: Readonly<Record<string, string>> = {
  organisation: 'its name is on every page',
  set_up_link: 'the service cannot read it; jobs can',
  log_pending: 'numbers of entries',
  log_index: 'hashes of leaves, which are made with salts',
  log_tile: 'hashes of those hashes',
  log_head: 'published',
  log_origin: 'published',
  log_key: 'published',
  log_checkpoint: 'published',
  log_witness: 'whom the settings name, and when they answered',
  log_cosignature: 'published',
  retention_policy: 'published',
  purge_run: 'counts and days',
  rules_changed: 'when a policy or a season end last changed, both of which are published',
  destruction_certificate: 'published',
  verification: 'when the log was looked at, and how much was found, of all sites',
  schema_migration: 'the service cannot read it',
};

const HERE = randomUUID();
const THERE = randomUUID();

let databases: TestDatabases;
let tables: readonly Table[];

beforeAll(async () => {
  databases = await makeDatabases();
  tables = await loosenedTables(databases, [HERE, THERE]);
});
afterAll(() => databases.close());

describe('row security by site', () => {
  it('is on for every table that has a site, and every table without one says why', async () => {
    const open = await databases.recordsOwner<{ relname: string }>(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relrowsecurity ORDER BY relname`,
    );
    expect(open.map(({ relname }) => relname)).toEqual(Object.keys(WITHOUT_SITE).sort());
    expect(tables.length).toBeGreaterThan(8);
  });

  it('is not got round by a view, save one with the rights of whoever asks, or by another schema', async () => {
    const others = await databases.recordsOwner(
      `SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
       WHERE (nspname = 'public' AND relkind IN ('v', 'm', 'f') AND coalesce(reloptions, '{}') <> '{security_invoker=true}') OR (nspname NOT IN ('public', 'pg_catalog', 'information_schema', 'pg_toast') AND relkind = 'r')`,
    );
    expect(others).toEqual([]);
  });

  it('shows a transaction its own site’s rows, and one without a site none', async () => {
    for (const { name, site } of tables.filter(({ may }) => may.includes('SELECT'))) {
      const sites = `SELECT DISTINCT ${site} AS site FROM ${name} WHERE ${site} IS NOT NULL`;
      expect([name, await databases.records.inSite(HERE, (tx) => tx.query(sites))]).toEqual([name, [{ site: HERE }]]);
      expect([name, await databases.records.withoutSite((tx) => tx.query(sites))]).toEqual([name, []]);
      expect([name, await databases.records.query(sites)]).toEqual([name, []]);
      const empty = databases.records.withoutSite(async (tx) => {
        await tx.query(`SELECT set_config('thinfile.site', '', true)`);
        return tx.query(sites);
      });
      expect([name, await empty]).toEqual([name, []]);
    }
  });

  it('lets nobody write into another site, nor move a row there', async () => {
    for (const table of tables) {
      if (table.may.includes('INSERT')) {
        await expect(databases.records.inSite(HERE, (tx) => tx.query(...insert(table, THERE)))).rejects.toMatchObject({ code: '42501' });
      }
      if (table.may.includes('UPDATE')) {
        const move = `UPDATE ${table.name} SET ${table.site} = $1`;
        await expect(databases.records.inSite(HERE, (tx) => tx.query(move, [THERE]))).rejects.toMatchObject({ code: '42501' });
      }
      if (table.may.includes('DELETE')) {
        await databases.records.inSite(HERE, (tx) => tx.query(`DELETE FROM ${table.name} WHERE ${table.site} = $1`, [THERE]));
        expect(await databases.recordsOwner(`SELECT FROM ${table.name} WHERE ${table.site} = $1`, [THERE])).toHaveLength(1);
      }
    }
  });

  it('shows jobs every site, once they say that they are jobs', async () => {
    for (const { name, site } of tables) {
      const read = databases.records.acrossSites((tx) => tx.query<{ site: string }>(`SELECT DISTINCT ${site} AS site FROM ${name}`));
      const [allowed] = await databases.recordsOwner<{ may: boolean }>(`SELECT has_table_privilege('thinfile_jobs', $1, 'SELECT') AS may`, [name]);
      if (allowed!.may) expect([name, (await read).map((row) => row.site)]).toEqual([name, expect.arrayContaining([HERE, THERE])]);
      else await expect(read).rejects.toMatchObject({ code: '42501' });
    }
  });
});
