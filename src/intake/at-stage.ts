import type { Day } from '../platform/clock.js';
import type { IntakeRow } from './intake-row.js';
import { isFinal, type Stage } from './stage.js';

/**
 * The day that a change counts for: the day at the site, but none before the last one, or a touch would bring days of destruction
 * forward where the site has gone west since (docs/decisions/0025).
 */
export function dayOfChange({ touched_day: last }: Pick<IntakeRow, 'touched_day'>, today: Day): Day {
  return last > today ? last : today;
}

/** The row as the stage leaves it. `prepared` and `done` keep the day they came; what has to be worked on again is not prepared. */
export function atStage(row: IntakeRow, stage: Stage | undefined, today: Day): IntakeRow {
  if (!stage || stage === row.stage) return row;
  return {
    ...row,
    stage,
    prepared_day: stage === 'open' || stage === 'rejected' ? null : (row.prepared_day ?? today),
    accepted_day: stage === 'accepted' ? today : row.accepted_day,
    done_day: isFinal(stage) ? today : row.done_day,
  };
}
