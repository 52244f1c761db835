import { setTimeout as sleep } from 'node:timers/promises';
import { must, type Person } from './people.js';
import type { Answer, RunningService } from './running-service.js';

/** A purge run from its start to its end, on one process, after the one that may be under way. @throws Died @returns the run as the API shows it */
export async function runToEnd({ administrator }: { readonly administrator: Person }, service: RunningService, dieAt?: string): Promise<Answer> {
  const { token } = administrator;
  const start = () => service.ask('POST', '/api/retention/runs', {}, token, dieAt);
  let started = await start();
  for (; started.status === 409; started = await start()) await sleep(50);
  const { id } = must(started, 202).body;
  for (;;) {
    const run = must(await service.ask('GET', `/api/retention/runs/${id}`, undefined, token), 200);
    if (run.body.state !== 'running') return { ...run, body: { ...run.body, id } };
    await sleep(20);
  }
}
