import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CrashWorld } from './crash-world.js';
import { CRASH_TIMEOUT_MS, dieEverywhere } from './die-everywhere.js';
import { answersFor, Ledger, newIntake } from './ledger.js';
import { dropSpare } from './running-service.js';

let world: CrashWorld;
let ledger: Ledger;
beforeAll(async () => {
  world = await CrashWorld.founded();
  ledger = new Ledger(world);
});
afterAll(async () => {
  await world.close();
  await dropSpare();
});

describe('a service killed while it writes', () => {
  it('creates an intake whole or not at all', async () => {
    const deaths = await dieEverywhere(world, {
      name: 'create',
      prepare: async () => ledger.newPhone(),
      run: (phone, dieAt) => world.victim.ask('POST', '/api/intakes', newIntake(phone), world.preparer.token, dieAt),
      check: async (phone, answer) => {
        if (answer) ledger.acknowledge(answer.body.id, { version: 1, phone });
        else await ledger.settleCreation(phone);
        await ledger.check();
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);

  it('saves all answers of an intake or none of them', async () => {
    const id = await ledger.create(world.survivor);
    const deaths = await dieEverywhere(world, {
      name: 'save',
      prepare: async () => ledger.newPhone(),
      run: (phone, dieAt) =>
        world.victim.ask('PATCH', `/api/intakes/${id}`, { version: ledger.of(id).version, answers: answersFor(phone) }, world.preparer.token, dieAt),
      check: async (phone, answer) => {
        if (answer) ledger.acknowledge(id, { version: answer.body.version, phone });
        else await ledger.settleSave(id, phone);
        await ledger.check();
      },
    });
    expect(deaths.length).toBeGreaterThanOrEqual(2);
  }, CRASH_TIMEOUT_MS);
});
