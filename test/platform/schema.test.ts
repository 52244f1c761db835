import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeSchema } from '../support/describe-schema.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');

let databases: TestDatabases;
beforeAll(async () => {
  databases = await makeDatabases();
});
afterAll(() => databases.close());

/** `WRITE_SCHEMA=1 npm test -- test/platform/schema` writes the files anew after a migration was added. */
describe.each(['records', 'keys'] as const)('migrations/%s/schema.txt', (name) => {
  it('is what the migrations make', async () => {
    const file = join(MIGRATIONS, name, 'schema.txt');
    const found = await describeSchema(name === 'records' ? databases.recordsOwner : databases.keysOwner);
    if (process.env['WRITE_SCHEMA']) writeFileSync(file, found);
    expect(found).toBe(readFileSync(file, 'utf8'));
  });

  it('names every constraint and index by hand', async () => {
    const owner = name === 'records' ? databases.recordsOwner : databases.keysOwner;
    const named = await owner<{ name: string }>(`
      SELECT conname AS name FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
        AND conrelid <> 'schema_migration'::regclass
      UNION SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'i' AND relname NOT LIKE '%schema\\_migration%' ESCAPE '\\'`);
    const byPostgres = named.filter((row) => /_(pkey|key|fkey|check|idx|excl)\d*$/.test(row.name));
    expect(byPostgres).toEqual([]);
  });
});
