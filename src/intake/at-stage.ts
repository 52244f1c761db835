import type { Day } from '../platform/clock.js';
import type { IntakeRow } from './intake-row.js';
import { isFinal, type Stage } from './stage.js';

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
