import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entryBundle, leavesOf } from '../../src/audit/export/entry-bundle.js';
import { LogExport } from '../../src/audit/export/read-export.js';
import { partsPath, tilePath } from '../../src/audit/export/tile-path.js';
import { writeExport } from '../../src/audit/export/write-export.js';
import { EMPTY_FRONTIER, extendFrontier, leafHash, rootOf } from '../../src/audit/merkle.js';
import { sequenceEntries } from '../../src/audit/sequence-entries.js';
import { readTile } from '../../src/audit/tiles/read-tile.js';
import { logFixture, reading, type LogFixture } from './log-fixture.js';

const ENTRIES = 600;

describe('an export of the log', () => {
  let fixture: LogFixture;
  let directory: string;
  let root: string;
  beforeAll(async () => {
    fixture = await logFixture();
    root = mkdtempSync(join(tmpdir(), 'thinfile-export-'));
    const { records } = fixture.databases;
    await fixture.signer.sign().catch(() => undefined); // names the log, which is its first entry
    await records.inSite(fixture.site, (tx) => fixture.log.appendAll(tx, Array.from({ length: ENTRIES }, () => reading(fixture.site))));
    await records.acrossSites(sequenceEntries);
    await fixture.signer.sign();
    directory = join(root, 'log');
    await writeExport(records, directory, () => undefined);
  });
  afterAll(async () => {
    await fixture.databases.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('lies where C2SP tlog-tiles puts it', () => {
    expect(tilePath(0, 1234067, 256)).toBe('tile/0/x001/x234/067');
    expect(tilePath('entries', 273, 112)).toBe('tile/entries/273.p/112');
    expect(partsPath(1000, 256)).toBe('parts/x001/000');
  });

  it('has tiles that make up the signed tree', () => {
    const log = open();
    const { size } = log.checkpoint;
    expect(size).toBeGreaterThanOrEqual(ENTRIES);
    const widths = [256, 256, size - 512];
    const leaves = widths.flatMap((width, n) => leavesOf(bytes(tilePath('entries', n, width)))!);
    const hashes = leaves.map(leafHash);
    expect(Buffer.concat(widths.map((width, n) => bytes(tilePath(0, n, width)))).equals(Buffer.concat(hashes))).toBe(true);
    const roots = [0, 256].map((from) => rootOf(extendFrontier(EMPTY_FRONTIER, hashes.slice(from, from + 256))));
    expect(bytes(tilePath(1, 0, 2)).equals(Buffer.concat(roots))).toBe(true);
    expect(rootOf(extendFrontier(EMPTY_FRONTIER, hashes)).equals(log.checkpoint.root)).toBe(true);
  });

  it('has the tiles that are stored', async () => {
    const { size } = open().checkpoint;
    for (const tile of [0, 1, 2].map((number) => ({ level: 0, number, width: Math.min(256, size - number * 256) })).concat({ level: 1, number: 0, width: 2 })) {
      const stored = await fixture.databases.records.withoutSite((tx) => readTile(tx, tile));
      expect([tile, stored?.equals(bytes(tilePath(tile.level, tile.number, tile.width)))]).toEqual([tile, true]);
    }
  });

  it('is read as it was logged', () => {
    const entries = [...open().entries()];
    expect(entries.map(({ index }) => index)).toEqual(entries.map((_, i) => i));
    expect(entries.filter(({ kind }) => kind === 'answers.read')).toHaveLength(ENTRIES);
    expect(entries.at(-1)!.parts).toMatchObject({ subject: { site: fixture.site }, context: { purpose: 'prepare' } });
  });

  it('goes without parts that were pruned', async () => {
    const pruned = join(root, 'pruned');
    await fixture.databases.recordsOwner(`DELETE FROM log_part WHERE entry_id = (SELECT entry_id FROM log_index WHERE index = 300)`);
    await writeExport(fixture.databases.records, pruned, () => undefined);
    const entries = [...LogExport.open(pruned, LogExport.ownKey(pruned)).entries()];
    expect(entries[300]!.parts).toEqual({});
    expect(entries[299]!.parts.subject).toBeDefined();
  });

  it('overwrites nothing', async () => {
    const taken = join(root, 'taken');
    mkdirSync(taken);
    writeFileSync(join(taken, 'letter.txt'), 'keep me');
    await expect(writeExport(fixture.databases.records, taken, () => undefined)).rejects.toThrow('not empty');
  });

  it('takes no bundle apart that is none', () => {
    expect(leavesOf(entryBundle(['a', '', 'é']))!.map(String)).toEqual(['a', '', 'é']);
    for (const broken of [[0], [0, 2, 65], [0, 1]]) expect(leavesOf(Buffer.from(broken))).toBeUndefined();
  });

  function open(): LogExport {
    return LogExport.open(directory, LogExport.ownKey(directory));
  }

  function bytes(path: string): Buffer {
    return readFileSync(join(directory, path));
  }
});
