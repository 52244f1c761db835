import { setTimeout as sleep } from 'node:timers/promises';
import { must, type Person } from './people.js';
import type { Answer, RunningService } from './running-service.js';

/** A purge run from its start to its end, on one process. @throws Died @returns the run as the API shows it */
export async function runToEnd({ administrator }: { readonly administrator: Person }, service: RunningService, dieAt?: string): Promise<Answer> {
  const { token } = administrator;
  const started = must(await service.ask('POST', '/api/retention/runs', {}, token, dieAt), 202);
  for (;;) {
    const run = must(await service.ask('GET', `/api/retention/runs/${started.body.id}`, undefined, token), 200);
    if (run.body.state !== 'running') return { ...run, body: { ...run.body, id: started.body.id } };
    await sleep(20);
  }
}
