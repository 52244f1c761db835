import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { addDays } from '../../src/platform/clock.js';
import { sweepRestored } from '../../src/retention/sweep-restored.js';
import { allDue, PurgeWorld, TODAY, type Planted } from './purge-world.js';

const CLASSES = CLASSES_FROM_THE_START.length;

/** Rows of the records as a backup brings them back, beside a key store that has gone on. */
describe('the sweep of restored records', () => {
  let world: PurgeWorld;
  beforeEach(async () => {
    world = await PurgeWorld.make();
  });
  afterEach(() => world.close());

  async function restoredAfterARun(...planted: readonly Planted[]): Promise<void> {
    const ids = planted.map(({ id }) => id);
    const { recordsOwner } = world.databases;
    await recordsOwner('CREATE TABLE kept_intake AS SELECT * FROM intake WHERE id = ANY ($1)', [ids]);
    await recordsOwner('CREATE TABLE kept_section AS SELECT * FROM section WHERE intake_id = ANY ($1)', [ids]);
    expect((await world.purge().execute('nightly')).state).toBe('finished');
    await recordsOwner('DELETE FROM tombstone WHERE intake_id = ANY ($1)', [ids]);
    await recordsOwner('DELETE FROM section WHERE intake_id = ANY ($1)', [ids]);
    await recordsOwner('DELETE FROM intake WHERE id = ANY ($1)', [ids]);
    await recordsOwner('INSERT INTO intake OVERRIDING SYSTEM VALUE SELECT * FROM kept_intake');
    await recordsOwner('INSERT INTO section SELECT * FROM kept_section');
  }

  function sweep() {
    return sweepRestored(world.databases.records, world.keyStore, TODAY, async () => undefined);
  }

  async function sectionsOf({ id }: Planted): Promise<number> {
    return (await world.databases.recordsOwner('SELECT FROM section WHERE intake_id = $1', [id])).length;
  }

  it('finds what died since, which opens no more although its rows are back, and leaves what is held, whole and readable', async () => {
    const dead = await world.plant(allDue(TODAY));
    const held = await world.plant(allDue(TODAY));
    const erasedAndHeld = await world.plant(); // due early by its client's own wish, then held
    await world.moveDue(erasedAndHeld, TODAY);
    await world.hold({ intakes: [held.id, erasedAndHeld.id] });
    await restoredAfterARun(dead, held, erasedAndHeld);
    expect([await sectionsOf(dead), await world.opens(dead, 'identity')]).toEqual([CLASSES, false]);

    expect(await sweep()).toEqual({ sections: CLASSES, intakes: 1, sharesTried: 0, living: 2 });
    expect(await sectionsOf(dead)).toBe(0);
    for (const one of [held, erasedAndHeld]) {
      expect(await sectionsOf(one)).toBe(CLASSES);
      for (const name of CLASSES_FROM_THE_START) expect(await world.opens(one, name)).toBe(true);
    }
    expect(await sweep()).toEqual({ sections: 0, intakes: 0, sharesTried: 0, living: 2 });
  });

  it('goes by the key store and not by the days of the restored rows', async () => {
    const early = await world.plant(); // erased since: the restored rows give it another week
    await world.moveDue(early, TODAY);
    const later = await world.plant(allDue(TODAY)); // touched since: the restored rows say today
    await world.moveDue(later, addDays(TODAY, 20));
    await restoredAfterARun(early, later);
    expect(await sweep()).toEqual({ sections: CLASSES, intakes: 1, sharesTried: 0, living: 1 });
    expect([await sectionsOf(early), await sectionsOf(later)]).toEqual([0, CLASSES]);
    for (const name of CLASSES_FROM_THE_START) expect(await world.opens(later, name)).toBe(true);
  });

  it('of an intake takes the classes that died and leaves those that a hold names', async () => {
    const mixed = await world.plant(allDue(TODAY));
    await world.hold({ intakes: [mixed.id], classes: ['identity', 'notes'] });
    await restoredAfterARun(mixed);
    expect(await sweep()).toEqual({ sections: CLASSES - 2, intakes: 0, sharesTried: 0, living: 1 });
    expect([await world.opens(mixed, 'identity'), await world.opens(mixed, 'notes'), await sectionsOf(mixed)]).toEqual([true, true, 2]);
  });

  describe('of which the key store still has shares, as a copy of its tables can have brought back', () => {
    const keys = (text: string, ...parameters: unknown[]) => world.databases.keysOwner(text, parameters);

    async function withOldShares(): Promise<Planted> {
      const dead = await world.plant(allDue(TODAY));
      await world.plant(); // another intake of the site, with buckets that live on
      await keys('CREATE TABLE kept_share AS SELECT * FROM life_share WHERE intake_id = $1', dead.id);
      await restoredAfterARun(dead);
      await keys('INSERT INTO life_share SELECT * FROM kept_share');
      return dead;
    }

    it('tries each of them with the keys that there are, and none opens', async () => {
      const dead = await withOldShares();
      expect(await sweep()).toEqual({ sections: CLASSES, intakes: 1, sharesTried: CLASSES, living: 1 });
      expect(await sectionsOf(dead)).toBe(0);
    });

    it('says so, and sweeps nothing, when one opens after all: a share that is filed under a bucket that is gone, and is of one that is not', async () => {
      const dead = await withOldShares();
      const alive = await world.plant();
      await keys(`UPDATE life_share SET bucket_id = gen_random_uuid() WHERE intake_id = $1 AND class = 'identity'`, alive.id);
      const error = await sweep().catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ name: 'DeadOpened', message: expect.stringMatching(new RegExp(`NOT DESTROYED: 1 of ${CLASSES + 1} .* CAN BE OPENED.*: intake ${alive.id}, identity\\. `)) });
      expect([await sectionsOf(dead), await sectionsOf(alive)]).toEqual([CLASSES, CLASSES]);
    });
  });
});
