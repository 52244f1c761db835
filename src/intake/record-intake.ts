import type { AccessLog, Writing } from '../audit/append-entry.js';
import type { LogEntry } from '../audit/entry.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { SealedClass } from '../vault/sealed-class.js';
import type { IntakeRow } from './intake-row.js';

type Sealed = ReadonlyMap<RetentionClass, SealedClass>;

/** Columns that a change may change. */
const CHANGED = ['stage', 'version', 'touched_day', 'prepared_day', 'accepted_day', 'done_day', 'listed_day', 'consents_given', 'consents_named', 'destroyed'] as const;
/** What a new row says beside its sections; the rest is what every intake begins with. */
const FIRST = ['tax_year', 'filing_year', 'version', 'vault_number', 'wrapped_key', 'created_day', 'touched_day', 'consents_given', 'consents_named'] as const;

export type NewRow = Pick<IntakeRow, 'id' | 'site_id' | (typeof FIRST)[number]>;

/** A new intake, its sections and the entry that says so: one statement. */
export async function recordNew(tx: RecordsTx, log: AccessLog, row: NewRow, sealed: Sealed, entry: LogEntry): Promise<void> {
  const columns = ['id', 'site_id', ...FIRST] as const;
  const places = columns.map((_, i) => `$${i + 1}`);
  const insert = `written AS (INSERT INTO intake (${columns.join(', ')}) VALUES (${places.join(', ')}))`;
  await record(tx, log, entry, { sql: insert, parameters: columns.map((column) => row[column]) }, sealed);
}

/** A changed intake's row, its sections and the entry that says so: one statement. The caller holds the row's lock. */
export async function recordChange(tx: RecordsTx, log: AccessLog, row: IntakeRow, sealed: Sealed, entry: LogEntry): Promise<void> {
  const settings = CHANGED.map((column, i) => `${column} = $${i + 3}`);
  const update = `written AS (UPDATE intake SET ${settings.join(', ')} WHERE id = $1 AND site_id = $2)`;
  const parameters = [row.id, row.site_id, ...CHANGED.map((column) => (column === 'destroyed' ? JSON.stringify(row.destroyed) : row[column]))];
  await record(tx, log, entry, { sql: update, parameters }, sealed);
}

/** @param first begins with the intake's id and its site */
async function record(tx: RecordsTx, log: AccessLog, entry: LogEntry, first: Writing, sealed: Sealed): Promise<void> {
  const [classes, firsts, lengths, bytes] = [1, 2, 3, 4].map((n) => `$${first.parameters.length + n}`);
  // A section that is there is replaced. The driver sends one value of bytes as it is, and an array of them as hexadecimal text.
  const sections = `sections AS (
     INSERT INTO section (intake_id, site_id, class, sealed)
     SELECT $1, $2, class, substr(${bytes}::bytea, first, length) FROM unnest(${classes}::text[], ${firsts}::int[], ${lengths}::int[]) AS n (class, first, length)
     ON CONFLICT ON CONSTRAINT section_pk DO UPDATE SET sealed = excluded.sealed)`;
  await log.appendWriting(tx, entry, { sql: `${first.sql}, ${sections}`, parameters: [...first.parameters, [...sealed.keys()], ...inOnePiece(sealed)] });
}

/** @returns where each section begins, from 1, how long it is, and all of them one after the other */
function inOnePiece(sealed: Sealed): readonly [readonly number[], readonly number[], Uint8Array] {
  const all = [...sealed.values()].map(({ bytes }) => bytes);
  const lengths = all.map(({ length }) => length);
  let next = 1;
  const firsts = lengths.map((length) => {
    const first = next;
    next += length;
    return first;
  });
  return [firsts, lengths, Buffer.concat(all)];
}
