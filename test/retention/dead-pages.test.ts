import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DeadShares, nextWidth } from '../../src/retention/dead-pages.js';
import { sweepBatch } from '../../src/retention/sweep-batch.js';
import { sweepDead } from '../../src/retention/sweep-dead.js';
import { allDue, PurgeWorld, TODAY, tracesOf, type Planted } from './purge-world.js';

describe('pages of dead shares', () => {
  let world: PurgeWorld;
  const planted: Planted[] = [];
  beforeAll(async () => {
    world = await PurgeWorld.make();
    for (let n = 0; n < 40; n++) planted.push(await world.plant(n % 4 === 3 ? {} : allDue(TODAY)));
    // A touch writes a share anew at the table's end: some intakes lie on its first pages and on its last.
    const moved = planted.filter((_, n) => n % 5 === 0).map(({ id }) => id);
    await world.databases.keysOwner(`UPDATE life_share SET wrapped = wrapped || repeat('x', 1500)::bytea WHERE class = 'notes'`);
    await world.databases.keysOwner(`UPDATE life_share SET wrapped = wrapped || 'x'::bytea WHERE intake_id = ANY ($1) AND class < 'identity'`, [moved]);
    await world.databases.keysOwner(`DELETE FROM bucket WHERE day <= $1`, [TODAY]);
  });
  afterAll(() => world.close());

  it('hand over every intake that has one, and no other, whatever the batch', async () => {
    const dead = planted.filter((_, n) => n % 4 !== 3).map(({ id }) => id);
    for (const size of [1, 7, 1000]) {
      const shares = await DeadShares.of(world.keyStore, size);
      const found = new Set<string>();
      for (let pages = await shares.next(); pages; pages = await shares.next()) {
        expect(pages.total).toBeGreaterThanOrEqual(pages.intakeIds.length);
        for (const id of pages.intakeIds) found.add(id);
      }
      expect([...found].sort()).toEqual([...dead].sort());
    }
  });

  it('are cleared away whole, wherever the shares of an intake lie', async () => {
    await sweepDead(world.databases.records, world.keyStore, async () => undefined);
    for (const [n, { id }] of planted.entries()) {
      const traces = await tracesOf(world.databases, id);
      expect(traces).toMatchObject(n % 4 === 3 ? { intake: 1, section: 9, share: 9, tombstone: 0 } : { intake: 0, section: 0, share: 0, lookup: 0, tombstone: 1 });
    }
  });

  it('leave an intake whose return is on a list that lives, which lies on other pages', async () => {
    const [listed, alive] = [await world.plant(allDue(TODAY)), await world.plant()];
    for (let n = 0; n < 8; n++) await world.plant();
    // Too long for what is left of any page.
    await world.databases.keysOwner('ALTER TABLE life_share ALTER wrapped SET STORAGE PLAIN');
    await world.databases.keysOwner(
      `INSERT INTO life_share SELECT $1, 'preparer_list', site_id, tax_year, created_day, bucket_id, due_day, wrapped || repeat('x', 7500)::bytea FROM life_share WHERE intake_id = $2 LIMIT 1`,
      [listed.id, alive.id],
    );
    await world.databases.recordsOwner('UPDATE intake SET listed_day = created_day WHERE id = $1', [listed.id]);
    await world.databases.keysOwner(`DELETE FROM bucket WHERE day <= $1`, [TODAY]);
    const pages = async (which: string) =>
      (await world.databases.keysOwner<{ page: number }>(`SELECT (ctid::text::point)[0]::integer AS page FROM life_share WHERE intake_id = $1 AND class ${which} 'preparer_list'`, [listed.id])).map(({ page }) => page);
    const [to] = (await pages('=')) as [number];
    expect(Math.max(...(await pages('<>')))).toBeLessThan(to);
    const { records } = world.databases;
    await sweepBatch(records, world.keyStore, { from: 0, to, intakeIds: [listed.id], whole: [{ intakeId: listed.id, lastDay: TODAY }], total: 1 });
    expect(await tracesOf(world.databases, listed.id)).toMatchObject({ intake: 1, section: 0, share: 1, tombstone: 0 });
  });

  it('pass over a share of the list that a crash left, of a return that is not on it', async () => {
    const [left, again, alive] = [await world.plant(allDue(TODAY)), await world.plant(allDue(TODAY)), await world.plant()];
    await world.databases.keysOwner(`DELETE FROM bucket WHERE day <= $1`, [TODAY]);
    for (const { id } of [left, again]) {
      await world.databases.keysOwner(
        `INSERT INTO life_share SELECT $1, 'preparer_list', site_id, tax_year, created_day, bucket_id, due_day, wrapped FROM life_share WHERE intake_id = $2 LIMIT 1`,
        [id, alive.id],
      );
    }
    const batch = { from: 0, to: 0, whole: [], total: 1 }; // as where the others lie on pages of their own
    const { records } = world.databases;
    await sweepBatch(records, world.keyStore, { ...batch, intakeIds: [left.id] });
    expect(await tracesOf(world.databases, left.id)).toMatchObject({ intake: 0, section: 0, share: 1, tombstone: 1 });
    // What is on the list is found by its record alone.
    await world.databases.recordsOwner('UPDATE intake SET listed_day = created_day WHERE id = $1', [again.id]);
    await sweepBatch(records, world.keyStore, { ...batch, intakeIds: [again.id] });
    expect(await tracesOf(world.databases, again.id)).toMatchObject({ intake: 1, section: 0, share: 1, tombstone: 0 });
  });

  it('leave what began to live anew after they were looked at', async () => {
    const [again, gone, alive] = [await world.plant(allDue(TODAY)), await world.plant(allDue(TODAY)), await world.plant()];
    await world.databases.keysOwner(`DELETE FROM bucket WHERE day <= $1`, [TODAY]);
    const pages = await (await DeadShares.of(world.keyStore, 1000)).next();
    expect(pages!.whole.map(({ intakeId }) => intakeId)).toEqual(expect.arrayContaining([again.id, gone.id]));
    await world.databases.keysOwner(
      `UPDATE life_share SET bucket_id = (SELECT bucket_id FROM life_share WHERE intake_id = $2 AND class = 'credentials') WHERE intake_id = $1 AND class = 'credentials'`,
      [again.id, alive.id],
    );
    const { records } = world.databases;
    await sweepBatch(records, world.keyStore, pages!);
    expect(await tracesOf(world.databases, again.id)).toMatchObject({ intake: 1, section: 1, share: 1, tombstone: 0 });
    expect(await tracesOf(world.databases, gone.id)).toMatchObject({ intake: 0, section: 0, share: 0, tombstone: 1 });
  });

  it('become as many as hold a batch, never more than twice as many at once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(10_000), fc.integer({ min: 1, max: 5000 }), (width, found, size) => {
        const next = nextWidth(width, found, size);
        expect(next).toBeGreaterThanOrEqual(1);
        expect(next).toBeLessThanOrEqual(Math.min(2 * width, 1000));
        if (found > 2 * size && width > 1) expect(next).toBeLessThan(width);
      }),
    );
  });
});
