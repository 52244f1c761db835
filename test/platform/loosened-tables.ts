import { randomUUID } from 'node:crypto';
import type { TestDatabases } from '../support/test-databases.js';

interface Column {
  readonly name: string;
  readonly type: string;
}
export interface Table {
  readonly name: string;
  readonly site: string;
  readonly columns: readonly Column[];
  /** Whether there are rows of the whole organisation beside those of sites. */
  readonly hasSiteless: boolean;
  readonly may: readonly string[];
}

/**
 * Every table that has a site, with one row of each of these in it, whatever its constraints: what is left are the policies.
 * @param sites null: a row of no site, in tables that know such rows
 */
export async function loosenedTables(databases: TestDatabases, sites: readonly (string | null)[]): Promise<readonly Table[]> {
  const all = await databases.recordsOwner<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY relname`,
  );
  const tables = (await Promise.all(all.map(({ name }) => describeTable(databases, name)))).filter((table) => table !== undefined);
  for (const table of tables) {
    await loosen(databases, table.name);
    for (const site of sites) if (site !== null || table.hasSiteless) await databases.recordsOwner(...insert(table, site));
  }
  return tables;
}

async function describeTable(databases: TestDatabases, name: string): Promise<Table | undefined> {
  const columns = await databases.recordsOwner<Column & { nullable: boolean }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type, NOT attnotnull AS nullable FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity <> 'a' AND attgenerated = ''`,
    [name],
  );
  const site = name === 'site' ? 'id' : columns.find((column) => column.name === 'site_id')?.name;
  if (!site) return undefined;
  const privileges = await databases.recordsOwner<{ verb: string }>(
    `SELECT verb FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) verb WHERE has_table_privilege('thinfile_service', $1, verb)`,
    [name],
  );
  const hasSiteless = columns.some((column) => column.name === site && column.nullable);
  return { name, site, columns, hasSiteless, may: privileges.map(({ verb }) => verb) };
}

async function loosen(databases: TestDatabases, table: string): Promise<void> {
  const constraints = await databases.recordsOwner<{ conname: string }>(
    `SELECT conname FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('c', 'f')`,
    [table],
  );
  for (const { conname } of constraints) await databases.recordsOwner(`ALTER TABLE ${table} DROP CONSTRAINT ${conname} CASCADE`);
}

/** A row of that site. */
export function insert({ name, columns, site }: Table, siteId: string | null): [string, unknown[]] {
  const values = columns.map((column) => (column.name === site ? siteId : sample(column.type)));
  return [`INSERT INTO ${name} (${columns.map((c) => c.name).join(', ')}) VALUES (${values.map((_, i) => `$${i + 1}`).join(', ')})`, values];
}

function sample(type: string): unknown {
  if (type.endsWith('[]')) return [];
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'bytea':
      return Buffer.from(randomUUID());
    case 'date':
    case 'timestamp with time zone':
      return '2027-01-01';
    case 'integer':
    case 'bigint':
    case 'smallint':
      return Math.floor(Math.random() * 30_000);
    case 'boolean':
      return true;
    case 'jsonb':
      return '{}';
    case 'text':
      return randomUUID();
    default:
      throw new Error(`no sample of ${type}`);
  }
}
