import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeHalf, readHalves } from '../../src/vault/halves.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { MasterFile } from '../../src/vault/master-file.js';
import { rotateMaster, settleRotation } from '../../src/vault/rotate-master.js';
import { findByTerm, sameBytes, TODAY, VaultWorld } from './vault-world.js';

describe('the key store, used by two processes', () => {
  let world: VaultWorld;
  let other: KeyStore;
  beforeAll(async () => {
    world = await VaultWorld.make();
    other = await world.anotherProcess();
  });
  afterAll(() => world.close());

  it('gives each transaction the master that seals the rows now, also after the other process made another', async () => {
    const planted = await world.plant();
    const before = await world.keyStore.transaction(async ({ master }) => ({ number: master.number, key: master.key.slice() }));
    await rotateMaster(other);
    for (const keyStore of [world.keyStore, other]) {
      await keyStore.transaction(async ({ master }) => {
        expect(master.number).toBe(before.number + 1);
        expect(sameBytes(master.key, before.key)).toBe(false);
        expect(sameBytes(master.key, world.masterFile.read()[0]!.key)).toBe(true);
      });
      expect(await world.opens(planted, keyStore)).toBe(true);
    }
    expect(await world.opens(await world.plant({}, randomUUID(), other))).toBe(true);
  });

  it('lets users in together, and a rotation only when they have left; who comes meanwhile waits for its end', async () => {
    const seen: string[] = [];
    let leave!: () => void;
    const inside = new Promise<void>((resolve) => (leave = resolve));
    const number = (await world.master()).number;
    const first = world.keyStore.transaction(async ({ master }) => {
      await inside;
      seen.push(`first ${master.number - number}`);
    });
    await other.transaction(async () => void seen.push('together'));
    const rotation = rotateMaster(other).then(() => void seen.push('rotated'));
    await waitingFor(world, 1);
    const late = world.keyStore.transaction(async ({ master }) => void seen.push(`late ${master.number - number}`));
    await waitingFor(world, 2);
    expect(seen).toEqual(['together']);
    leave();
    await Promise.all([first, rotation, late]);
    expect(seen.slice(0, 2)).toEqual(['together', 'first 0']);
    expect(new Set(seen.slice(2))).toEqual(new Set(['late 1', 'rotated']));
  });

  it('makes two rotations at once into two, one after the other', async () => {
    const planted = await world.plant();
    const { number } = await world.master();
    await Promise.all([rotateMaster(world.keyStore), rotateMaster(other)]);
    expect((await world.master()).number).toBe(number + 2);
    expect(world.masterFile.read()).toHaveLength(1);
    expect(await world.opens(planted, other)).toBe(true);
    await Promise.all([settleRotation(world.keyStore), settleRotation(other)]);
    expect(await world.opens(planted)).toBe(true);
  });

  it('never fails a reader or a writer while the master is rotated again and again', async () => {
    const site = randomUUID();
    const planted = [await world.plant({}, site)];
    const { number } = await world.master();
    let rotating = true;
    const rotations = (async () => {
      for (let i = 0; i < 8; i++) await rotateMaster(i % 2 ? other : world.keyStore);
      rotating = false;
    })();
    const writer = async (keyStore: KeyStore): Promise<number> => {
      let done = 0;
      while (rotating) {
        planted.push(await world.plant({}, site, keyStore));
        const member = randomUUID();
        const half = await keyStore.transaction((store) => makeHalf(store, member, 'session'));
        const read = await keyStore.transaction((store) => readHalves(store, member, [{ id: half.id, kind: 'session' }]));
        expect(sameBytes(read.get(half.id)!, half.bytes)).toBe(true);
        done++;
      }
      return done;
    };
    const reader = async (keyStore: KeyStore): Promise<number> => {
      let done = 0;
      while (rotating) {
        const one = planted[done % planted.length]!;
        expect(await world.opens(one, keyStore)).toBe(true);
        expect(await keyStore.transaction((store) => findByTerm(store, site, 'contact', one.term, TODAY))).toEqual([one.intakeId]);
        done++;
      }
      return done;
    };
    const users = [writer(world.keyStore), writer(other), reader(world.keyStore), reader(other)];
    const done = await Promise.all(users.map((user) => user.catch(async (error: unknown) => ((rotating = false), await rotations, Promise.reject(error)))));
    await rotations;
    expect(Math.min(...done)).toBeGreaterThan(0);
    expect((await world.master()).number).toBe(number + 8);
    for (const one of planted) expect(await world.opens(one)).toBe(true);
  });

  describe('for a single transaction', () => {
    let keyStore: KeyStore;
    beforeEach(() => {
      keyStore = world.keyStore;
    });

    it('wipes the master when the work ends, however it ends', async () => {
      const kept: Uint8Array[] = [];
      await keyStore.transaction(async ({ master }) => void kept.push(master.key));
      await expect(keyStore.exclusively(async ({ master }) => {
        kept.push(master.key);
        throw new Error('work failed');
      })).rejects.toThrow('work failed');
      expect(kept.map((key) => key.every((byte) => byte === 0))).toEqual([true, true]);
    });

    it('rolls back what the work did when it fails', async () => {
      await expect(keyStore.transaction(async ({ tx }) => {
        await tx.query('DELETE FROM bucket');
        throw new Error('work failed');
      })).rejects.toThrow('work failed');
      expect((await world.copy()).buckets.length).toBeGreaterThan(0);
    });

    it('commits to the disk before it answers, on a server that is set not to', async () => {
      const asked = 'SELECT current_setting($1) AS value';
      expect(await world.databases.keys.query(asked, ['synchronous_commit'])).toEqual([{ value: 'off' }]);
      for (const how of ['transaction', 'exclusively'] as const) {
        expect(await keyStore[how](({ tx }) => tx.query(asked, ['synchronous_commit']))).toEqual([{ value: 'on' }]);
      }
      expect(await keyStore.lockAlone((tx) => tx.query(asked, ['synchronous_commit']))).toEqual([{ value: 'on' }]);
    });

    it('refuses to work without the master in force, and before there is a key store', async () => {
      const lost = new KeyStore(world.databases.keys, new MasterFile([`${world.directories[0]}-elsewhere`]));
      await expect(lost.transaction(async () => undefined)).rejects.toThrow('ENOENT');
      const empty = await VaultWorld.empty();
      await expect(empty.keyStore.transaction(async () => undefined)).rejects.toThrow('has not been initialised');
      await empty.close();
    });
  });
});

/** Until this many sessions wait for an advisory lock of this database. */
async function waitingFor(world: VaultWorld, sessions: number): Promise<void> {
  for (let tries = 0; tries < 500; tries++) {
    const rows = await world.databases.keysOwner(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND wait_event = 'advisory'`,
    );
    if (rows.length >= sessions) return;
    await sleep(20);
  }
  throw new Error('nobody waits');
}
