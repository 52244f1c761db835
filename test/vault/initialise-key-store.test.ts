import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from '../../src/crypto/random.js';
import { openHalvesKey } from '../../src/vault/halves.js';
import { initialiseKeyStore } from '../../src/vault/initialise-key-store.js';
import { MasterFile } from '../../src/vault/master-file.js';
import { rotateMaster } from '../../src/vault/rotate-master.js';
import { sameBytes, VaultWorld } from './vault-world.js';

describe('the start of a key store', () => {
  let world: VaultWorld;
  beforeAll(async () => {
    world = await VaultWorld.empty();
  });
  afterEach(() => world.forgetEverything());
  afterAll(() => world.close());

  const files = (): readonly Buffer[] => world.directories.map((directory) => readFileSync(join(directory, 'master.key')));
  const rows = () => world.databases.keysOwner('SELECT k.master, h.id, h.sealed FROM key_store k, halves_key h');

  it('makes the first master, in every location, and a key for halves under it', async () => {
    await initialiseKeyStore(world.keyStore);
    const [master] = world.masterFile.read();
    expect(master!.number).toBe(1);
    expect(files()[0]).toEqual(files()[1]);
    expect(openHalvesKey(master!, (await world.copy()).halvesKey)).toHaveLength(32);
    expect(await world.opens(await world.plant())).toBe(true);
  });

  it('leaves everything as it is at the next start', async () => {
    await initialiseKeyStore(world.keyStore);
    const before = [files(), await rows()];
    await initialiseKeyStore(world.keyStore);
    expect([files(), await rows()]).toEqual(before);
  });

  it('takes up the master of a start that ended between the file and its row, even between two locations', async () => {
    const master = { number: 1, key: randomBytes(32) };
    new MasterFile([world.directories[0]]).create(master);
    await initialiseKeyStore(world.keyStore);
    expect(world.masterFile.read()).toEqual([master]);
    expect(files()[0]).toEqual(files()[1]);
    await rotateMaster(world.keyStore);
    expect((await world.master()).number).toBe(2);
  });

  it('refuses to start without the master file, and makes none', async () => {
    await initialiseKeyStore(world.keyStore);
    const before = await rows();
    for (const directory of world.directories) rmSync(directory, { recursive: true });
    await expect(initialiseKeyStore(world.keyStore)).rejects.toThrow('its master file is not');
    expect(world.masterFile.exists()).toBe(false);
    expect(await rows()).toEqual(before);
  });

  it('refuses the file of a key store that has lived already, and leaves it alone', async () => {
    for (const number of [2, 7]) {
      world.masterFile.create({ number, key: randomBytes(32) });
      const before = files();
      await expect(initialiseKeyStore(world.keyStore)).rejects.toThrow('belongs to another key store');
      expect(files()).toEqual(before);
    }
    world.masterFile.create({ number: 1, key: randomBytes(32) });
    world.masterFile.write({ number: 2, key: randomBytes(32) });
    await expect(initialiseKeyStore(world.keyStore)).rejects.toThrow('belongs to another key store');
    expect(await rows()).toEqual([]);
  });

  it('refuses a file with another key under the right number, and overwrites nothing of it', async () => {
    await initialiseKeyStore(world.keyStore);
    world.masterFile.create({ number: 1, key: randomBytes(32) });
    world.masterFile.write({ number: 2, key: randomBytes(32) });
    const before = files();
    await expect(initialiseKeyStore(world.keyStore)).rejects.toThrow('the key of the halves does not open');
    expect(files()).toEqual(before);
  });

  it('refuses a file that lacks the master in force', async () => {
    await initialiseKeyStore(world.keyStore);
    await rotateMaster(world.keyStore);
    world.masterFile.create({ number: 1, key: randomBytes(32) });
    await expect(initialiseKeyStore(world.keyStore)).rejects.toThrow('does not hold the master');
  });

  it('refuses a key store that has keys and does not say which master seals them', async () => {
    await initialiseKeyStore(world.keyStore);
    await world.plant();
    await world.databases.keysOwner('TRUNCATE key_store, halves_key');
    const before = files();
    await expect(initialiseKeyStore(world.keyStore)).rejects.toThrow('does not say which master');
    expect(files()).toEqual(before);
  });

  it('is one start, when several processes start at once', async () => {
    const others = await Promise.all([world.anotherProcess(), world.anotherProcess(), world.anotherProcess()]);
    await Promise.all([world.keyStore, ...others].map((one) => initialiseKeyStore(one)));
    expect(await rows()).toHaveLength(1);
    expect(world.masterFile.read()).toHaveLength(1);
    const masters = await Promise.all(others.map((keyStore) => keyStore.transaction(async ({ master }) => master.key.slice())));
    expect(masters.every((key) => sameBytes(key, world.masterFile.read()[0]!.key))).toBe(true);
    const planted = await world.plant({}, randomUUID(), others[0]);
    expect(await world.opens(planted, others[1])).toBe(true);
  });

  it('refuses an empty key store beside records in use: it is another one than theirs', async () => {
    const { keyStore } = world;
    await expect(initialiseKeyStore(keyStore, () => Promise.resolve(true))).rejects.toThrow(/not the key store they belong to/);
    await initialiseKeyStore(keyStore, () => Promise.resolve(false));
    await initialiseKeyStore(keyStore, () => Promise.resolve(true));
  });
});
