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
   * To be asked before anything is opened.
   * @throws Refusal LOG_STALLED when an entry has waited for the sequencer for more than five minutes
   */
  refuseWhenStalled(tx: RecordsTx): Promise<void> {
    return this.gate.refuseWhenStalled(tx);
  }

  private async write(tx: RecordsTx, entries: readonly LogEntry[]): Promise<readonly EntryId[]> {
    const taken = this.epoch.take(entries.length);
    tx.onRollback(() => this.epoch.rolledBack(taken));
    const time = leafTime(this.clock.now());
    const values = entries.flatMap((entry, i) => {
      const voided = i === 0 && taken.voided.length > 0 ? { voided: taken.voided } : {};
      return entryValues(entry, { kind: entry.kind, time, epoch: this.epoch.id, counter: taken.counters[i]!, ...voided });
    });
    const rows = await tx.query<{ id: EntryId }>(appendStatement(entries.length), [time, this.epoch.id, ...values]);
    return rows.map(({ id }) => id);
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

/** One call for each entry; PostgreSQL makes them in the order in which they stand. */
function appendStatement(entries: number): string {
  const calls = Array.from({ length: entries }, (_, row) => {
    const values = Array.from({ length: VALUES_PER_ENTRY }, (_unused, i) => `$${row * VALUES_PER_ENTRY + i + 3}`);
    const [site, intake, kind, counter, ...rest] = values;
    return `(append_log_entry(${[site, intake, kind, '$1', '$2', counter, ...rest].join(', ')}))`;
  });
  return `SELECT id FROM (VALUES ${calls.join(', ')}) AS written (id)`;
}

/** The one intake that an entry is about: its trail, and for writes where opening finds the digests. */
function intakeOf({ subject: { intake, intakes } }: LogEntry): string | undefined {
  return intake ?? (intakes?.length === 1 ? intakes[0] : undefined);
}
