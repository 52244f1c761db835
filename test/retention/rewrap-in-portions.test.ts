import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, day } from '../../src/platform/clock.js';
import { rewrapMixedBucket } from '../../src/retention/rewrap-mixed-bucket.js';
import type { Ring } from '../../src/vault/bucket-ring.js';
import { findByTerms } from '../../src/vault/find-by-terms.js';
import { KeyStore, type OpenKeyStore } from '../../src/vault/key-store.js';
import { readLife } from '../../src/vault/read-life.js';
import { PurgeWorld, TODAY, type Planted } from './purge-world.js';

const YESTERDAY = addDays(TODAY, -1);
const PORTION = 2;

/** The key store itself, with somebody coming before each time that it is held alone. */
class Visited extends KeyStore {
  #times = 0;

  constructor(
    { database, masterFile }: KeyStore,
    private readonly before: (time: number) => Promise<void>,
  ) {
    super(database, masterFile);
  }

  override async exclusively<T>(work: (store: OpenKeyStore) => Promise<T>): Promise<T> {
    await this.before(this.#times++);
    return super.exclusively(work);
  }
}

describe('a bucket that is emptied in portions', () => {
  let world: PurgeWorld;
  let goes: Planted;
  let stay: Planted[];
  let held: Planted[];
  let bucketId: string;

  beforeEach(async () => {
    world = await PurgeWorld.make();
    goes = await world.plant({ contact: YESTERDAY });
    [stay, held] = [[], []];
    for (let i = 0; i < 3; i++) {
      const one = await world.plant({ contact: YESTERDAY });
      await world.moveDue(one, addDays(TODAY, 5 + i), 'contact');
      stay.push(one);
    }
    // Of the very day of the bucket: they need one of the same place under another key.
    for (let i = 0; i < 2; i++) held.push(await world.plant({ contact: YESTERDAY }));
    await world.hold({ intakes: held.map(({ id }) => id) });
    bucketId = await bucketOf(goes);
  });
  afterEach(() => world.close());

  const staying = () => [...stay, ...held];
  const rewrap = (before: (time: number) => Promise<void>, lost = 0, portion = PORTION) =>
    rewrapMixedBucket(new Visited(world.keyStore, before), randomUUID(), bucketId, TODAY, async (rows) => expect(rows).toBe(lost), portion);

  it('opens and is found at every moment, lets writers in between, and loses what was due with the last', async () => {
    const left: number[] = [];
    await rewrap(async () => {
      left.push(await sharesIn(bucketId));
      for (const one of staying()) await opensAndIsFound(one);
      expect(await world.opens(goes, 'contact')).toBe(true);
      await world.keyStore.transaction(({ tx }) => tx.query('SELECT 1')); // would wait for ever for one that holds it alone
    });
    expect(left).toEqual([6, 4, 2]);
    expect(await world.opens(goes, 'contact')).toBe(false);
    for (const one of staying()) await opensAndIsFound(one);
    expect(await world.databases.keysOwner('SELECT id FROM bucket WHERE id = $1', [bucketId])).toEqual([]);
    expect(await world.databases.keysOwner('SELECT moved FROM destroyed_bucket WHERE id = $1', [bucketId])).toEqual([{ moved: 5 }]);
  });

  it.each([0, 1, 2])('is made good by the next run when %i portions were carried over before its process died', async (portions) => {
    const cut = new Error('cut');
    await expect(rewrap(async (time) => (time === portions ? Promise.reject(cut) : undefined))).rejects.toBe(cut);
    expect(await sharesIn(bucketId)).toBe(6 - portions * PORTION);
    expect(await world.opens(goes, 'contact')).toBe(true);
    for (const one of staying()) await opensAndIsFound(one);
    const { id, state } = await world.purge().execute('nightly');
    expect(state).toBe('finished');
    expect(await world.opens(goes, 'contact')).toBe(false);
    for (const one of staying()) await opensAndIsFound(one);
    const certificate = JSON.parse((await world.certificates.find(id))!.body) as { moved: number; buckets: { id: string; shares: number }[] };
    expect(certificate.moved).toBe(5);
    expect(certificate.buckets).toEqual([expect.objectContaining({ id: bucketId, shares: 1 })]);
    expect(await world.databases.keysOwner('SELECT id FROM bucket WHERE carried IS NOT NULL')).toEqual([]);
  });

  it('goes on to its end, also when nothing in it is due any more', async () => {
    await expect(rewrap(async (time) => (time === 1 ? Promise.reject(new Error('cut')) : undefined))).rejects.toThrow('cut');
    await world.hold({ intakes: [goes.id] });
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' });
    expect(await world.databases.keysOwner('SELECT id FROM bucket WHERE id = $1', [bucketId])).toEqual([]);
    for (const one of [goes, ...staying()]) await opensAndIsFound(one);
  });

  it('keeps what comes under a hold between two portions', async () => {
    await rewrap(async (time) => {
      if (time === 1) await world.hold({ intakes: [goes.id] });
    });
    expect(await world.databases.keysOwner('SELECT id FROM bucket WHERE id = $1', [bucketId])).toEqual([]);
    for (const one of [goes, ...staying()]) await opensAndIsFound(one);
  });

  it('takes nothing new once a portion has left it', async () => {
    let late: Planted | undefined;
    await rewrap(async (time) => {
      if (time !== 1) return;
      late = await world.plant({ contact: YESTERDAY });
      expect(await bucketOf(late)).not.toBe(bucketId);
      expect(await world.opens(late, 'contact')).toBe(true);
    });
    expect(await world.opens(late!, 'contact')).toBe(true); // due, but this run had not seen it
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' });
    expect(await world.opens(late!, 'contact')).toBe(false);
  });

  it('loses no share when one of a later portion does not open', async () => {
    const [last] = held;
    await world.databases.keysOwner(
      `UPDATE life_share SET wrapped = set_byte(wrapped, 40, (get_byte(wrapped, 40) + 1) % 256) WHERE intake_id = $1 AND class = 'contact'`,
      [last!.id],
    );
    await expect(rewrap(async () => undefined)).rejects.toThrow();
    for (const one of [...stay, held[1]!]) await opensAndIsFound(one);
    expect(await world.databases.keysOwner('SELECT id FROM bucket WHERE id = $1', [bucketId])).toHaveLength(1);
  });

  it('is found by a search that was asked before a portion, which makes a bucket and destroys none, and goes on after it', async () => {
    const ids = stay.map(({ id }) => id);
    let ring: Ring | undefined;
    let found: readonly (readonly string[])[] = [];
    const place = { siteId: world.siteId, class: 'contact' as const, today: day('2000-01-01') };
    const readRing = async () => (await readLife(world.keyStore, { memberId: randomUUID(), halves: [], ring: place })).ring!;
    const before = async (time: number): Promise<void> => {
      if (time === 1) {
        await findByTerms(world.keyStore, await readRing(), { ...place, terms: [] }); // somebody searched before, which sealed it
        ring = await readRing();
        expect(ring.keys).toBeDefined();
      }
      if (time === 2) found = await Promise.all(stay.map(async ({ term }) => [...(await findByTerms(world.keyStore, ring!, { ...place, terms: [term] })).keys()]));
    };
    await rewrap(before, 0, 1);
    expect(found).toEqual(ids.map((id) => [id]));
  });

  async function opensAndIsFound(one: Planted): Promise<void> {
    expect([one.id, await world.opens(one, 'contact')]).toEqual([one.id, true]);
    expect(await world.find(one, 'contact')).toEqual([one.id]);
  }

  async function sharesIn(bucket: string): Promise<number> {
    const rows = await world.databases.keysOwner('SELECT FROM life_share WHERE bucket_id = $1', [bucket]);
    return rows.length;
  }

  async function bucketOf({ id }: Planted): Promise<string> {
    const [row] = await world.databases.keysOwner(`SELECT bucket_id FROM life_share WHERE intake_id = $1 AND class = 'contact'`, [id]);
    return String(row!['bucket_id']);
  }
});
