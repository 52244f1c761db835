import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/platform/clock.js';
import { DueCounts } from '../../src/retention/due-counts.js';
import { PurgeWorld, TODAY } from './purge-world.js';

describe('the counts of what is due', () => {
  let world: PurgeWorld;
  let counts: DueCounts;
  beforeAll(async () => {
    world = await PurgeWorld.make();
    counts = new DueCounts(world.keyStore, world.destructionDay());
  });
  afterAll(() => world.close());

  it('say how many are due today or were before, by class, and how many of them a hold keeps', async () => {
    const held = await world.plant({ notes: TODAY });
    await world.plant({ notes: addDays(TODAY, -3), contact: TODAY });
    await world.plant({ notes: addDays(TODAY, 1) });
    await world.hold({ intakes: [held.id] });
    expect(await counts.read()).toEqual({
      runDay: TODAY,
      doubt: undefined,
      classes: [
        { class: 'contact', due: 1, held: 0 },
        { class: 'notes', due: 2, held: 1 },
      ],
    });
  });

  it('are what a run then destroys', async () => {
    expect(await world.purge().execute('command')).toMatchObject({ state: 'finished' });
    expect((await counts.read()).classes).toEqual([{ class: 'notes', due: 1, held: 1 }]);
  });
});
