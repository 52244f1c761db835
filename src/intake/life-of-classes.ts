import { yearOf } from '../access/season-end.js';
import { PREPARER_LIST, type RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import type { Standing } from '../vault/class-standing.js';
import type { Life, Lives } from '../vault/life-shares.js';
import type { IntakeRow } from './intake-row.js';

export type DestroyedDays = Partial<Record<RetentionClass, Day>>;

/** Without the preparer's list where the intake is on none: then there is nothing of it, whatever a crash may have left in the key store. */
export function existing<L>({ listed_day: listedDay }: Pick<IntakeRow, 'listed_day'>, lives: ReadonlyMap<RetentionClass, L>): ReadonlyMap<RetentionClass, L> {
  return listedDay === null ? withoutList(lives) : lives;
}

export function withoutList<L>(lives: ReadonlyMap<RetentionClass, L>): ReadonlyMap<RetentionClass, L> {
  return new Map([...lives].filter(([name]) => name !== PREPARER_LIST));
}

/** Without what outlives the filing year: where that alone is left, it can be read, and not worked on. */
export function workedOn<L>({ filing_year: filingYear }: Pick<IntakeRow, 'filing_year'>, lives: ReadonlyMap<RetentionClass, L>, today: Day): ReadonlyMap<RetentionClass, L> {
  const rest = withoutList(lives);
  return yearOf(today) > filingYear ? new Map([...rest].filter(([name]) => name !== 'consents')) : rest;
}

/** From the day of its erasure on nothing of an intake opens, whatever the key store says, but the preparer's list, which the law keeps. */
export function opens({ erased_day: erasedDay }: Pick<IntakeRow, 'erased_day'>, name: RetentionClass, { state }: Standing): boolean {
  return state === 'alive' && (erasedDay === null || name === PREPARER_LIST);
}

/** The classes that are past their day, each with the day: from the key store, or from what the sweep wrote down. */
export function destroyedDays(row: IntakeRow, lives: ReadonlyMap<RetentionClass, Standing>, expected: ReadonlyMap<RetentionClass, Day>): DestroyedDays {
  const days: DestroyedDays = {};
  for (const [retentionClass, life] of lives) {
    // The erasure has committed, and the key store has not been told yet.
    if (life.state === 'alive' && !opens(row, retentionClass, life)) days[retentionClass] = expected.get(retentionClass)!;
    // Neither is there when records were restored from before the sweep: then the policy's own arithmetic gives the day.
    if (life.state === 'over') days[retentionClass] = life.dueDay ?? row.destroyed[retentionClass] ?? expected.get(retentionClass)!;
  }
  return days;
}

/**
 * @param lives of the classes asked for that there are; nothing was asked for where there are none
 * @throws Refusal PRESERVED or DESTROYED when nothing that was asked for can be opened any more
 */
export function mustLive(row: IntakeRow, lives: Lives, expected: ReadonlyMap<RetentionClass, Day>): void {
  const all: readonly Life[] = [...lives.values()];
  if (all.length === 0 || [...lives].some(([name, life]) => opens(row, name, life))) return;
  if (all.some((life) => life.state === 'held')) throw preserved();
  const days = destroyedDays(row, lives, expected);
  throw row.erased_day === null ? destroyed(days) : erased(row.id, days);
}

export function destroyed(days: DestroyedDays): Refusal {
  return new Refusal('DESTROYED', 'These answers have been destroyed, as the retention policy said they would be.', { destroyed: days });
}

/** Names the intake, of whose erasure there is a receipt. */
export function erased(id: string, destroyed: DestroyedDays): Refusal {
  return new Refusal('DESTROYED', 'These answers were erased early, at the client’s own request.', { destroyed, erased: id });
}

export function preserved(): Refusal {
  return new Refusal('PRESERVED', 'These answers are past their date and kept under a legal hold. Nobody can read them here.');
}
