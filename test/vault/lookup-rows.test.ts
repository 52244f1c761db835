import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from '../../src/crypto/random.js';
import { addDays, type Day } from '../../src/platform/clock.js';
import { openBucket } from '../../src/vault/buckets.js';
import { addLookups, type LookupTerm } from '../../src/vault/lookup-rows.js';
import { leftBlankTerm, lookupTag, lookupTerm, openTerm, sealTerm, untouchedTerm } from '../../src/vault/lookup-tags.js';
import { refusalCode } from '../support/refusal-code.js';
import { aliveOf, findByTerm, LATER, lifeIn, sameBytes, TODAY, VaultWorld, type Planted } from './vault-world.js';

interface Row {
  readonly slot: number;
  readonly version: number;
  readonly bucket_id: string;
  readonly tag: Buffer;
  readonly sealed: Buffer;
}

describe('lookup rows', () => {
  let world: VaultWorld;
  let siteId: string;
  let term: Uint8Array;
  const lookupKey = randomBytes(32);
  beforeAll(async () => {
    world = await VaultWorld.make();
  });
  beforeEach(() => {
    siteId = randomUUID();
    term = lookupTerm(lookupKey, 'phone', randomUUID());
  });
  afterAll(() => world.close());

  const add = (planted: Planted, version: number, terms: readonly LookupTerm[], today: Day = TODAY) =>
    world.keyStore.transaction(async (store) => {
      const lives = new Map([['contact', await lifeIn(store, planted, 'contact', today)], ['identity', await lifeIn(store, planted, 'identity', today)]] as const);
      await addLookups(store, { intakeId: planted.intakeId, version }, terms, lives);
    });
  const find = (site = siteId, wanted = term, today: Day = TODAY) =>
    world.keyStore.transaction((store) => findByTerm(store, site, 'contact', wanted, today));
  const rowsOf = (planted: Planted) =>
    world.databases.keysOwner<Row>('SELECT slot, version, bucket_id, tag, sealed FROM lookup WHERE intake_id = $1 ORDER BY version, slot', [planted.intakeId]);

  it('find the intakes of the site with this value in this class, and no others', async () => {
    const [one, two, bystander] = [await world.plant({}, siteId), await world.plant({ contact: addDays(LATER, 9) }, siteId), await world.plant({}, siteId)];
    const foreign = await world.plant();
    for (const planted of [one, two, foreign]) await add(planted, 2, [{ slot: 2, class: 'contact', term }]);
    await add(bystander, 2, [{ slot: 2, class: 'identity', term }]);
    expect([...(await find())].sort()).toEqual([one.intakeId, two.intakeId].sort());
    expect(await find(foreign.siteId)).toEqual([foreign.intakeId]);
    expect(await find(randomUUID())).toEqual([]);
    expect(await find(siteId, lookupTerm(lookupKey, 'phone', 'another'))).toEqual([]);
  });

  it('find nothing from the due day on, and nothing whose bucket is gone', async () => {
    const planted = await world.plant({}, siteId);
    await add(planted, 2, [{ slot: 2, class: 'contact', term }]);
    expect(await find(siteId, term, addDays(LATER, -1))).toEqual([planted.intakeId]);
    expect(await find(siteId, term, LATER)).toEqual([]);
    await world.databases.keysOwner('DELETE FROM bucket WHERE site_id = $1', [siteId]);
    expect(await find()).toEqual([]);
  });

  it('look unrelated in two buckets, equal in one, and have nothing to do with the value’s own bytes', async () => {
    const [one, same, other] = [await world.plant({}, siteId), await world.plant({}, siteId), await world.plant({ contact: addDays(LATER, 9) }, siteId)];
    const tags = [];
    for (const planted of [one, same, other]) {
      await add(planted, 2, [{ slot: 2, class: 'contact', term }]);
      tags.push((await rowsOf(planted)).at(-1)!.tag);
    }
    expect(tags[0]).toEqual(tags[1]);
    expect(tags[2]).not.toEqual(tags[0]);
    expect(tags.every((tag) => tag.length === 16 && !Buffer.from(term).includes(tag))).toBe(true);
  });

  it('of blanks are there like any other, and never alike', async () => {
    const planted = await world.plant({}, siteId);
    const blank = (slot: number, cls: 'contact' | 'identity', termOf = untouchedTerm) => ({ slot, class: cls, term: termOf(lookupKey, planted.intakeId, slot) });
    await add(planted, 2, [blank(1, 'contact', leftBlankTerm), blank(2, 'contact', leftBlankTerm), blank(3, 'contact'), blank(4, 'identity'), { slot: 5, class: 'contact', term }]);
    const rows = (await rowsOf(planted)).filter(({ version }) => version === 2);
    expect(rows.map(({ slot }) => slot)).toEqual([1, 2, 3, 4, 5]);
    expect(new Set(rows.map(({ tag }) => tag.toString('hex'))).size).toBe(5);
    expect(new Set(rows.map(({ sealed }) => sealed.length))).toEqual(new Set([73]));
  });

  it('are not written for a class that is over', async () => {
    const planted = await world.plant({ contact: addDays(TODAY, 1) }, siteId);
    const before = (await rowsOf(planted)).length;
    await add(planted, 2, [{ slot: 2, class: 'contact', term }, { slot: 4, class: 'identity', term }], addDays(TODAY, 1));
    expect((await rowsOf(planted)).slice(before).map(({ slot }) => slot)).toEqual([4]);
  });

  it('carry their value, so that it can be moved to another bucket with nobody signed in, and is found there', async () => {
    const planted = await world.plant({}, siteId);
    await add(planted, 2, [{ slot: 2, class: 'contact', term }]);
    const target = aliveOf(await world.life(await world.plant({ contact: addDays(LATER, 5) }, siteId), 'contact')).bucket;
    const place = { intakeId: planted.intakeId, slot: 2, version: 2 };
    const row = (await rowsOf(planted)).at(-1)!;
    await world.keyStore.exclusively(async ({ tx, master }) => {
      const from = openBucket(master, (await world.copy()).buckets.find(({ id }) => id === row.bucket_id)!);
      const opened = openTerm(from, place, row.sealed);
      expect(sameBytes(opened, term)).toBe(true);
      await tx.query('UPDATE lookup SET bucket_id = $1, tag = $2, sealed = $3 WHERE intake_id = $4 AND version = 2', [
        target.id,
        Buffer.from(lookupTag(target.key, opened)),
        Buffer.from(sealTerm(target, place, opened)),
        planted.intakeId,
      ]);
    });
    expect(await find()).toEqual([planted.intakeId]);
    const moved = (await rowsOf(planted)).find(({ version }) => version === 2)!;
    expect(sameBytes(openTerm(target, place, moved.sealed), term)).toBe(true);
    for (const wrong of [{ slot: 3 }, { version: 3 }, { intakeId: randomUUID() }]) {
      expect(refusalCode(() => openTerm(target, { ...place, ...wrong }, moved.sealed))).toBe('NOT_AUTHENTIC');
    }
  });
});
