import type { TestDatabases } from './test-databases.js';

type Query = TestDatabases['recordsOwner'];
export type Row = Readonly<Record<string, unknown>>;

export interface Table {
  readonly name: string;
  readonly query: Query;
  /** Column to type, in the table's order. */
  readonly columns: ReadonlyMap<string, string>;
  readonly key: readonly string[];
  readonly rows: readonly Row[];
}

/** A column of one row overwritten with that of another, or of the same row as it was before. */
export interface Copy {
  readonly table: Table;
  readonly column: string;
  readonly anchor: Row;
  readonly value: unknown;
  /** In which columns the two rows differ. */
  readonly differing: readonly string[];
}

/** Every table that holds keys, ciphertext or hashes, with its rows as text, as a superuser reads them. What the database computes from other columns takes no value. */
export async function sealedTables(query: Query): Promise<readonly Table[]> {
  const names = await query<{ table_name: string }>(
    `SELECT DISTINCT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type = 'bytea' ORDER BY 1`,
  );
  return Promise.all(names.map(({ table_name: name }) => readTable(query, name)));
}

async function readTable(query: Query, name: string): Promise<Table> {
  const columns = await query<{ column_name: string; data_type: string }>(
    `SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
    [name],
  );
  const key = await query<{ attname: string }>(
    `SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey) WHERE i.indrelid = $1::regclass AND i.indisprimary`,
    [name],
  );
  const rows = await query<{ row: Row }>(`SELECT to_jsonb(t) AS row FROM ${name} t`);
  return {
    name,
    query,
    columns: new Map(columns.map(({ column_name, data_type }) => [column_name, data_type])),
    key: key.map(({ attname }) => attname),
    rows: rows.map(({ row }) => row),
  };
}

/** For one column of one row: what it can be overwritten with, neighbours first; one copy for each way in which rows differ. */
export function copiesInto(table: Table, anchor: Row, column: string, earlier: readonly Row[]): readonly Copy[] {
  const found = new Map<string, Copy>();
  for (const other of [...table.rows, ...earlier, ...nextTo(anchor, column)]) {
    if (other[column] == null || same(other[column], anchor[column])) continue;
    const differing = [...table.columns.keys()].filter((name) => !same(other[name], anchor[name]));
    const bound = differing.filter((name) => table.columns.get(name) !== 'bytea').join();
    if (!found.has(bound)) found.set(bound, { table, column, anchor, value: other[column], differing });
  }
  return [...found.values()].sort((a, b) => a.differing.length - b.differing.length);
}

/** The same row with the next number, where a column counts. */
function nextTo(anchor: Row, column: string): readonly Row[] {
  const value = anchor[column];
  return typeof value === 'number' ? [{ ...anchor, [column]: value + 1 }] : [];
}

/**
 * Overwrites, lets the test look, and puts back. Constraints that a superuser can switch off are off.
 * @returns undefined where the table itself does not take such a row
 */
export async function tampered<T>({ table, column, anchor, value }: Copy, look: () => Promise<T>): Promise<T | undefined> {
  const changed = { ...anchor, [column]: value };
  try {
    await asSuperuser(table, `UPDATE ${table.name} SET ${column} = ${literal(value)} WHERE ${place(table, anchor)}`);
  } catch (error) {
    if (/^(23|428C9)/.test((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
  try {
    return await look();
  } finally {
    // The service may have removed what it took for something else.
    const columns = [...table.columns.keys()].join(', ');
    const whole = `(${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM jsonb_populate_record(NULL::${table.name}, ${literal(JSON.stringify(anchor))})`;
    await asSuperuser(table, `DELETE FROM ${table.name} WHERE ${place(table, changed)}; INSERT INTO ${table.name} ${whole}`);
  }
}

/** With neither foreign keys nor what hangs on them. */
async function asSuperuser({ query }: Table, statements: string): Promise<void> {
  try {
    await query(`BEGIN; SET LOCAL session_replication_role = replica; ${statements}; COMMIT`);
  } catch (error) {
    await query('ROLLBACK');
    throw error;
  }
}

function place({ key }: Table, row: Row): string {
  return key.map((column) => `${column} = ${literal(row[column])}`).join(' AND ');
}

function literal(value: unknown): string {
  return value == null ? 'NULL' : `'${String(value).replaceAll("'", "''")}'`;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
