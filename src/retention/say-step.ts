import type { EventLog } from '../platform/event-log.js';
import type { RunStep, StepObserver } from './purge-run.js';

const SAID: Partial<Record<RunStep | 'failed', 'run.started' | 'run.finished' | 'run.failed' | 'run.waiting'>> = {
  clock: 'run.waiting',
  intended: 'run.started',
  finished: 'run.finished',
  failed: 'run.failed',
};

/** Says on the service's console when a run begins and how it ends. */
export function sayStep(events: EventLog): StepObserver {
  return (step, run) => {
    const event = SAID[step];
    if (event) events.say({ event, run });
  };
}
