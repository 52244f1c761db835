import type { DueNow } from '../../retention/due-counts.js';
import type { PurgeRun } from '../../retention/purge-run.js';
import type { FormProblem } from '../form/form-values.js';
import type { RunProgressPage } from '../pages/run-progress-page.js';
import type { RunsPage } from '../pages/runs-page.js';
import type { LocalPath } from '../shell/local-path.js';

export function runPath(id: string): LocalPath {
  return `/runs/${id}`;
}

export function runsPageObject(due: DueNow, runs: readonly PurgeRun[], mayRun: boolean, problems: readonly FormProblem[]): RunsPage {
  return {
    asOf: due.runDay,
    due: due.classes,
    mayRun,
    dateInDoubt: due.doubt !== undefined,
    problems,
    runs: runs.map((run) => ({ path: runPath(run.id), startedAt: run.startedAt, state: run.state, ...certificateOf(run) })),
  };
}

export function progressPageObject(run: PurgeRun): RunProgressPage {
  const { id, state, step, done, total } = run;
  return { state, step, done, total, ...certificateOf(run), ...(state === 'running' ? { again: runPath(id) } : {}) };
}

/** It is there before the sweep begins, whatever becomes of the sweep. */
function certificateOf({ id, step }: PurgeRun): { readonly certificate?: LocalPath } {
  return step === 'sweep' || step === 'finished' ? { certificate: `${runPath(id)}/certificate` } : {};
}
