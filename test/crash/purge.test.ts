import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrashWorld } from './crash-world.js';
import { CRASH_TIMEOUT_MS, dieEverywhere, EVERYWHERE } from './die-everywhere.js';
import { LightLoad } from './light-load.js';
import { DueIntakes } from './due-intakes.js';
import { MasterWatch } from './master-watch.js';
import { runToEnd } from './run-to-end.js';
import { dropSpare } from './running-service.js';

let world: CrashWorld;
let masters: MasterWatch;
beforeAll(async () => {
  world = await CrashWorld.founded();
  masters = new MasterWatch(world);
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

describe('a service killed while it purges', () => {
  it('destroys what is due, keeps what is not, and needs no hand, wherever it dies', async () => {
    const load = await LightLoad.on(world);
    const deaths = await dieEverywhere(world, {
      name: 'purge',
      stride: 5,
      prepare: async () => {
        const intakes = await DueIntakes.make(world);
        await masters.remember();
        return intakes;
      },
      run: (_intakes, dieAt) => runToEnd(world, world.victim, dieAt),
      check: async (intakes, answer) => {
        await intakes.checkDue();
        await masters.expectOne();
        if (answer) expect(answer.body.state).toBe('finished');
        else await masters.certified(await runToEnd(world, world.victim));
        await intakes.checkDestroyed();
        await masters.expectOldDead();
      },
    });
    await load.stop();
    // Which of them a stride meets depends on the order of the two databases' answers; all of them, when it dies everywhere.
    const least = EVERYWHERE ? 3 : 1;
    expect(deaths.filter((where) => where.includes('master.key')).length).toBeGreaterThanOrEqual(least);
    expect(deaths.filter((where) => where.includes('COMMIT')).length).toBeGreaterThanOrEqual(least);
  }, CRASH_TIMEOUT_MS);
});
