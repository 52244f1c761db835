import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';

let databases: TestDatabases;
beforeAll(async () => {
  databases = await makeDatabases();
});
afterAll(() => databases.close());

describe('databases', () => {
  it('rolls back, and tells who waits for the end which end it was', async () => {
    const heard: string[] = [];
    const work = databases.keys.transaction(async (tx) => {
      tx.onCommit(() => heard.push('committed'));
      tx.onRollback(() => heard.push('rolled back'));
      await tx.query('INSERT INTO key_store (master) VALUES (1)');
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(heard).toEqual(['rolled back']);
    expect(await databases.keys.query('SELECT * FROM key_store')).toEqual([]);
  });

  it('lets the service neither change a schema nor touch the log, nor delete the sentinel hold', async () => {
    await expect(databases.records.query('CREATE TABLE mine (x int)')).rejects.toThrow(/permission denied/);
    await expect(databases.records.query('ALTER TABLE intake DISABLE ROW LEVEL SECURITY')).rejects.toThrow(/must be owner/);
    await expect(databases.keys.query('CREATE TABLE mine (x int)')).rejects.toThrow(/permission denied/);
    for (const tx of ['withoutSite', 'acrossSites'] as const) {
      for (const sql of ['UPDATE log_entry SET kind = kind', 'DELETE FROM log_entry', 'DELETE FROM log_part', 'TRUNCATE log_entry']) {
        await expect(databases.records[tx]((t) => t.query(sql))).rejects.toThrow(/permission denied/);
      }
    }
    await expect(databases.keys.query('DELETE FROM hold')).rejects.toThrow(/permission denied/);
    await databases.keysOwner('DELETE FROM hold');
    expect(await databases.keys.query('SELECT sentinel FROM hold')).toEqual([{ sentinel: true }]);
  });
});
