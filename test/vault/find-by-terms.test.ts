import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from '../../src/crypto/random.js';
import { addDays } from '../../src/platform/clock.js';
import { bucketsFor } from '../../src/vault/buckets.js';
import { unwrapShare, wrapShare } from '../../src/vault/life-shares.js';
import { lookupTag, sealTerm } from '../../src/vault/lookup-tags.js';
import { aliveOf, LATER, lifeIn, search, TODAY, VaultWorld, type Planted } from './vault-world.js';

describe('a search without the lock of the key store', () => {
  let world: VaultWorld;
  beforeAll(async () => {
    world = await VaultWorld.make();
  });
  afterAll(() => world.close());

  const find = ({ siteId, term }: Planted, today = TODAY) =>
    search(world.keyStore, { siteId, class: 'contact', today, terms: [randomBytes(32), term] });

  it('brings the living share of what it finds, and nothing from its due day on', async () => {
    const planted = await world.plant();
    await world.plant({}, planted.siteId);
    const found = await find(planted);
    expect([...found.keys()]).toEqual([planted.intakeId]);
    expect(aliveOf(found.get(planted.intakeId)!.get('contact')!).share).toEqual(planted.shares.get('contact'));
    expect(await find(planted, LATER)).toEqual(new Map());
    expect(await find({ ...planted, siteId: randomUUID() })).toEqual(new Map());
  });

  it('finds what was given a longer life also while it is still in a bucket whose day has come', async () => {
    const planted = await world.plant();
    await world.databases.keysOwner('UPDATE life_share SET due_day = due_day + 9 WHERE intake_id = $1', [planted.intakeId]);
    expect([...(await find(planted, addDays(LATER, 3))).keys()]).toEqual([planted.intakeId]);
  });

  it('finds what a run moves into a new bucket at the same time, again and again', async () => {
    const planted = await world.plant();
    let moving = true;
    const moves = (async () => {
      for (let i = 1; i <= 40; i++) await moveTo(planted, i);
    })().finally(() => (moving = false));
    const searcher = async (): Promise<number> => {
      let done = 0;
      for (; moving; done++) expect([...(await find(planted)).keys()]).toEqual([planted.intakeId]);
      return done;
    };
    const done = await Promise.all([searcher(), searcher(), searcher()]);
    await moves;
    expect(Math.min(...done)).toBeGreaterThan(0);
  });

  /** As a run does it: a new bucket takes the share and its lookup row over, and the old one goes. */
  async function moveTo({ siteId, intakeId, term }: Planted, days: number): Promise<void> {
    await world.keyStore.exclusively(async (store) => {
      const { bucket } = aliveOf(await lifeIn(store, { siteId, intakeId }, 'contact', TODAY));
      const [target] = await bucketsFor(store, siteId, [{ class: 'contact', day: addDays(LATER, days) }]);
      const [share] = await store.tx.query<{ wrapped: Uint8Array }>("SELECT wrapped FROM life_share WHERE intake_id = $1 AND class = 'contact'", [intakeId]);
      const wrapped = Buffer.from(wrapShare(target!, intakeId, unwrapShare(bucket, intakeId, share!.wrapped)));
      await store.tx.query("UPDATE life_share SET bucket_id = $2, wrapped = $3 WHERE intake_id = $1 AND class = 'contact'", [intakeId, target!.id, wrapped]);
      const rows = await store.tx.query<{ slot: number; version: number }>('SELECT slot, version FROM lookup WHERE bucket_id = $1', [bucket.id]);
      for (const row of rows) {
        const sealed = Buffer.from(sealTerm(target!, { intakeId, ...row }, term));
        const values = [target!.id, Buffer.from(lookupTag(target!.key, term)), sealed, intakeId, row.version, row.slot];
        await store.tx.query('UPDATE lookup SET bucket_id = $1, tag = $2, sealed = $3 WHERE intake_id = $4 AND version = $5 AND slot = $6', values);
      }
      await store.tx.query('DELETE FROM bucket WHERE id = $1', [bucket.id]);
    });
  }
});
