import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { Hold, HoldScope } from '../../vault/holds.js';
import { hasDestroyed, type EndingRun } from './ending-runs.js';
import type { ErasedEarly } from './erased-early.js';
import type { DestroyedIntake } from './too-late.js';

/** As the sweep left it. A tombstone knows no tax year and no day of creation: then those are null. */
export interface Swept {
  readonly intake: string;
  readonly site: string;
  readonly classes: Partial<Record<RetentionClass | 'all', Day>>;
  readonly tax_year: number | null;
  readonly created_day: Day | null;
}

/**
 * Which run destroyed each class. The sweep does not write that down: it is the first that had come to the day, destroyed something
 * of the kind at the site that was due on it, and was kept from it by no hold. What went at its client's own request went after that was
 * approved, and the last of it with the run that the erasure names.
 */
export function runsOf(row: Swept, runs: readonly EndingRun[], holds: readonly Hold[], erased: ErasedEarly | undefined): DestroyedIntake['runs'] {
  const ended = (Object.entries(row.classes) as [RetentionClass | 'all', Day][]).map(([name, day]) => {
    const kept = holds.filter(({ scope }) => mayCover(scope, row, name));
    const possible = erased?.day === day ? runs.filter((run) => mayHaveErased(run, erased, name)) : runs;
    return [name, possible.findLast((run) => (run.days[row.site] ?? '') >= day && hasDestroyed(run, row.site, name, day) && !kept.some((hold) => stood(hold, run)))?.id];
  });
  return Object.fromEntries(ended.filter(([, run]) => run !== undefined));
}

/** A run that was under way at the approval may have gone on to it. */
function mayHaveErased({ id, startedAt }: EndingRun, { run, approvedAt }: ErasedEarly, name: RetentionClass | 'all'): boolean {
  return id === run || ((name !== 'all' || run === null) && startedAt >= approvedAt);
}

function mayCover(scope: HoldScope, { intake, site, tax_year: taxYear, created_day: created }: Swept, name: RetentionClass | 'all'): boolean {
  return (
    (scope.site === undefined || scope.site === site) &&
    (scope.intakes?.includes(intake) ?? true) &&
    (name === 'all' || (scope.classes?.includes(name) ?? true)) &&
    (scope.taxYear === undefined || taxYear === null || scope.taxYear === taxYear) &&
    (created === null || ((scope.from === undefined || created >= scope.from) && (scope.to === undefined || created <= scope.to)))
  );
}

function stood({ placedAt, releasedAt }: Hold, { startedAt }: EndingRun): boolean {
  return placedAt <= startedAt && (releasedAt === null || releasedAt > startedAt);
}
