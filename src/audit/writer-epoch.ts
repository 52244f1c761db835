import { randomUUID } from 'node:crypto';

/** Leaves stay small whatever happens: the rest is announced by the entries that follow. */
const MOST_PER_LEAF = 200;

export interface TakenCounters {
  readonly counters: readonly number[];
  readonly voided: readonly number[];
}

/**
 * This process's count of the entries that it wrote. The count has no gaps but announced ones: a counter whose transaction
 * was rolled back is named in a later leaf. So an entry that somebody removes before it is in the tree is missed.
 *
 * Left open: counters under way when a process dies are never announced, so the end of an epoch may have gaps that are
 * nobody's doing; and a commit whose answer was lost is announced although its entry may be there.
 */
export class WriterEpoch {
  readonly id = randomUUID();
  private last = 0;
  private voided: number[] = [];

  /** The next counters, and the ones to announce with them. */
  take(count: number): TakenCounters {
    const counters = Array.from({ length: count }, () => ++this.last);
    return { counters, voided: this.voided.splice(0, MOST_PER_LEAF) };
  }

  /** After a rollback: neither the counters nor what was announced with them are in the log. */
  rolledBack({ counters, voided }: TakenCounters): void {
    this.voided = [...this.voided, ...voided, ...counters].sort((a, b) => a - b);
  }
}
