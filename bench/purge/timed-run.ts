import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { JOBS } from '../../src/platform/records-database.js';
import { httpClient } from '../service/http-client.js';
import { processorSeconds } from '../service/processor-time.js';
import type { Served } from '../service/served.js';

export interface TimedRun {
  /** From the request that asks for the run until nothing that was due opens. */
  readonly askedToEnd: number;
  /** Of that, the steps that destroy: clean buckets, mixed buckets, the new master. */
  readonly accessEnd: number;
  readonly certificate: number;
  readonly sweep: number;
  /** Of the processor, in the service and the two servers. */
  readonly sweepProcessor: number;
}

const DESTROYING = new Set(['clean-buckets', 'mixed-buckets', 'master']);
const LOOK_EVERY_MS = 2;
/** While a sweep goes on: a hundredth of its time, up to this. It makes way for whoever is at work, and this passes for a job. */
const LOOK_AT_SWEEP_EVERY_MS = 50;

/**
 * A run in the service, as an administrator asks for it, timed by its own row in the records, in seconds.
 * @param onSweep told that the sweep has begun; what it does goes on beside it
 */
export async function timedRun(served: Served, onSweep: () => void = () => undefined): Promise<TimedRun> {
  const records = new pg.Client({ connectionString: served.records, application_name: JOBS });
  await records.connect();
  try {
    return await timed(served, records, onSweep);
  } finally {
    await records.end();
  }
}

async function timed(served: Served, records: pg.Client, onSweep: () => void): Promise<TimedRun> {
  const began = new Map<string, number>();
  let processor = 0;
  const asked = performance.now();
  const { id } = await httpClient({ port: served.port, token: served.administrator })<{ id: string }>('POST', '/api/retention/runs', {});
  for (let over = false; !over; await pause(untilNextLook(began.get('sweep')))) {
    const { rows } = await records.query<{ step: string; state: string; reason: string | null }>('SELECT step, state, reason FROM purge_run WHERE id = $1', [id]);
    const { step, state, reason } = rows[0]!;
    if (state === 'failed' || state === 'waiting') throw new Error(`the run ${state}: ${reason}`);
    const name = DESTROYING.has(step) ? 'destroying' : step;
    if (!began.has(name)) {
      began.set(name, performance.now());
      if (name === 'sweep') {
        onSweep();
        processor = await processorSeconds(served);
      }
    }
    over = state === 'finished';
  }
  const sweepProcessor = (await processorSeconds(served)) - processor;
  const at = (name: string): number => began.get(name) ?? asked;
  const seconds = (from: number, to: number): number => (to - from) / 1000;
  return {
    askedToEnd: seconds(asked, at('certificate')),
    accessEnd: seconds(at('destroying'), at('certificate')),
    certificate: seconds(at('certificate'), at('sweep')),
    sweep: seconds(at('sweep'), at('finished')),
    sweepProcessor,
  };
}

/** @param began the sweep, if it has */
function untilNextLook(began: number | undefined): number {
  return began === undefined ? LOOK_EVERY_MS : Math.min(Math.max((performance.now() - began) / 100, LOOK_EVERY_MS), LOOK_AT_SWEEP_EVERY_MS);
}
