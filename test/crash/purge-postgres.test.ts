import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CRASH_TIMEOUT_MS, EVERYWHERE } from './die-everywhere.js';
import { DueIntakes } from './due-intakes.js';
import { EmbeddedWorld, type ClusterName } from './embedded-world.js';
import { MasterWatch } from './master-watch.js';
import { dropSpare } from './running-service.js';
import { runToEnd } from './run-to-end.js';

/** Moments of a run, each as far from the next, at which a server dies. Each takes four days, and all of them one season. */
const ROUNDS = EVERYWHERE ? 40 : 6;

let world: EmbeddedWorld;
let masters: MasterWatch;
beforeAll(async () => {
  world = await EmbeddedWorld.founded();
  await world.startBeside();
  masters = new MasterWatch(world);
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

async function makeDue(): Promise<DueIntakes> {
  const intakes = await DueIntakes.make(world);
  await masters.remember();
  return intakes;
}

/** How long a run takes here when nothing dies, in milliseconds. */
async function undisturbed(): Promise<number> {
  const intakes = await makeDue();
  const begun = performance.now();
  await masters.certified(await runToEnd(world, world.service));
  const took = performance.now() - begun;
  await intakes.checkDestroyed();
  return took;
}

/** @returns the run's id; undefined when its beginning was refused, as it is without a database */
async function runThatLoses(name: ClusterName, afterMs: number): Promise<string | undefined> {
  const begins = world.service.ask('POST', '/api/retention/runs', {}, world.administrator.token);
  await sleep(afterMs);
  await world.killServer(name);
  const { status, body } = await begins;
  expect([202, 503]).toContain(status);
  return body.id;
}

async function stateOf(run: string): Promise<string> {
  return (await world.services[1].ask('GET', `/api/retention/runs/${run}`, undefined, world.administrator.token)).body.state;
}

describe.each<ClusterName>(['keys', 'records'])('a run during which PostgreSQL of the %s is killed', (name) => {
  it('leaves nothing due to be read and takes nothing that lives; the next one, in the process beside, ends well', async () => {
    const took = Math.min(await undisturbed(), await undisturbed());
    const states: string[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      const intakes = await makeDue();
      const run = await runThatLoses(name, (took * round) / (ROUNDS + 1));
      await intakes.checkDue();
      await masters.certified(await runToEnd(world, world.services[1]));
      await intakes.checkDestroyed();
      await masters.expectOldDead();
      states.push(run === undefined ? 'refused' : await stateOf(run));
    }
    const cutShort = states.filter((state) => state === 'failed').length;
    if (EVERYWHERE) process.stdout.write(`purge without ${name}: ${cutShort} of ${ROUNDS} runs cut short, no violation\n`);
    expect(states).toContain('failed');
    expect(states).not.toContain('running');
  }, CRASH_TIMEOUT_MS);
});
