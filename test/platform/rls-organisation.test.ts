import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';
import { insert, loosenedTables, type Table } from './loosened-tables.js';

/** What a site's own work may add to the whole organisation's rows, and why. A table that is not here may be added to by the organisation alone. */
const ADDED_BY_SITES: Readonly<Record<string, string>> = {
  log_entry: 'a sign-in of nobody known has no site',
  log_part: 'the parts of such an entry',
};

const HERE = randomUUID();
const THERE = randomUUID();

describe('row security of what belongs to the whole organisation', () => {
  let databases: TestDatabases;
  let tables: readonly Table[];
  let siteless: readonly Table[];

  beforeAll(async () => {
    databases = await makeDatabases();
    tables = await loosenedTables(databases, [HERE, THERE, null]);
    siteless = tables.filter(({ hasSiteless }) => hasSiteless);
  });
  afterAll(() => databases.close());

  const count = (rows: readonly unknown[]): number => rows.length;
  const sitesIn = ({ name, site }: Table) => `SELECT DISTINCT ${site} AS site FROM ${name} WHERE ${site} IS NOT NULL`;

  it('has such rows of members and invitations, and not of intakes, sections, keys or sessions', () => {
    expect(siteless.map(({ name }) => name)).toEqual(expect.arrayContaining(['invitation', 'member']));
    for (const name of ['intake', 'section', 'lookup_key', 'tombstone', 'site', 'site_vault', 'vault_grant', 'session']) {
      expect([name, siteless.some((table) => table.name === name)]).toEqual([name, false]);
    }
  });

  it('shows them to work at any site and to nobody without one', async () => {
    for (const { name, site } of siteless.filter(({ may }) => may.includes('SELECT'))) {
      const read = `SELECT FROM ${name} WHERE ${site} IS NULL`;
      for (const at of [HERE, THERE]) expect([name, count(await databases.records.inSite(at, (tx) => tx.query(read)))]).toEqual([name, 1]);
      expect([name, count(await databases.records.withoutSite((tx) => tx.query(read)))]).toEqual([name, 0]);
    }
  });

  it('lets work at a site neither change, delete nor add them, nor make its own rows theirs', async () => {
    for (const table of siteless) {
      const { name, site, may } = table;
      const inSite = (sql: string, parameters: unknown[] = []) => databases.records.inSite(HERE, (tx) => tx.query(sql, parameters));
      if (may.includes('INSERT') && !Object.hasOwn(ADDED_BY_SITES, name)) await expect(inSite(...insert(table, null))).rejects.toMatchObject({ code: '42501' });
      if (may.includes('UPDATE')) {
        await expect(inSite(`UPDATE ${name} SET ${site} = NULL WHERE ${site} = $1`, [HERE])).rejects.toMatchObject({ code: '42501' });
        await inSite(`UPDATE ${name} SET ${site} = $1 WHERE ${site} IS NULL`, [HERE]);
      }
      if (may.includes('DELETE')) await inSite(`DELETE FROM ${name} WHERE ${site} IS NULL`);
      expect([name, count(await databases.recordsOwner(`SELECT FROM ${name} WHERE ${site} IS NULL`))]).toEqual([name, 1]);
    }
  });

  it('lets the organisation’s own work add members and invitations, and change them', async () => {
    for (const table of siteless.filter(({ name }) => name === 'member' || name === 'invitation')) {
      await databases.records.ofOrganisation(HERE, async (tx) => {
        await tx.query(...insert(table, null));
        expect([table.name, count(await tx.query(`UPDATE ${table.name} SET name = 'Ada' WHERE site_id IS NULL RETURNING id`))]).toEqual([table.name, 2]);
      });
    }
  });

  it('shows the organisation’s own work at one site no row of another, save that there is such a site', async () => {
    for (const table of tables.filter(({ name, may }) => name !== 'site' && may.includes('SELECT'))) {
      expect([table.name, await databases.records.ofOrganisation(HERE, (tx) => tx.query(sitesIn(table)))]).toEqual([table.name, [{ site: HERE }]]);
    }
    for (const table of tables) {
      const at = (sql: string, parameters: unknown[] = []) => databases.records.ofOrganisation(HERE, (tx) => tx.query(sql, parameters));
      if (table.may.includes('INSERT')) await expect(at(...insert(table, THERE))).rejects.toMatchObject({ code: '42501' });
      if (table.may.includes('UPDATE')) {
        const changed = await at(`UPDATE ${table.name} SET ${table.site} = ${table.site} WHERE ${table.site} = $1 RETURNING 1`, [THERE]).catch(() => []);
        expect([table.name, changed]).toEqual([table.name, []]);
      }
    }
  });

  it('says nothing of the organisation once the transaction is over', async () => {
    await databases.records.ofOrganisation(HERE, async () => undefined);
    const [after] = await databases.records.inSite(HERE, (tx) => tx.query<{ wide: boolean }>('SELECT whole_organisation() AS wide'));
    expect(after).toEqual({ wide: false });
    expect(await databases.records.query('SELECT whole_organisation() AS wide')).toEqual([{ wide: false }]);
  });
});
