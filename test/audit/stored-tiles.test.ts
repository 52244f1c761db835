import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { leafHash } from '../../src/audit/merkle.js';
import { catchUpWithTiles, sequenceEntries } from '../../src/audit/sequence-entries.js';
import { fillTiles, TILES_A_STEP, type Filled } from '../../src/audit/tiles/fill-tiles.js';
import { missingHashes } from '../../src/audit/tiles/missing-hashes.js';
import { SEQUENCER_LOCK } from '../../src/audit/log-locks.js';
import { readTile } from '../../src/audit/tiles/read-tile.js';
import { logFixture, reading, type LogFixture } from './log-fixture.js';
import { TilesInMemory } from './tiles-in-memory.js';

let fixture: LogFixture;
beforeEach(async () => (fixture = await logFixture()));
afterEach(() => fixture.databases.close());

interface StoredTile {
  readonly level: number;
  readonly number: number;
  readonly hashes: Buffer;
  readonly root: Buffer;
}

const owner = <T>(sql: string, parameters?: unknown[]): Promise<T[]> => fixture.databases.recordsOwner<T>(sql, parameters);
const stored = (): Promise<StoredTile[]> => owner<StoredTile>('SELECT level, number::int, hashes, root FROM log_tile ORDER BY level, number');

async function append(entries: number): Promise<void> {
  const { databases, log, site } = fixture;
  await databases.records.inSite(site, (tx) => log.appendAll(tx, Array.from({ length: entries }, () => reading(site))));
  await databases.records.acrossSites(sequenceEntries);
}

/** A long log made by hand: nothing but the hashes of its leaves. */
async function fillIndex(size: number): Promise<TilesInMemory> {
  await owner(`INSERT INTO log_index (index, entry_id, leaf_hash) SELECT i, i, sha256('\\x00'::bytea || int8send(i)) FROM generate_series(0::bigint, $1::bigint - 1) i`, [size]);
  return new TilesInMemory(Array.from({ length: size }, (_, i) => {
    const leaf = Buffer.alloc(8);
    leaf.writeBigInt64BE(BigInt(i));
    return leafHash(leaf);
  }));
}

async function fillAll(size: number): Promise<number> {
  for (let steps = 1; ; steps++) {
    const filled: Filled = await fixture.databases.records.acrossSites((tx) => fillTiles(tx, size));
    if (filled !== 'more to do') return steps;
  }
}

