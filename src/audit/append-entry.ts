import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { checkEntry } from './check-entry.js';
import type { EntryId, LogEntry } from './entry.js';
import { leafText, leafTime, saltParts, type LeafHead, type SaltedParts } from './leaf.js';
import { StallGate } from './stall-gate.js';
import { WriterEpoch } from './writer-epoch.js';

/**
 * The entry, its parts and its place in the queue, in one round trip and without a lock that another writer could want.
 * The tree is the sequencer's work: a hash chain here would make every reader wait for every other.
 */
const APPEND = `
  WITH given AS (
    SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::text[],
      $8::text[], $9::bytea[], $10::text[], $11::bytea[], $12::text[], $13::bytea[])
      AS g (site_id, intake_id, kind, counter, leaf, actor, actor_salt, subject, subject_salt, context, context_salt)
  ), entry AS (
    INSERT INTO log_entry (site_id, intake_id, kind, at, epoch, counter, leaf)
    SELECT site_id, intake_id, kind, $1, $2, counter, leaf FROM given ORDER BY counter
    RETURNING id, counter
  ), part AS (
    INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt)
    SELECT id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt FROM entry JOIN given USING (counter)
  ), pending AS (
    INSERT INTO log_pending (entry_id) SELECT id FROM entry
  )
  SELECT id FROM entry ORDER BY counter`;

interface Prepared {
  readonly entry: LogEntry;
  readonly head: LeafHead;
  readonly parts: SaltedParts;
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

  /** Several entries of one transaction, in this order, in one statement. */
  async appendAll(tx: RecordsTx, entries: readonly LogEntry[]): Promise<readonly EntryId[]> {
    if (entries.length === 0) return [];
    entries.forEach(checkEntry);
    const taken = this.epoch.take(entries.length);
    tx.onRollback(() => this.epoch.rolledBack(taken));
    const at = this.clock.now();
    const prepared = entries.map((entry, i) => ({
      entry,
      head: {
        kind: entry.kind,
        time: leafTime(at),
        epoch: this.epoch.id,
        counter: taken.counters[i]!,
        ...(i === 0 && taken.voided.length > 0 ? { voided: taken.voided } : {}),
      },
      parts: saltParts(entry),
    }));
    const rows = await tx.query<{ id: EntryId }>(APPEND, [leafTime(at), this.epoch.id, ...columns(prepared)]);
    return rows.map(({ id }) => id);
  }

  /**
   * To be asked before anything is opened.
   * @throws Refusal LOG_STALLED when an entry has waited for the sequencer for more than five minutes
   */
  refuseWhenStalled(tx: RecordsTx): Promise<void> {
    return this.gate.refuseWhenStalled(tx);
  }
}

function columns(prepared: readonly Prepared[]): unknown[][] {
  const column = (of: (each: Prepared) => unknown): unknown[] => prepared.map(of);
  return [
    column(({ entry }) => entry.subject.site ?? null),
    column(({ entry }) => intakeOf(entry) ?? null),
    column(({ entry }) => entry.kind),
    column(({ head }) => head.counter),
    column(({ head, parts }) => leafText(head, parts)),
    ...(['actor', 'subject', 'context'] as const).flatMap((name) => [
      column(({ parts }) => parts[name].text),
      column(({ parts }) => Buffer.from(parts[name].salt)),
    ]),
  ];
}

/** The one intake that an entry is about: its trail, and for writes where opening finds the digests. */
function intakeOf({ subject: { intake, intakes } }: LogEntry): string | undefined {
  return intake ?? (intakes?.length === 1 ? intakes[0] : undefined);
}
