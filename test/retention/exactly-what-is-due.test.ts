import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CLASSES_FROM_THE_START, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { addDays, type Day } from '../../src/platform/clock.js';
import { PurgeWorld, TODAY, tracesOf, type Planted } from './purge-world.js';

const CLASSES = ['contact', 'identity', 'notes'] as const satisfies readonly RetentionClass[];

/** Few days, so that intakes meet in buckets. */
const few = fc.integer({ min: -1, max: 1 });
/** An intake: in which bucket each class lies, and how its due day has moved since, both in days from today. */
const intake = fc.record({
  bucket: fc.tuple(few, few, few),
  moved: fc.tuple(few, few, few),
});
/** A hold: which of the intakes, or all; which classes, or all. */
const hold = fc.record({
  intakes: fc.option(fc.uniqueArray(fc.nat(4), { minLength: 1, maxLength: 3 })),
  classes: fc.option(fc.uniqueArray(fc.constantFrom(...CLASSES), { minLength: 1, maxLength: 2 })),
});

describe('a run destroys exactly what is due and not held', () => {
  let world: PurgeWorld;
  beforeAll(async () => {
    world = await PurgeWorld.make();
  });
  afterAll(() => world.close());

  it('whatever lies where, and is held however', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(intake, { minLength: 5, maxLength: 6 }), fc.array(hold, { maxLength: 2 }), async (intakes, holds) => {
        const planted: { is: Planted; due: Record<RetentionClass, Day> }[] = [];
        for (const each of intakes) planted.push(await plant(each.bucket, each.moved));
        const placed: string[] = [];
        for (const { intakes: of, classes } of holds) {
          placed.push(await world.hold({ ...(of ? { intakes: of.flatMap((i) => planted[i]?.is.id ?? []) } : {}), ...(classes ? { classes } : {}) }));
        }
        expect((await world.purge().execute('command')).state).toBe('finished');
        for (const [i, { is, due }] of planted.entries()) {
          for (const cls of CLASSES) {
            const held = holds.some((h) => (!h.intakes || h.intakes.includes(i)) && (!h.classes || h.classes.includes(cls as never)));
            expect([cls, await world.opens(is, cls)]).toEqual([cls, due[cls] > TODAY || held]);
          }
        }
        for (const id of placed) await world.release(id);
        expect((await world.purge().execute('command')).state).toBe('finished');
        for (const { is, due } of planted) {
          const living = CLASSES_FROM_THE_START.filter((cls) => due[cls] > TODAY).length;
          expect(await tracesOf(world.databases, is.id)).toMatchObject({ intake: 1, section: living, share: living, tombstone: 0 });
        }
      }),
      { numRuns: 8 },
    );
  });

  async function plant(bucket: readonly number[], moved: readonly number[]) {
    const laid = Object.fromEntries(CLASSES.map((cls, i) => [cls, addDays(TODAY, bucket[i]!)])) as Partial<Record<RetentionClass, Day>>;
    const is = await world.plant(laid);
    const due = Object.fromEntries(CLASSES_FROM_THE_START.map((cls) => [cls, addDays(TODAY, 7)])) as Record<RetentionClass, Day>;
    for (const [i, cls] of CLASSES.entries()) {
      due[cls] = addDays(laid[cls]!, moved[i]!);
      await world.moveDue(is, due[cls], cls);
    }
    return { is, due };
  }
});
