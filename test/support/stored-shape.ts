import { setTimeout as pause } from 'node:timers/promises';
import { canonicalJson } from '../../src/audit/canonical-json.js';
import type { TestDatabases } from './test-databases.js';

type Query = TestDatabases['recordsOwner'];
type Row = Readonly<Record<string, unknown>>;

/** What differs between any two rows and says nothing of what is in them: the order of arrival. */
const ORDER = new Set(['log_entry.id', 'log_entry.counter', 'log_part.entry_id', 'log_filter.entry_id', 'log_pending.entry_id', 'log_pending.since', 'intake.arrival']);
const RANDOM = /[0-9a-f]{64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * All that a thief of both databases sees of an intake, in every table that knows it, less what is random for each: rows,
 * their plain values, the lengths of sealed ones and how they are stored. A new table with an `intake_id` is in it by itself.
 */
export async function storedShape({ recordsOwner, keysOwner }: TestDatabases, intakeId: string): Promise<Record<string, unknown>> {
  await allFiled(recordsOwner);
  return { ...(await tablesOf(recordsOwner, intakeId)), ...(await tablesOf(keysOwner, intakeId)), ...(await partsOf(recordsOwner, intakeId)) };
}

/** Until every entry has its place in the tree: what auditors find it by is filed with it, a moment after its commit. */
export async function allFiled(query: Query): Promise<void> {
  while ((await query('SELECT FROM log_pending')).length > 0) await pause(20);
}

async function tablesOf(query: Query, intakeId: string): Promise<Record<string, unknown>> {
  const tables = await query<{ table_name: string; column_name: string }>(
    `SELECT table_name, column_name FROM information_schema.columns c JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_type = 'BASE TABLE' AND table_schema = 'public' AND (column_name = 'intake_id' OR (table_name = 'intake' AND column_name = 'id'))`,
  );
  const shapes = tables.map(async ({ table_name: table, column_name: column }) => {
    const sealed = await query<{ column_name: string }>(
      `SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND data_type = 'bytea'`,
      [table],
    );
    const sizes = sealed.map(({ column_name: of }) => `pg_column_size(${of}) AS "${of} stored", pg_column_toast_chunk_id(${of}) IS NOT NULL AS "${of} apart"`);
    const rows = await query<Row>(`SELECT ${['*', ...sizes].join(', ')} FROM ${table} WHERE ${column} = $1`, [intakeId]);
    return [table, table.startsWith('log_') ? inOrder(rows).map((row) => rowShape(table, row)) : anyOrder(rows.map((row) => rowShape(table, row)))] as const;
  });
  return Object.fromEntries(await Promise.all(shapes));
}

/** The log's parts have no intake of their own. */
async function partsOf(query: Query, intakeId: string): Promise<Record<string, unknown>> {
  const rows = await query<Row>(
    'SELECT e.kind, p.* FROM log_part p JOIN log_entry e ON e.id = p.entry_id WHERE e.intake_id = $1 ORDER BY e.id',
    [intakeId],
  );
  return { log_part: rows.map((row) => rowShape('log_part', row)) };
}

function rowShape(table: string, row: Row): Row {
  return Object.fromEntries(Object.entries(row).flatMap(([name, value]) => (ORDER.has(`${table}.${name}`) ? [] : [[name, valueShape(name, value)]])));
}

function valueShape(name: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Date) return 'a time';
  if (name === 'leaf') return leafShape(String(value));
  if (typeof value === 'string') return value.replace(RANDOM, 'random');
  return value;
}

/** Its bytes without the writer's count, which grows with every entry of anyone. */
function leafShape(leaf: string): string {
  const { counter: _count, voided: _voided, ...rest } = JSON.parse(leaf) as Record<string, unknown>;
  return `${String(rest['kind'])}, ${canonicalJson(rest).length} characters`;
}

/** As they came. */
function inOrder(entries: readonly Row[]): readonly Row[] {
  return [...entries].sort((a, b) => Number(a['id'] ?? a['entry_id']) - Number(b['id'] ?? b['entry_id']));
}

/** Where the order is chance. */
function anyOrder(rows: readonly Row[]): readonly Row[] {
  return [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
