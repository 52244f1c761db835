import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';
import { addDays, type Day } from '../../src/platform/clock.js';
import { readDueDays } from '../../src/vault/due-days-stored.js';
import { createShares, readShares, setDueDays } from '../../src/vault/life-shares.js';
import { aliveOf, codeOf, LATER, lifeIn, sameBytes, TODAY, VaultWorld, type Planted } from './vault-world.js';

describe('life shares', () => {
  let world: VaultWorld;
  beforeAll(async () => {
    world = await VaultWorld.make();
  });
  afterAll(() => world.close());

  const release = (id: string) => world.databases.keysOwner('UPDATE hold SET released_at = now() WHERE id = $1', [id]);
  const setDue = (planted: Planted, due: Partial<Record<RetentionClass, Day>>, today: Day) =>
    world.keyStore.transaction((store) => setDueDays(store, planted.intakeId, new Map(Object.entries(due) as [RetentionClass, Day][]), today));

  it('are alive until the day before their due day, and over from that day on', async () => {
    const planted = await world.plant({ identity: addDays(TODAY, 3) });
    const alive = aliveOf(await world.life(planted, 'identity', addDays(TODAY, 2)));
    expect(sameBytes(alive.share, planted.shares.get('identity')!)).toBe(true);
    expect(alive.bucket).toMatchObject({ siteId: planted.siteId, class: 'identity', day: addDays(TODAY, 3) });
    for (const days of [3, 4, 4000]) {
      expect(await world.life(planted, 'identity', addDays(TODAY, days))).toEqual({ state: 'over', dueDay: addDays(TODAY, 3) });
    }
  });

  it('are over when the bucket is gone, whatever their day', async () => {
    const planted = await world.plant();
    await world.databases.keysOwner('DELETE FROM bucket WHERE site_id = $1 AND class = $2', [planted.siteId, 'notes']);
    expect(await world.life(planted, 'notes')).toEqual({ state: 'over', dueDay: LATER });
    expect((await world.life(planted, 'contact')).state).toBe('alive');
  });

  it('have an answer for everything that is asked, and none for another site', async () => {
    const planted = await world.plant();
    const unknown = randomUUID();
    const read = (siteId: string) =>
      world.keyStore.transaction((store) => readShares(store, siteId, [planted.intakeId, unknown], ['contact', 'notes'], TODAY));
    const here = await read(planted.siteId);
    expect([...here.get(unknown)!]).toEqual([['contact', { state: 'over' }], ['notes', { state: 'over' }]]);
    expect([...here.get(planted.intakeId)!.values()].map(({ state }) => state)).toEqual(['alive', 'alive']);
    const elsewhere = await read(randomUUID());
    expect([...elsewhere.get(planted.intakeId)!.values()]).toEqual([{ state: 'over' }, { state: 'over' }]);
  });

  describe('under a hold', () => {
    const past = addDays(LATER, 1);

    it.each<[string, (planted: Planted) => Record<string, unknown>, 'held' | 'over']>([
      ['that covers everything', () => ({}), 'held'],
      ['on their site', ({ siteId }) => ({ site_id: siteId }), 'held'],
      ['on another site', () => ({ site_id: randomUUID() }), 'over'],
      ['on their intake', ({ intakeId }) => ({ intakes: [randomUUID(), intakeId] }), 'held'],
      ['on another intake', () => ({ intakes: [randomUUID()] }), 'over'],
      ['on their class', () => ({ classes: ['notes', 'address'] }), 'held'],
      ['on another class', () => ({ classes: ['notes'] }), 'over'],
      ['on their tax year', () => ({ tax_year: 2026 }), 'held'],
      ['on another tax year', () => ({ tax_year: 2025 }), 'over'],
      ['from their day of creation', () => ({ created_from: TODAY }), 'held'],
      ['from the day after', () => ({ created_from: addDays(TODAY, 1) }), 'over'],
      ['to their day of creation', () => ({ created_to: TODAY }), 'held'],
      ['to the day before', () => ({ created_to: addDays(TODAY, -1) }), 'over'],
      ['that names their site, but another class', ({ siteId }) => ({ site_id: siteId, classes: ['notes'] }), 'over'],
      ['that was released', () => ({ released_at: new Date() }), 'over'],
    ])('%s', async (_name, scope, state) => {
      const planted = await world.plant();
      const hold = await world.hold(scope(planted));
      expect(await world.life(planted, 'address', past)).toEqual({ state, dueDay: LATER });
      expect((await world.life(planted, 'address', addDays(LATER, -1))).state).toBe('alive'); // a hold takes nothing away before the day
      await release(hold);
      expect((await world.life(planted, 'address', past)).state).toBe('over');
    });

    it('never hear of a key that is gone: a hold brings nothing back', async () => {
      const planted = await world.plant();
      await world.databases.keysOwner('DELETE FROM bucket WHERE site_id = $1', [planted.siteId]);
      const hold = await world.hold();
      expect((await world.life(planted, 'contact', past)).state).toBe('over');
      await release(hold);
    });

    it('are replaced where their key is gone, since a hold keeps nothing of them', async () => {
      const planted = await world.plant();
      await world.databases.keysOwner('DELETE FROM bucket WHERE site_id = $1', [planted.siteId]);
      const hold = await world.hold({ intakes: [planted.intakeId] });
      const place = { siteId: planted.siteId, intakeId: planted.intakeId, taxYear: 2026, createdDay: TODAY };
      await world.keyStore.transaction((store) => createShares(store, place, new Map([['credentials', LATER]])));
      expect((await world.life(planted, 'credentials')).state).toBe('alive');
      await release(hold);
    });

    it('are not replaced by new ones; without it they are', async () => {
      const planted = await world.plant();
      const place = { siteId: planted.siteId, intakeId: planted.intakeId, taxYear: 2026, createdDay: TODAY };
      const anew = () => world.keyStore.transaction((store) => createShares(store, place, new Map([['contact', addDays(LATER, 90)], ['credentials', addDays(LATER, 90)]])));
      const hold = await world.hold({ intakes: [planted.intakeId], classes: ['credentials'] });
      expect(await codeOf(anew())).toBe('PRESERVED');
      expect(await world.opens(planted)).toBe(true);
      await release(hold);
      const lives = await anew();
      for (const cls of ['contact', 'credentials'] as const) {
        const life = aliveOf(await world.life(planted, cls, past));
        expect(sameBytes(life.share, aliveOf(lives.get(cls)!).share)).toBe(true);
        expect(sameBytes(life.share, planted.shares.get(cls)!)).toBe(false);
      }
    });
  });

  describe('get new due days', () => {
    it('sooner or later, without moving: the share and its bucket stay', async () => {
      const planted = await world.plant();
      const bucket = aliveOf(await world.life(planted, 'contact')).bucket.id;
      await setDue(planted, { contact: addDays(LATER, 30), notes: addDays(TODAY, 1) }, TODAY);
      const later = aliveOf(await world.life(planted, 'contact', addDays(LATER, 29)));
      expect([later.dueDay, later.bucket.id]).toEqual([addDays(LATER, 30), bucket]);
      expect((await world.life(planted, 'notes', addDays(TODAY, 1))).state).toBe('over');
      expect((await world.life(planted, 'address', addDays(LATER, -1))).state).toBe('alive');
    });

    it('never after the day has come: what is over stays over, to the day', async () => {
      const planted = await world.plant({ contact: addDays(TODAY, 1), notes: addDays(TODAY, 2) });
      const today = addDays(TODAY, 1);
      await setDue(planted, { contact: LATER, notes: LATER }, today);
      expect(await world.life(planted, 'contact', today)).toEqual({ state: 'over', dueDay: today });
      expect(aliveOf(await world.life(planted, 'notes', today)).dueDay).toBe(LATER);
    });

    it('for one intake alone', async () => {
      const [one, other] = [await world.plant(), await world.plant()];
      await setDue(one, { contact: addDays(TODAY, 1) }, TODAY);
      expect(aliveOf(await world.life(other, 'contact')).dueDay).toBe(LATER);
    });

    it('that can be read without opening anything, of what is alive', async () => {
      const planted = await world.plant({ contact: addDays(TODAY, 1) });
      await world.databases.keysOwner('DELETE FROM bucket WHERE site_id = $1 AND class = $2', [planted.siteId, 'notes']);
      const days = await world.keyStore.transaction((store) => readDueDays(store, [planted.intakeId], ['contact', 'address', 'notes'], addDays(TODAY, 1)));
      expect(days).toEqual(new Map([[planted.intakeId, { address: LATER }]]));
    });
  });

  it('of a transaction that failed were never there', async () => {
    const place = { siteId: randomUUID(), intakeId: randomUUID(), taxYear: 2026, createdDay: TODAY };
    await expect(world.keyStore.transaction(async (store) => {
      await createShares(store, place, new Map([['contact', LATER]]));
      expect((await lifeIn(store, place, 'contact')).state).toBe('alive');
      throw new Error('failed');
    })).rejects.toThrow('failed');
    expect(await world.keyStore.transaction((store) => lifeIn(store, place, 'contact'))).toEqual({ state: 'over' });
  });
});
