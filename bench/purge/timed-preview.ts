import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { DEMO_TIME_ZONE } from '../../src/demo/members.js';
import { addDays, Clock } from '../../src/platform/clock.js';
import type { Row } from '../measure.js';
import { makeBucketsOf } from '../service/fill-keys.js';
import { httpClient } from '../service/http-client.js';
import type { Served } from '../service/served.js';
import { dueOn, fillDue, settle } from './fill-due.js';

const AHEAD = 60;
const TIMES = 3;

/** What is asked before a destruction, where everything of so many intakes is due on one day: the preview, and the list of holds. Best of three. */
export async function timedPreview(served: Served, intakes: number): Promise<Row> {
  const due = addDays(Clock.system().today(DEMO_TIME_ZONE), AHEAD);
  await makeBucketsOf(served, RETENTION_CLASSES, [due]);
  await fillDue(served, await dueOn(served, intakes, due));
  await settle(served);
  const call = httpClient({ port: served.port, token: served.administrator });
  const previewSeconds = await best(() => call('POST', '/api/retention/preview', { asOf: due }));
  await call('POST', '/api/holds', { matter: 'Benchmark', scope: { classes: ['address'] } });
  const underHoldSeconds = await best(() => call('POST', '/api/retention/preview', { asOf: due }));
  const holdsSeconds = await best(() => call('GET', '/api/holds'));
  return { name: `preview of ${intakes} due on one day`, previewSeconds, underHoldSeconds, holdsSeconds };
}

async function best(work: () => Promise<unknown>): Promise<number> {
  let least = Infinity;
  for (let n = 0; n < TIMES; n++) {
    const began = performance.now();
    await work();
    least = Math.min(least, performance.now() - began);
  }
  return least / 1000;
}