describe('stored tiles', () => {
  it('come with the entries that fill them, in the same transaction', async () => {
    await append(255);
    expect(await stored()).toEqual([]);
    await append(1);
    expect((await stored()).map(({ level, number }) => [level, number])).toEqual([[0, 0]]);
    await append(700);
    const leaves = await owner<{ leaf_hash: Buffer }>('SELECT leaf_hash FROM log_index ORDER BY index');
    const tiles = new TilesInMemory(leaves.map(({ leaf_hash }) => leaf_hash));
    const found = await stored();
    expect(found.map(({ level, number }) => [level, number])).toEqual([[0, 0], [0, 1], [0, 2]]);
    for (const { level, number, hashes } of found) expect(hashes.equals(tiles.bytes({ level, number, width: 256 }))).toBe(true);
    expect(Buffer.concat(found.map(({ root }) => root)).equals(tiles.bytes({ level: 1, number: 0, width: 3 }))).toBe(true);
  });

  it('are not stored when the head does not move', async () => {
    await append(255);
    await owner(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no tile today'; END $$`);
    await owner(`CREATE TRIGGER no_tiles BEFORE INSERT ON log_tile EXECUTE FUNCTION refuse()`);
    await expect(append(1)).rejects.toThrow('no tile today');
    const [state] = await owner<object>('SELECT (SELECT size FROM log_head)::int AS size, (SELECT count(*) FROM log_index)::int AS places, (SELECT count(*) FROM log_pending)::int AS pending');
    expect(state).toEqual({ size: 255, places: 255, pending: 1 });
  });

  it('are made up for in bounded steps where a log was there before them, at every level', async () => {
    const size = 256 * 257 + 300;
    const tiles = await fillIndex(size);
    expect(await fixture.databases.records.acrossSites((tx) => fillTiles(tx, size))).toBe('more to do');
    expect(await stored()).toHaveLength(TILES_A_STEP);
    expect(await fillAll(size)).toBe(4);
    const found = await stored();
    expect(found.filter(({ level }) => level === 0)).toHaveLength(258);
    expect(found.filter(({ level }) => level === 1).map(({ number }) => number)).toEqual([0]);
    for (const { level, number, hashes } of found) expect([level, number, hashes.equals(tiles.bytes({ level, number, width: 256 }))]).toEqual([level, number, true]);
    for (const tile of [{ level: 0, number: 258, width: 44 }, { level: 1, number: 1, width: 2 }, { level: 2, number: 0, width: 1 }, { level: 1, number: 0, width: 200 }]) {
      const read = await fixture.databases.records.withoutSite((tx) => readTile(tx, tile));
      expect([tile, read?.equals(tiles.bytes(tile))]).toEqual([tile, true]);
    }
    expect(await fixture.databases.records.withoutSite((tx) => readTile(tx, { level: 1, number: 1, width: 3 }))).toBeUndefined();
    expect(await fixture.databases.records.acrossSites((tx) => fillTiles(tx, size))).toBe('all');
  }, 60_000);

  it('are made up for by the sequencer, by itself', async () => {
    await append(600);
    const before = await stored();
    await owner('DELETE FROM log_tile');
    const { sequencer } = fixture.anotherProcess();
    sequencer.onApplicationBootstrap();
    for (let left = 100; left > 0 && (await stored()).length < 2; left--) await new Promise((resolve) => setTimeout(resolve, 100));
    await sequencer.onApplicationShutdown();
    expect(await stored()).toEqual(before);
  });

  it('stop where hashes are missing, while entries are taken still', async () => {
    await append(300);
    await owner('DELETE FROM log_tile');
    await owner('DELETE FROM log_index WHERE index = 7');
    await append(300);
    expect([(await stored()).length, (await owner('SELECT FROM log_pending')).length]).toEqual([0, 0]);
    expect(await fixture.databases.records.acrossSites((tx) => fillTiles(tx, 600))).toBe('stuck');
    const { databases } = fixture;
    expect(await databases.records.withoutSite((tx) => readTile(tx, { level: 0, number: 0, width: 256 }))).toBeUndefined();
  });

  it('are not said to be there again, or missing, by a process that could not look, since another was giving entries their places', async () => {
    await append(300);
    await owner('DELETE FROM log_tile');
    await owner('DELETE FROM log_index WHERE index = 7');
    const { databases, log } = fixture;
    const look = () => databases.records.acrossSites((tx) => catchUpWithTiles(tx, log));
    expect(await look()).toBe('stuck');
    await databases.records.acrossSites(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [SEQUENCER_LOCK]);
      expect(await look()).toBe('busy');
    });
    expect(await look()).toBe('stuck');
  });

  it('are missed by a service that starts, and by one that runs: it says so once, goes on, and says that it is over', async () => {
    const { sequencer, databases, log, site, said } = fixture;
    const write = (entries: number) => databases.records.inSite(site, (tx) => log.appendAll(tx, Array.from({ length: entries }, () => reading(site))));
    const pending = async () => (await owner('SELECT FROM log_pending')).length;
    const events = () => said.map((line) => (JSON.parse(line) as { event: string }).event);
    const until = async (done: () => boolean | Promise<boolean>) => {
      for (let left = 200; left > 0 && !(await done()); left--) await new Promise((resolve) => setTimeout(resolve, 50));
    };
    await append(300);
    const old = (await owner<{ entry_id: number; leaf_hash: Buffer }>('SELECT entry_id, leaf_hash FROM log_index WHERE index = 7'))[0]!;
    const remove = (index: number) => owner('DELETE FROM log_index WHERE index = $1', [index]);
    const putBack = (index: number, { entry_id, leaf_hash }: typeof old) => owner('INSERT INTO log_index (index, entry_id, leaf_hash) VALUES ($1, $2, $3)', [index, entry_id, leaf_hash]);
    const missing = () => databases.records.withoutSite(missingHashes);

    await owner('DELETE FROM log_tile');
    expect(await missing()).toBeUndefined();
    await remove(7);
    expect(await missing()).toEqual({ from: 7, to: 8 });
    sequencer.onApplicationBootstrap();
    await until(() => events().length > 0);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(events()).toEqual(['tiles.stuck']);
    await putBack(7, old);
    for (const entries of [256, 1]) {
      await write(entries);
      await until(async () => (await pending()) === 0);
    }
    await until(() => events().length > 1);
    expect([events(), (await stored()).length, await missing()]).toEqual([['tiles.stuck', 'tiles.filled'], 2, undefined]);

    await remove(520);
    expect(await missing()).toEqual({ from: 520, to: 521 });
    await write(300);
    await until(() => events().length > 2);
    await write(300);
    await until(async () => (await pending()) === 0);
    expect([events(), await pending()]).toEqual([['tiles.stuck', 'tiles.filled', 'tiles.stuck'], 0]);
    await sequencer.onApplicationShutdown();
  });

  it('are missed above the leaves as well: a removed tile that others are made of', async () => {
    await fillIndex(3 * 256 + 5);
    await owner('UPDATE log_head SET size = $1, frontier = $2', [3 * 256 + 5, Buffer.alloc(4 * 32, 1)]);
    await fillAll(3 * 256 + 5);
    const missing = () => fixture.databases.records.withoutSite(missingHashes);
    expect(await missing()).toBeUndefined();
    await owner('DELETE FROM log_tile WHERE level = 0 AND number = 1');
    expect(await missing()).toEqual({ from: 256, to: 512 });
  });

  it('have the root that their hashes have, whoever writes them', async () => {
    await append(256);
    await owner(`UPDATE log_tile SET hashes = set_byte(hashes, 77, 255 - get_byte(hashes, 77))`);
    const [{ hashes, root } = { hashes: Buffer.alloc(0), root: Buffer.alloc(0) }] = await stored();
    const leaves = Array.from({ length: 256 }, (_, i) => hashes.subarray(i * 32, (i + 1) * 32));
    expect(root.equals(new TilesInMemory(leaves).root(256))).toBe(true);
    await expect(owner(`UPDATE log_tile SET root = hashes`)).rejects.toThrow('root');
    await expect(owner(`INSERT INTO log_tile (level, number, hashes) VALUES (0, 1, '\\x00')`)).rejects.toThrow('log_tile_full');
  });

  it('are looked at by the signer: what is changed at the end of the tree is not signed over', async () => {
    const { databases, signer } = fixture;
    await signer.sign().catch(() => undefined); // names the log
    await append(600);
    expect(await signer.sign()).toBe('signed');
    const flip = () => owner(`UPDATE log_tile SET hashes = set_byte(hashes, 3000, 255 - get_byte(hashes, 3000)) WHERE level = 0 AND number = 1`);
    await flip();
    await append(1);
    await expect(signer.sign()).rejects.toMatchObject({ code: 'LOG_TILE_CHANGED' });
    const size = async () => (await owner<{ size: number }>('SELECT max(size) AS size FROM log_checkpoint'))[0]!.size;
    expect(await size()).toBe(601);
    await flip();
    expect(await signer.sign()).toBe('signed');
    // A log that was there before its tiles: they follow, and the signer does not wait for them.
    await owner('DELETE FROM log_tile');
    await append(1);
    expect([await signer.sign(), await size()]).toEqual(['signed', 603]);
    expect(await databases.records.acrossSites((tx) => fillTiles(tx, 603))).toBe('all');
  });
});
