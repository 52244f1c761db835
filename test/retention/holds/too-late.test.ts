import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../../src/platform/clock.js';
import { DestroyedBeforeHold } from '../../../src/retention/holds/destroyed-before.js';
import type { RunStep, StepObserver } from '../../../src/retention/purge-run.js';
import { releaseHolds, type HoldScope } from '../../../src/vault/holds.js';
import { TestClock } from '../../support/test-clock.js';
import { allDue, NOON, PurgeWorld, TODAY, type Planted } from '../purge-world.js';

const YESTERDAY = addDays(TODAY, -1);

let clock: TestClock;
let world: PurgeWorld;
/** Alone in its bucket, and in one that another has to leave first. */
let clean: Planted;
let mixed: Planted;
beforeEach(async () => {
  clock = new TestClock(NOON);
  world = await PurgeWorld.make(clock);
  clean = await world.plant({ identity: YESTERDAY });
  mixed = await world.plant({ contact: YESTERDAY });
  const stays = await world.plant({ contact: YESTERDAY });
  await world.moveDue(stays, addDays(TODAY, 7), 'contact');
});
afterEach(() => world.close());

const tooLate = (scope: HoldScope, before?: Date) => new DestroyedBeforeHold(world.databases.records, world.keyStore).read(scope, before);
const cutAt =
  (step: RunStep): StepObserver =>
  (at) => {
    if (at === step) throw new Error('cut');
  };
const named = () => ({ intakes: [clean.id, mixed.id].sort() });

