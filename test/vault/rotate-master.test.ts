import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from '../../src/crypto/random.js';
import { openBucket } from '../../src/vault/buckets.js';
import { destroyHalves, makeHalf, openHalf, openHalvesKey, readHalves, type Half, type HalfKind } from '../../src/vault/halves.js';
import { initialiseKeyStore } from '../../src/vault/initialise-key-store.js';
import type { NumberedMaster } from '../../src/vault/master-file.js';
import { rotateMaster, settleRotation } from '../../src/vault/rotate-master.js';
import { refusalCode } from '../support/refusal-code.js';
import { codeOf, sameBytes, VaultWorld, type Copy, type Planted } from './vault-world.js';

const KINDS: readonly HalfKind[] = ['password', 'session', 'grant'];

describe('rotation of the master', () => {
  let world: VaultWorld;
  let planted: readonly Planted[];
  const member = randomUUID();
  let halves: readonly (Half & { readonly kind: HalfKind })[];

  beforeEach(async () => {
    world ??= await VaultWorld.empty();
    await initialiseKeyStore(world.keyStore);
    const site = randomUUID();
    planted = [await world.plant(), await world.plant({}, site), await world.plant({}, site)];
    halves = await world.keyStore.transaction(async (store) => {
      const made = [];
      for (const kind of KINDS) made.push({ kind, ...(await makeHalf(store, member, kind)) });
      return made;
    });
  });
  afterEach(() => world.forgetEverything());
  afterAll(() => world.close());

  const files = (): readonly Buffer[] => world.directories.map((directory) => readFileSync(join(directory, 'master.key')));

  async function everythingOpens(): Promise<boolean> {
    for (const one of planted) if (!(await world.opens(one))) return false;
    const read = await world.keyStore.transaction((store) => readHalves(store, member, halves));
    return halves.every((half) => sameBytes(read.get(half.id)!, half.bytes));
  }

  /** How many of a copy's keys any of these masters opens, whatever number is written beside the row. */
  function opened({ buckets, halvesKey }: Copy, masters: readonly NumberedMaster[]): number {
    const opens = (open: (master: NumberedMaster, number: number) => unknown): boolean =>
      masters.some((master) => [1, 2, 3].some((number) => refusalCode(() => open(master, number)) === undefined));
    return (
      buckets.filter((row) => opens((master, number) => openBucket(master, { ...row, master: number }))).length +
      Number(opens((master, number) => openHalvesKey(master, { ...halvesKey, master: number })))
    );
  }

  it('seals every bucket key and every half anew, and changes none', async () => {
    const [keys, copy] = [await world.bucketKeys(), await world.copy()];
    expect(await rotateMaster(world.keyStore)).toEqual({ master: 2 });
    expect(await world.bucketKeys()).toEqual(keys);
    expect(await everythingOpens()).toBe(true);
    const now = await world.copy();
    expect(now.buckets.filter((row, i) => sameBytes(row.sealed_key, copy.buckets[i]!.sealed_key))).toEqual([]);
    expect(now.halves.filter((row, i) => sameBytes(row.sealed, copy.halves[i]!.sealed))).toEqual([]);
    expect(now.halvesKey.id).not.toBe(copy.halvesKey.id);
    expect(world.masterFile.read().map(({ number }) => number)).toEqual([2]);
    expect(files()[0]).toEqual(files()[1]);
  });

  it('leaves old and new apart: neither master opens anything of the other’s rows', async () => {
    const [copy, old] = [await world.copy(), world.masterFile.read()];
    await rotateMaster(world.keyStore);
    const [now, masters] = [await world.copy(), world.masterFile.read()];
    expect([opened(copy, old), opened(now, masters)]).toEqual([copy.buckets.length + 1, now.buckets.length + 1]);
    expect([opened(copy, masters), opened(now, old)]).toEqual([0, 0]);
  });

  it('ends destroyed halves in old copies: today’s keys do not open them, nor does the key store when they are put back', async () => {
    const copy = await world.copy();
    await world.keyStore.transaction((store) => Promise.all(halves.map(({ id, kind }) => destroyHalves(store, member, kind, [id]))));
    await rotateMaster(world.keyStore);
    const now = await world.copy();
    const key = openHalvesKey(await world.master(), now.halvesKey);
    for (const row of copy.halves) {
      for (const keyId of [now.halvesKey.id, copy.halvesKey.id]) expect(refusalCode(() => openHalf(key, keyId, row))).toBe('NOT_AUTHENTIC');
    }
    const [row] = copy.halves;
    await world.databases.keysOwner('INSERT INTO half (id, member_id, kind, sealed) VALUES ($1, $2, $3, $4)', Object.values(row!));
    expect(await codeOf(world.keyStore.transaction((store) => readHalves(store, member, [row!])))).toBe('NOT_AUTHENTIC');
    await world.databases.keysOwner('UPDATE halves_key SET id = $1, sealed = $2', [copy.halvesKey.id, copy.halvesKey.sealed]);
    expect(await codeOf(world.keyStore.transaction((store) => readHalves(store, member, [row!])))).toBe('NOT_AUTHENTIC');
  });

  it('numbers on from wherever it is, and uses both slots in turn', async () => {
    for (const number of [2, 3, 4]) expect(await rotateMaster(world.keyStore)).toEqual({ master: number });
    expect(await everythingOpens()).toBe(true);
  });

  describe('interrupted', () => {
    const failing = (when: string, timing = '') =>
      world.databases.keysOwner(`
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'interrupted'; END $$;
        CREATE ${timing ? 'CONSTRAINT ' : ''}TRIGGER interrupts ${when} ${timing} FOR EACH ROW EXECUTE FUNCTION fail()`);
    const working = () => world.databases.keysOwner('DROP FUNCTION IF EXISTS fail CASCADE');
    afterEach(working);

    async function settles(number: number): Promise<void> {
      expect(await everythingOpens()).toBe(true); // before it is settled, too
      expect(await settleRotation(world.keyStore)).toEqual({ master: number });
      expect(world.masterFile.read().map((master) => master.number)).toEqual([number]);
      for (const content of files()) expect(content.subarray(((number + 1) % 2) * 64).subarray(0, 64)).toEqual(Buffer.alloc(64));
      expect(await everythingOpens()).toBe(true);
      expect(await rotateMaster(world.keyStore)).toEqual({ master: number + 1 });
      expect(await everythingOpens()).toBe(true);
    }

    it('after the next master was written in one location only', async () => {
      const [path] = world.directories;
      const before = files()[1]!;
      world.masterFile.write({ number: 2, key: randomBytes(32) });
      writeFileSync(join(path, 'master.key'), before);
      await settles(1);
    });

    it('after the next master was written everywhere', async () => {
      world.masterFile.write({ number: 2, key: randomBytes(32) });
      await settles(1);
    });

    it.each([
      ['among the buckets', 'BEFORE UPDATE ON bucket', ''],
      ['among the halves', 'BEFORE UPDATE ON half', ''],
      ['at the halves’ key', 'AFTER UPDATE ON halves_key', ''],
      ['at the number', 'AFTER UPDATE ON key_store', ''],
      ['at the commit', 'AFTER UPDATE ON key_store', 'DEFERRABLE INITIALLY DEFERRED'],
    ])('%s', async (_name, when, timing) => {
      await failing(when, timing);
      await expect(rotateMaster(world.keyStore)).rejects.toThrow('interrupted');
      await working();
      await settles(1);
    });

    it('after the commit, before the old one was overwritten', async () => {
      const [old] = world.masterFile.read();
      await rotateMaster(world.keyStore);
      world.masterFile.write(old!);
      await settles(2);
    });

    it('half-way through overwriting it', async () => {
      await rotateMaster(world.keyStore);
      for (const [i, directory] of world.directories.entries()) {
        const content = files()[i]!;
        content.set(randomBytes(i === 0 ? 64 : 20), 64);
        writeFileSync(join(directory, 'master.key'), content);
      }
      await settles(2);
    });

    it.each([0, 1])('by a location that is away (%i): nothing is overwritten, and work goes on', async (which) => {
      const path = join(world.directories[which]!, 'master.key');
      const before = files();
      renameSync(path, `${path}.away`);
      await expect(rotateMaster(world.keyStore)).rejects.toThrow('ENOENT');
      await expect(settleRotation(world.keyStore)).rejects.toThrow('ENOENT');
      expect(await everythingOpens()).toBe(true);
      renameSync(`${path}.away`, path);
      expect(files()).toEqual(before);
      await settles(1);
    });

    it('by a key that does not open: the old master stays, and the next is not begun', async () => {
      const before = files();
      const { sealed_key, id } = (await world.copy()).buckets[0]!;
      await world.databases.keysOwner('UPDATE bucket SET sealed_key = set_byte(sealed_key, 30, get_byte(sealed_key, 30) # 1) WHERE id = $1', [id]);
      await expect(rotateMaster(world.keyStore)).rejects.toThrow(`bucket ${id} does not open`);
      expect(files()).toEqual(before);
      await world.databases.keysOwner('UPDATE bucket SET sealed_key = $1 WHERE id = $2', [sealed_key, id]);
      await settles(1);
    });

    it('between the commit and the look at it, with a second rotation on its heels: that one looks first', async () => {
      const [old] = world.masterFile.read();
      await rotateMaster(world.keyStore);
      world.masterFile.write(old!);
      const { id } = (await world.copy()).halves[0]!;
      await world.databases.keysOwner('UPDATE half SET sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) WHERE id = $1', [id]);
      await expect(rotateMaster(world.keyStore)).rejects.toThrow(`half ${id} does not open`);
      expect(world.masterFile.read().map(({ number }) => number)).toEqual([2, 1]); // the old one is still there to go back to
    });
  });
});
