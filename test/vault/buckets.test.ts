import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { addDays } from '../../src/platform/clock.js';
import { bucketsFor } from '../../src/vault/buckets.js';
import type { KeyStore } from '../../src/vault/key-store.js';
import { LATER, VaultWorld } from './vault-world.js';

describe('buckets', () => {
  let world: VaultWorld;
  let other: KeyStore;
  beforeAll(async () => {
    world = await VaultWorld.make();
    other = await world.anotherProcess();
  });
  afterAll(() => world.close());

  const hex = (key: Uint8Array): string => Buffer.from(key).toString('hex');

  it('are made once for a site, a class and a day, and found again', async () => {
    const siteId = randomUUID();
    const wanted = [{ class: 'notes', day: LATER }, { class: 'contact', day: LATER }, { class: 'notes', day: addDays(LATER, 1) }] as const;
    const made = await world.keyStore.transaction((store) => bucketsFor(store, siteId, wanted));
    expect(made.map((bucket) => ({ class: bucket.class, day: bucket.day }))).toEqual(wanted);
    expect(new Set(made.map(({ key }) => hex(key))).size).toBe(3);
    expect(await other.transaction((store) => bucketsFor(store, siteId, wanted))).toEqual(made);
    const [elsewhere] = await world.keyStore.transaction((store) => bucketsFor(store, randomUUID(), [wanted[0]]));
    expect([elsewhere!.id, hex(elsewhere!.key)]).not.toEqual([made[0]!.id, hex(made[0]!.key)]);
  });

  it('asked for twice in one breath, are one', async () => {
    const twice = [{ class: 'notes', day: LATER }, { class: 'notes', day: LATER }] as const;
    const [a, b] = await world.keyStore.transaction((store) => bucketsFor(store, randomUUID(), twice));
    expect(a).toEqual(b);
  });

  it('are the same for all who make them at once, in whatever order, and nobody waits for ever', async () => {
    // So slow that all of them are in the middle of it together.
    await world.databases.keysOwner(`
      CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$;
      CREATE TRIGGER slow BEFORE INSERT ON bucket FOR EACH ROW EXECUTE FUNCTION slow()`);
    const all = RETENTION_CLASSES.map((cls) => ({ class: cls, day: LATER }));
    const orders = [all, all.toReversed(), [...all.slice(4), ...all.slice(0, 4)]];
    for (let round = 0; round < 3; round++) {
      const siteId = randomUUID();
      const made = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          (i % 2 ? world.keyStore : other).transaction((store) => bucketsFor(store, siteId, orders[i % orders.length]!)),
        ),
      );
      const keys = made.map((buckets) => buckets.map((bucket) => `${bucket.class} ${bucket.id} ${hex(bucket.key)}`).sort());
      expect(new Set(keys.map((one) => one.join())).size).toBe(1);
    }
    await world.databases.keysOwner('DROP FUNCTION slow CASCADE');
  });

  it('of a transaction that failed are not there for the next one', async () => {
    const siteId = randomUUID();
    const wanted = [{ class: 'contact', day: LATER }] as const;
    let lost: string | undefined;
    await expect(world.keyStore.transaction(async (store) => {
      lost = (await bucketsFor(store, siteId, wanted))[0]!.id;
      throw new Error('failed');
    })).rejects.toThrow('failed');
    const [made] = await world.keyStore.transaction((store) => bucketsFor(store, siteId, wanted));
    expect(made!.id).not.toBe(lost);
  });
});