describe('what a hold came too late for', () => {
  it('is nothing before anything is destroyed, due as it may be', async () => {
    expect(await tooLate(named())).toEqual({ runs: [], intakes: [] });
    expect(await tooLate({})).toEqual({ runs: [], intakes: [] });
  });

  it.each(['mixed-buckets', 'master', 'certificate', 'sweep', 'finished'] as const)('is told of a run that got as far as %s', async (step) => {
    const { id: run, state } = await world.purge(cutAt(step)).execute('nightly');
    expect(state).toBe('failed');
    const certified = step === 'sweep' || step === 'finished';
    const both = step !== 'mixed-buckets';
    const what = { run, day: TODAY, policyVersion: 1, certified, classes: { identity: 1, ...(both && { contact: 1 }) } };
    const ofClean = { intake: clean.id, classes: { identity: YESTERDAY }, runs: { identity: run } };
    const ofMixed = { intake: mixed.id, classes: { contact: YESTERDAY }, runs: { contact: run } };
    const intakes = (both ? [ofClean, ofMixed] : [ofClean]).sort((a, b) => (a.intake < b.intake ? -1 : 1));
    expect(await tooLate(named())).toEqual({ runs: [what], intakes });
    expect(await tooLate({})).toEqual({ runs: [what], intakes: [] });
    expect((await tooLate({ classes: ['identity'] })).runs).toEqual([{ ...what, classes: { identity: 1 } }]);
    expect(await tooLate({ classes: ['notes'] })).toEqual({ runs: [], intakes: [] });

    // The next one certifies what this one did not, and is then the one to name.
    const next = await world.purge().execute('nightly');
    expect(next.state).toBe('finished');
    const by = certified ? run : next.id;
    expect((await tooLate({})).runs.map((one) => [one.run, one.certified])).toContainEqual([by, true]);
    expect((await tooLate(named())).intakes.map(({ runs }) => Object.values(runs))).toContainEqual([by]);
  });

  it('is not what others of a bucket lost: days and tax years that the key store still knows are looked at', async () => {
    await world.purge(cutAt('certificate')).execute('nightly');
    for (const scope of [{ taxYear: 2025 }, { from: TODAY }, { intakes: [clean.id], classes: ['contact'] as const }]) {
      expect(await tooLate(scope)).toEqual({ runs: [], intakes: [] });
    }
    expect((await tooLate({ taxYear: 2026, to: TODAY })).runs).toHaveLength(1);
  });

  it('names the run that destroyed an intake, and not one from which a hold kept it', async () => {
    const held = await world.plant(allDue(YESTERDAY));
    const id = await world.hold({ intakes: [held.id] });
    await world.purge().execute('nightly');
    const between = clock.now();
    expect((await tooLate({ intakes: [held.id] })).intakes).toEqual([]);
    clock.advanceDays(1);
    await world.release(id);
    await world.keyStore.transaction(async ({ tx }) => {
      await tx.query('UPDATE hold SET released_at = NULL WHERE id = $1', [id]);
      await releaseHolds(tx, [id], clock.now());
    });
    clock.advanceDays(1);
    const second = await world.purge().execute('nightly');
    expect(second.state).toBe('finished');
    const day = addDays(TODAY, 2);
    expect(await tooLate({ intakes: [held.id] })).toEqual({
      runs: [{ run: second.id, day, policyVersion: 1, certified: true, classes: { all: 1 } }],
      intakes: [{ intake: held.id, classes: { all: YESTERDAY }, runs: { all: second.id } }],
    });
    expect((await tooLate({ classes: ['identity'] }, clock.now())).runs).toHaveLength(2);
    // From a hold that stood by then, the second run took nothing.
    expect((await tooLate({ classes: ['identity'] }, between)).runs.map(({ day: on }) => on)).toEqual([TODAY]);
  });

  it('is not what went after a hold was placed that names the intake and does not cover it', async () => {
    const placed = clock.now();
    const scopes: readonly HoldScope[] = [{ intakes: [clean.id], taxYear: 2025 }, { intakes: [clean.id], from: TODAY }, { intakes: [clean.id], taxYear: 2026 }];
    const gone = await world.plant(allDue(YESTERDAY));
    clock.advanceDays(8);
    const { id: run } = await world.purge().execute('nightly');
    for (const scope of scopes) {
      expect(await tooLate({ ...scope, intakes: [gone.id] }, placed)).toEqual({ runs: [], intakes: [] });
      // Of one that is placed after it, this much is known: it is gone.
      expect((await tooLate({ ...scope, intakes: [gone.id] })).intakes).toEqual([{ intake: gone.id, classes: { all: YESTERDAY }, runs: { all: run } }]);
      expect((await tooLate({ ...scope, intakes: [gone.id] }, clock.now())).intakes).toHaveLength(1);
    }
  });

  it('is told of every run, however many there are a night, and of the year before the newest', async () => {
    const { id } = await world.purge().execute('nightly');
    await world.databases.recordsOwner(
      `INSERT INTO purge_run (id, started_at, trigger, state, step, days)
       SELECT gen_random_uuid(), $1::timestamptz - n * interval '3 hours', 'nightly', 'finished', 'finished', days FROM generate_series(1, 500) n, purge_run r WHERE r.id = $2`,
      [clock.now(), id],
    );
    await world.databases.recordsOwner(
      `INSERT INTO destruction_certificate (run_id, body, note) SELECT r.id, jsonb_set(c.body::jsonb, '{buckets}', '[]')::text, '' FROM purge_run r, destruction_certificate c
       WHERE c.run_id = $1 AND r.id <> $1`,
      [id],
    );
    const old = (await world.databases.recordsOwner<{ run_id: string }>('SELECT run_id FROM destruction_certificate c JOIN purge_run r ON r.id = c.run_id ORDER BY started_at LIMIT 1'))[0]!.run_id;
    await world.databases.recordsOwner('UPDATE destruction_certificate SET body = (SELECT body FROM destruction_certificate WHERE run_id = $2) WHERE run_id = $1', [old, id]);
    expect((await tooLate({})).runs.map(({ run }) => run)).toEqual([id, old]);
    expect(await tooLate({})).not.toHaveProperty('lookedFrom');
    await world.databases.recordsOwner(`UPDATE purge_run SET started_at = started_at - interval '2 years' WHERE id = $1`, [old]);
    expect((await tooLate({})).runs.map(({ run }) => run)).toEqual([id]);
    expect((await tooLate({})).lookedFrom).toBe(addDays(TODAY, -400));
  });
});
