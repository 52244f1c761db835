import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { checkEntry } from './check-entry.js';
import type { EntryId, LogEntry } from './entry.js';
import { leafText, leafTime, saltParts, type SaltedParts } from './leaf.js';
import { StallGate } from './stall-gate.js';
import { PART_NAMES } from './verify/disclosed-parts.js';
import { WriterEpoch, type TakenCounters } from './writer-epoch.js';

/** Bounds one statement's parameters. */
const MOST_PER_STATEMENT = 1_000;
const VALUES_PER_ENTRY = 11;

/** The part of a statement that does the work. */
export interface Writing {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/**
 * The only writer of the access log. An entry is part of the caller's transaction, so that either both are there or neither is; only what stands by itself
 * is written alone.
 */
@Injectable()
export class AccessLog {
  private readonly epoch = new WriterEpoch();

  constructor(
    private readonly clock: Clock,
    private readonly gate: StallGate,
  ) {}

  /** @throws TypeError on an entry with anything in it that does not belong in the log */
  async append(tx: RecordsTx, entry: LogEntry): Promise<EntryId> {
    const [id] = await this.appendAll(tx, [entry]);
    return id!;
  }

  /**
   * Several entries of one transaction, in this order. One round trip writes the entry, its parts and its place in the
   * queue, without a lock that another writer could want: the tree is the sequencer's work, since a hash chain here would
   * make every reader wait for every other.
   */
  async appendAll(tx: RecordsTx, entries: readonly LogEntry[]): Promise<readonly EntryId[]> {
    entries.forEach(checkEntry);
    const ids: EntryId[] = [];
    for (let i = 0; i < entries.length; i += MOST_PER_STATEMENT) {
      ids.push(...(await this.write(tx, entries.slice(i, i + MOST_PER_STATEMENT))));
    }
    return ids;
  }

  /**
   * Several entries that stand by themselves, in one statement that is its own transaction: durable once it has returned.
   * @param entries of this site, all of them
   * @throws Error where they are not all written; the log may have all of them even so
   */
  async appendAlone(records: RecordsDatabase, siteId: string, entries: readonly LogEntry[]): Promise<readonly EntryId[]> {
    entries.forEach(checkEntry);
    const written = this.written(entries);
    try {
      const rows = await records.query<{ id: EntryId }>(APPEND_ALONE, [siteId, ...linesOf(written)]);
      if (rows.length !== entries.length) throw new Error('log entries were not written');
      return rows.map(({ id }) => id);
    } catch (error) {
      this.epoch.rolledBack(written.taken);
      throw error;
    }
  }

  /**
   * Writes rows and the entry that says so in the one statement.
   * @param writing data-modifying WITH queries, each with a name; parameters from `$1` on
   */
  async appendWriting(tx: RecordsTx, entry: LogEntry, writing: Writing): Promise<EntryId> {
    checkEntry(entry);
    const append = appendStatement(1, writing.parameters.length);
    const [row] = await tx.query<{ id: EntryId }>(`WITH ${writing.sql} ${append}`, [...writing.parameters, ...this.values(tx, [entry])]);
    return row!.id;
  }

  /**
   * To be asked before anything is opened.
   * @throws Refusal LOG_STALLED when an entry has waited for the sequencer for more than five minutes
   */
  refuseWhenStalled(tx: RecordsTx): Promise<void> {
    return this.gate.refuseWhenStalled(tx);
  }

  private async write(tx: RecordsTx, entries: readonly LogEntry[]): Promise<readonly EntryId[]> {
    const rows = await tx.query<{ id: EntryId }>(entries.length === 1 ? APPEND_ONE : appendStatement(entries.length), this.values(tx, entries));
    return rows.map(({ id }) => id);
  }

  /** Parameters of `appendStatement`. */
  private values(tx: RecordsTx, entries: readonly LogEntry[]): unknown[] {
    const { taken, time, epoch, rows } = this.written(entries);
    tx.onRollback(() => this.epoch.rolledBack(taken));
    return [time, epoch, ...rows.flatMap((row, i) => valuesOf(row, taken.counters[i]!))];
  }

  /** Takes the entries' counters: those of a transaction that is rolled back have to be said to be void. */
  private written(entries: readonly LogEntry[]): Written {
    const salted = entries.map((entry) => ({ entry, parts: saltParts(entry) }));
    const taken = this.epoch.take(entries.length);
    const [time, epoch] = [leafTime(this.clock.now()), this.epoch.id];
    const rows = salted.map(({ entry, parts }, i): WrittenEntry => {
      const voided = i === 0 && taken.voided.length > 0 ? { voided: taken.voided } : {};
      return { entry, parts, leaf: leafText({ kind: entry.kind, time, epoch, counter: taken.counters[i]!, ...voided }, parts) };
    });
    return { taken, time, epoch, rows };
  }
}

/** Entries as they are to be stored. */
interface Written {
  readonly taken: TakenCounters;
  readonly time: string;
  readonly epoch: string;
  readonly rows: readonly WrittenEntry[];
}

interface WrittenEntry {
  readonly entry: LogEntry;
  readonly parts: SaltedParts;
  readonly leaf: string;
}

/** VALUES_PER_ENTRY of them, in the order of append_log_entry but for time and epoch, which all entries of a statement share. */
function valuesOf({ entry, parts: { actor, subject, context }, leaf }: WrittenEntry, counter: number): unknown[] {
  return [
    ...[entry.subject.site ?? null, intakeOf(entry) ?? null, entry.kind, counter, leaf],
    ...[actor, subject, context].flatMap(({ text, salt }) => [text, salt]),
  ];
}

/** Parameters of append_log_entries after the site: nothing in an entry has a line break. */
function linesOf({ taken, time, epoch, rows }: Written): unknown[] {
  const lines = (line: (row: WrittenEntry) => string): string => rows.map(line).join('\n');
  return [
    ...[time, epoch, taken.counters[0]],
    ...[lines(({ entry }) => intakeOf(entry) ?? ''), lines(({ entry }) => entry.kind), lines(({ leaf }) => leaf)],
    ...PART_NAMES.map((name) => lines(({ parts }) => parts[name].text)),
    Buffer.concat(rows.flatMap(({ parts }) => PART_NAMES.map((name) => parts[name].salt))),
  ];
}

/**
 * One call for each entry; PostgreSQL makes them in the order in which they stand.
 * @param after how many parameters stand before its own
 */
function appendStatement(entries: number, after = 0): string {
  const [time, epoch] = [`$${after + 1}`, `$${after + 2}`];
  const calls = Array.from({ length: entries }, (_, row) => {
    const [site, intake, kind, counter, ...rest] = placeholders(after + row * VALUES_PER_ENTRY + 3, VALUES_PER_ENTRY);
    return `(append_log_entry(${[site, intake, kind, time, epoch, counter, ...rest].join(', ')}))`;
  });
  return `SELECT id FROM (VALUES ${calls.join(', ')}) AS written (id)`;
}

const APPEND_ONE = appendStatement(1);

/** With the site and the parameters of `linesOf`. */
const APPEND_ALONE = `SELECT append_log_entries(${placeholders(1, 11).join(', ')}) AS id`;

function placeholders(from: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `$${from + i}`);
}

/** The one intake that an entry is about: its trail, and for writes where opening finds the digests. */
function intakeOf({ subject: { intake, intakes } }: LogEntry): string | undefined {
  return intake ?? (intakes?.length === 1 ? intakes[0] : undefined);
}
