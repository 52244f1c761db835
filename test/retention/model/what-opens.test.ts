import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RunStep } from '../../../src/retention/purge-run.js';
import type { Change } from './changed-policy.js';
import { HOLD_PARTS, type HoldPart } from './model-hold.js';
import { ModelWorld } from './model-world.js';
import { CLASSES, type AskedClass, type Stage } from './oracle.js';

/** The same so many each time; `npm run test:model` tries hundreds of others. */
const ASKED = process.env['THINFILE_MODEL'];
const SEQUENCES = Number(ASKED ?? 100);
const MINUTES = 60_000;

const STAGES: readonly Stage[] = ['open', 'prepared', 'filed', 'accepted', 'rejected', 'done', 'withdrawn', 'abandoned'];
const CUT: readonly RunStep[] = ['intended', 'inputs', 'clean-buckets', 'mixed-buckets', 'master', 'certificate', 'sweep', 'finished'];

type Step =
  | { readonly do: 'run' }
  | { readonly do: 'create'; readonly given: boolean }
  | { readonly do: 'touch' | 'numbers' | 'release' | 'erase'; readonly on: number }
  | { readonly do: 'stage'; readonly on: number; readonly stage: Stage }
  | { readonly do: 'pass'; readonly days: number }
  | ({ readonly do: 'policy' } & Change)
  | { readonly do: 'season'; readonly ahead: number | null }
  | { readonly do: 'hold'; readonly on: number; readonly cls: AskedClass; readonly parts: readonly HoldPart[] }
  | { readonly do: 'crash'; readonly until: RunStep };

const on = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('create' as const), given: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('touch' as const), on }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('numbers' as const), on }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('stage' as const), on, stage: fc.constantFrom(...STAGES) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pass' as const), days: fc.oneof(fc.constantFrom(1, 2, 3, 4), fc.integer({ min: 5, max: 40 }), fc.constantFrom(200, 400)) }) },
  { weight: 3, arbitrary: fc.constant({ do: 'run' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hold' as const), on, cls: fc.constantFrom(...CLASSES), parts: fc.subarray([...HOLD_PARTS], { maxLength: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('release' as const, 'erase' as const), on }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('policy' as const), days: fc.constantFrom(5, 20, 30, 45), keptDays: fc.constantFrom(null, 0, 400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('season' as const), ahead: fc.constantFrom(null, 30, 33, 45, 300) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), until: fc.constantFrom(...CUT) }) },
);

describe('what opens is exactly what the published policy says', () => {
  let world: ModelWorld;
  beforeAll(async () => {
    world = await ModelWorld.start();
  });
  afterAll(() => world.stop());

  it(
    'whatever happens in whatever order, and wherever a run is cut off',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
          await world.beginAnew();
          await world.create(true);
          for (const one of steps) {
            await take(world, one);
            await world.checkReading();
          }
          await world.run();
          await world.checkKeys('exactly');
        }),
        { numRuns: SEQUENCES, endOnFailure: true, ...(ASKED === undefined && { seed: 20_270_201 }) },
      );
      expect(world.intakes.length).toBeGreaterThan(0);
    },
    SEQUENCES > 100 ? 600 * MINUTES : 15 * MINUTES,
  );
});

async function take(world: ModelWorld, one: Step): Promise<void> {
  switch (one.do) {
    case 'create':
      return world.create(one.given);
    case 'touch':
      return world.touch(world.at(one.on)!);
    case 'numbers':
      return world.giveNumbersAgain(world.at(one.on)!);
    case 'stage':
      return world.stage(world.at(one.on)!, one.stage);
    case 'pass':
      return world.pass(one.days);
    case 'hold':
      return world.hold(world.at(one.on)!, one.cls, one.parts);
    case 'release':
      return world.release(one.on);
    case 'erase':
      return world.erase(world.at(one.on)!);
    case 'policy':
      return world.changePolicy(one);
    case 'season':
      return world.moveSeasonEnd(one.ahead);
    case 'run':
      await world.run();
      return world.checkKeys('exactly');
    case 'crash':
      await world.runUntil(one.until);
      return world.checkKeys('at least');
  }
}
