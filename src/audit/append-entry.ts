import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { checkEntry } from './check-entry.js';
import type { EntryId, LogEntry } from './entry.js';
import { leafText, leafTime, saltParts, type LeafHead } from './leaf.js';
import { StallGate } from './stall-gate.js';
import { WriterEpoch } from './writer-epoch.js';

/** Bounds one statement's parameters. */
const MOST_PER_STATEMENT = 1_000;
const VALUES_PER_ENTRY = 11;

/** A statement, or the part of one that does the work. */
export interface Question {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The only writer of the access log. An entry is part of the caller's transaction: either both are there, or neither is. */
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
   * Writes an entry and asks a question in the one statement: what is read and what is logged cannot be told apart by a
   * crash. The entry is written also where the answer has no rows.
   * @param question parameters from `$1` on
   */
  async appendAsking<Row>(tx: RecordsTx, entry: LogEntry, question: Question): Promise<readonly Row[]> {
    checkEntry(entry);
    const append = appendStatement(1, question.parameters.length);
    const rows = await tx.query<Row & { readonly logged_entry: EntryId; readonly answered: true | null }>(
      `SELECT written.id AS logged_entry, answer.*
       FROM (${append}) AS written LEFT JOIN LATERAL (SELECT true AS answered, q.* FROM (${question.sql}) AS q) AS answer ON true`,
      [...question.parameters, ...this.values(tx, [entry])],
    );
    if (!rows[0]?.logged_entry) throw new Error('a log entry was not written');
    return rows.filter(({ answered }) => answered);
  }

  /**
   * Writes rows and the entry that says so in the one statement.
   * @param writing data-modifying WITH queries, each with a name; parameters from `$1` on
   */
  async appendWriting(tx: RecordsTx, entry: LogEntry, writing: Question): Promise<EntryId> {
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
    const rows = await tx.query<{ id: EntryId }>(appendStatement(entries.length), this.values(tx, entries));
    return rows.map(({ id }) => id);
  }

  /** Parameters of `appendStatement`. Takes the entries' counters: those of a transaction that is rolled back are said to be void. */
  private values(tx: RecordsTx, entries: readonly LogEntry[]): unknown[] {
    const taken = this.epoch.take(entries.length);
    tx.onRollback(() => this.epoch.rolledBack(taken));
    const time = leafTime(this.clock.now());
    const values = entries.flatMap((entry, i) => {
      const voided = i === 0 && taken.voided.length > 0 ? { voided: taken.voided } : {};
      return entryValues(entry, { kind: entry.kind, time, epoch: this.epoch.id, counter: taken.counters[i]!, ...voided });
    });
    return [time, this.epoch.id, ...values];
  }
}

/** VALUES_PER_ENTRY of them, in the order of append_log_entry but for time and epoch, which all entries of a statement share. */
function entryValues(entry: LogEntry, head: LeafHead): unknown[] {
  const parts = saltParts(entry);
  return [
    entry.subject.site ?? null,
    intakeOf(entry) ?? null,
    entry.kind,
    head.counter,
    leafText(head, parts),
    ...[parts.actor, parts.subject, parts.context].flatMap(({ text, salt }) => [text, Buffer.from(salt)]),
  ];
}

/**
 * One call for each entry; PostgreSQL makes them in the order in which they stand.
 * @param after how many parameters stand before its own
 */
function appendStatement(entries: number, after = 0): string {
  const [time, epoch] = [`$${after + 1}`, `$${after + 2}`];
  const calls = Array.from({ length: entries }, (_, row) => {
    const values = Array.from({ length: VALUES_PER_ENTRY }, (_unused, i) => `$${after + row * VALUES_PER_ENTRY + i + 3}`);
    const [site, intake, kind, counter, ...rest] = values;
    return `(append_log_entry(${[site, intake, kind, time, epoch, counter, ...rest].join(', ')}))`;
  });
  return `SELECT id FROM (VALUES ${calls.join(', ')}) AS written (id)`;
}

/** The one intake that an entry is about: its trail, and for writes where opening finds the digests. */
function intakeOf({ subject: { intake, intakes } }: LogEntry): string | undefined {
  return intake ?? (intakes?.length === 1 ? intakes[0] : undefined);
}
