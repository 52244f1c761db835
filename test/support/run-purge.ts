import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './test-service.js';

/** Starts a run as the administrator does, after the one that may be under way, and waits for its end. */
export async function runPurge(administrator: ApiClient): Promise<{ id: string; state: string }> {
  let started = await administrator.post('/api/retention/runs');
  for (let tries = 0; started.status === 409 && tries < 200; tries++) {
    await sleep(50);
    started = await administrator.post('/api/retention/runs');
  }
  if (started.status !== 202) throw new Error(`the run did not start: ${started.status} ${JSON.stringify(started.body)}`);
  for (let tries = 0; tries < 600; tries++) {
    const { body } = await administrator.get(`/api/retention/runs/${started.body.id}`);
    if (body.state !== 'running') return { id: started.body.id, state: body.state };
    await sleep(50);
  }
  throw new Error('the run does not end');
}
