import type { DueNow } from '../../retention/due-counts.js';
import type { PurgeRun } from '../../retention/purge-run.js';
import type { OperatorWarning } from '../../retention/warnings/operator-warning.js';
import type { FormProblem } from '../form/form-values.js';
import type { RunProgressPage, RunStanding } from '../pages/run-progress-page.js';
import type { RunsPage } from '../pages/runs-page.js';
import type { LocalPath } from '../shell/local-path.js';

export function runPath(id: string): LocalPath {
  return `/runs/${id}`;
}

/** What the page knows besides the numbers: who looks at it, and what went wrong. */
export interface RunsPageFacts {
  readonly mayRun: boolean;
  readonly mayForesee: boolean;
  readonly problems: readonly FormProblem[];
  readonly warnings: readonly OperatorWarning[];
  /** By the runs' ids. */
  readonly keysDestroyed: ReadonlyMap<string, number>;
}

export function runsPageObject(due: DueNow, runs: readonly PurgeRun[], { problems, warnings, keysDestroyed, ...may }: RunsPageFacts): RunsPage {
  return {
    asOf: due.runDay,
    due: due.classes,
    ...may,
    dateInDoubt: due.doubt !== undefined,
    problems,
    warnings: warnings.filter(({ kind }) => kind !== 'date-unconfirmed'), // the page asks for the date itself
    runs: runs.map((run) => ({ path: runPath(run.id), startedAt: run.startedAt, state: run.state, keys: keysDestroyed.get(run.id), ...certificateOf(run) })),
  };
}

export function progressPageObject(run: PurgeRun, isWatched: boolean): RunProgressPage {
  const path = runPath(run.id);
  return { ...standingOf(run), ...(run.state === 'running' ? { again: path, watch: `${path}?watch=on`, isWatched } : {}) };
}

export function standingOf(run: PurgeRun): RunStanding {
  const { state, step, done, total, reason } = run;
  return { state, step, done, total, ...(reason === null ? {} : { reason }), ...certificateOf(run) };
}

/** It is there before the sweep begins, whatever becomes of the sweep. */
function certificateOf({ id, step }: PurgeRun): { readonly certificate?: LocalPath } {
  return step === 'sweep' || step === 'finished' ? { certificate: `${runPath(id)}/certificate` } : {};
}
