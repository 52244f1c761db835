import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { addDays, type Day } from '../../src/platform/clock.js';
import type { Certificate } from '../../src/retention/certificate.js';
import { Preview, type RunPreview } from '../../src/retention/preview.js';
import { createShares } from '../../src/vault/life-shares.js';
import { TestClock } from '../support/test-clock.js';
import { allDue, NOON, PurgeWorld, TODAY } from './purge-world.js';

const UNTOUCHED = addDays(TODAY, -30);
const NEVER = addDays(TODAY, 300);

describe('a preview', () => {
  let world: PurgeWorld;
  let clock: TestClock;
  let preview: Preview;
  beforeAll(async () => {
    clock = new TestClock(NOON);
    world = await PurgeWorld.make(clock);
    preview = new Preview(world.databases.records, world.keyStore, world.destructionDay(), world.runs);
  });
  afterAll(() => world.close());

  const read = (asked: Day | 'today' | 'next-run' = 'today', cursor?: string) => preview.read(world.siteId, asked, cursor);
  const ofClass = ({ classes }: RunPreview, name: string) => classes.find((row) => row.class === name);

  it('says of a site without intakes that nothing goes', async () => {
    const { classes, intakes, counts, calendar, nextRun } = await read();
    expect(classes).toEqual(CLASSES_FROM_THE_START.map((name) => ({ class: name, destroyed: 0, held: 0, kept: 0 })));
    expect({ intakes, counts, calendar, nextRun }).toEqual({ intakes: [], counts: { destroyed: 0, held: 0 }, calendar: [], nextRun: TODAY });
  });

  it('gives each intake’s classes with their day, the reason, and what kind of hold keeps them', async () => {
    const one = await world.plant({ ...allDue(NEVER), identity: TODAY, notes: addDays(TODAY, -1) }, UNTOUCHED);
    const other = await world.plant({ ...allDue(NEVER), contact: TODAY }, UNTOUCHED);
    const hold = await world.hold({ intakes: [other.id], classes: ['contact', 'address'] });
    const { intakes, counts } = await read();
    const untouched = { rule: 'untouched', from: UNTOUCHED, days: 30, day: TODAY };
    expect(intakes).toEqual([
      {
        id: one.id,
        classes: [
          {
            ...{ class: 'notes', due: addDays(TODAY, -1), heldBy: [] },
            reason: { rule: 'differs', day: addDays(TODAY, -1), expected: { rule: 'untouched', from: UNTOUCHED, days: 14, day: addDays(UNTOUCHED, 14) } },
          },
          { class: 'identity', due: TODAY, reason: untouched, heldBy: [] },
        ],
      },
      { id: other.id, classes: [{ class: 'contact', due: TODAY, reason: untouched, heldBy: ['classes', 'intakes'] }] },
    ]);
    expect(counts).toEqual({ destroyed: 1, held: 1 });
    expect(ofClass(await read(), 'contact')).toEqual({ class: 'contact', destroyed: 0, held: 1, kept: 1 });
    await world.release(hold);
    expect(ofClass(await read(), 'contact')).toEqual({ class: 'contact', destroyed: 1, held: 0, kept: 1 });
  });

  it('names holds of a site, of everything, of a tax year and of days of creation', async () => {
    const { keysOwner } = world.databases;
    const place = (columns: string, ...values: unknown[]) =>
      keysOwner(`INSERT INTO hold (id, placed_at, ${columns}) VALUES ('${randomUUID()}', now(), ${values.map((_, at) => `$${at + 1}`).join(', ')})`, values);
    await place('site_id', world.siteId);
    await place('tax_year', 2026);
    await place('created_from', UNTOUCHED);
    await place('site_id', null);
    const [intake] = (await read()).intakes;
    expect([...intake!.classes[0]!.heldBy].sort()).toEqual(['created', 'everything', 'site', 'taxYear']);
    await keysOwner('UPDATE hold SET released_at = now() WHERE NOT sentinel');
  });

  it('says of shares without an intake that its start broke off', async () => {
    const intakeId = randomUUID();
    const place = { siteId: world.siteId, intakeId, taxYear: 2026, createdDay: TODAY };
    await world.keyStore.transaction((store) => createShares(store, place, new Map([['contact', TODAY]])));
    const found = (await read()).intakes.find(({ id }) => id === intakeId);
    expect(found?.classes).toEqual([{ class: 'contact', due: TODAY, heldBy: [], reason: { rule: 'unrecorded', day: TODAY } }]);
  });

  it('leaves nobody out and shows nobody twice, page by page', async () => {
    for (let n = 0; n < 60; n++) await world.plant({ ...allDue(NEVER), address: addDays(TODAY, n % 4) });
    const on = addDays(TODAY, 3);
    const all = new Set<string>();
    let cursor: string | undefined;
    let total = 0;
    do {
      const page: RunPreview = await read(on, cursor);
      for (const { id } of page.intakes) all.add(id);
      total += page.intakes.length;
      cursor = page.next;
    } while (cursor !== undefined);
    expect(total).toBe(63);
    expect(all.size).toBe(63);
    expect((await read(on)).counts.destroyed).toBe(63);
  });

  it('has no past and no far future, and takes no invented page', async () => {
    await expect(read(addDays(TODAY, -1))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(read(addDays(TODAY, 401))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(read('today', '2027-13-01.x')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('foretells what the runs then destroy, day by day, under a hold', async () => {
    const held = await world.plant({ ...allDue(NEVER), address: addDays(TODAY, 1), notes: addDays(TODAY, 2) });
    await world.hold({ intakes: [held.id] });
    const { calendar, nextRun } = await read('next-run');
    const { coming } = await preview.heldOverTime(world.siteId);
    expect(nextRun).toBe(TODAY);
    const certified: unknown[] = [];
    for (let n = 0; n < 4; n++) {
      const run = await world.purge().execute('nightly');
      expect(run.state).toBe('finished');
      certified.push({ day: addDays(TODAY, n), classes: await destroyedBy(run.id) });
      clock.advanceDays(1);
    }
    const foretold = calendar.slice(0, 4).map(({ day, classes }) => ({
      day,
      classes: Object.fromEntries(classes.filter(({ destroyed }) => destroyed > 0).map((row) => [row.class, row.destroyed])),
    }));
    expect(foretold).toEqual(certified);
    expect(calendar[1]!.classes).toContainEqual({ class: 'address', destroyed: 15, held: 1 });
    const { past, today } = await preview.heldOverTime(world.siteId);
    expect(today).toBe(addDays(TODAY, 4));
    expect(past).toEqual(coming.slice(1, 5));
  });

  it('names how it stands now by today, before the day’s run and after it', async () => {
    const addresses = async () => {
      const { today, coming } = await preview.heldOverTime(world.siteId);
      return { today, first: coming.slice(0, 3).map(({ day, classes }) => [day, classes.address ?? 0] as const) };
    };
    const today = addDays(TODAY, 4);
    const { first: [now, left, next] } = await addresses();
    expect([now![0], left![0], next![0]]).toEqual([today, today, addDays(today, 1)]);
    await world.plant({ ...allDue(NEVER), address: today });
    expect(await addresses()).toEqual({ today, first: [[today, now![1] + 1], left, next] });
    expect((await world.purge().execute('nightly')).state).toBe('finished');
    expect(await addresses()).toEqual({ today, first: [left, next, [addDays(today, 2), next![1]]] });
  });

  /** What a certificate says, by class. */
  async function destroyedBy(run: string): Promise<Record<string, number>> {
    const { body } = (await world.certificates.find(run))!;
    const { buckets } = JSON.parse(body) as Certificate;
    const byClass: Record<string, number> = {};
    for (const { class: name, shares } of buckets) if (shares > 0) byClass[name] = (byClass[name] ?? 0) + shares;
    return byClass;
  }
});
