import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RecordsDatabase } from '../../platform/records-database.js';
import { openCheckpoint } from '../checkpoint.js';
import { currentOrigin } from '../log-origin.js';
import { newestCheckpoint } from '../newest-checkpoint.js';
import { STORED_ENTRIES, type StoredEntry } from '../stored-entry.js';
import { parseVerifierKey } from '../verifier-key.js';
import { entryBundle } from './entry-bundle.js';
import { partsLine } from './exported-parts.js';
import { HashTiles } from './hash-tiles.js';
import { partsPath, TILE_WIDTH, tilePath } from './tile-path.js';

/**
 * Writes the log into an empty directory, as far as it is signed: docs/formats.md, "Log export". An outsider can check it
 * against the log's key without this service. One bundle is in memory at a time. What the database has is written as it is:
 * whoever checks the export finds what was changed.
 *
 * The checkpoint comes last: a directory without one is an export that was cut short.
 * @returns how many entries
 * @throws Error when the directory is not empty, or nothing has been signed yet
 */
export async function writeExport(records: RecordsDatabase, directory: string, progress: (done: number, total: number) => void): Promise<number> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length > 0) throw new Error('The directory is not empty: an export overwrites nothing.');
  const { vkey, note, size } = await signedHead(records);
  const tiles = new HashTiles();
  for (let from = 0; from < size; from += TILE_WIDTH) {
    const page = await records.acrossSites((tx) => tx.query<StoredEntry>(STORED_ENTRIES, [from, Math.min(from + TILE_WIDTH, size)]));
    const [number, width] = [from / TILE_WIDTH, page.length];
    await write(directory, tilePath('entries', number, width), entryBundle(page.map(({ leaf }) => leaf ?? '')));
    await write(directory, partsPath(number, width), page.map(partsLine).join(''));
    for (const { leaf_hash } of page) for (const { path, bytes } of tiles.add(leaf_hash)) await write(directory, path, bytes);
    progress(Math.min(from + TILE_WIDTH, size), size);
  }
  for (const { path, bytes } of tiles.rest()) await write(directory, path, bytes);
  await write(directory, 'vkey', `${vkey}\n`);
  await write(directory, 'checkpoint', note);
  return size;
}

async function signedHead(records: RecordsDatabase): Promise<{ readonly vkey: string; readonly note: string; readonly size: number }> {
  const [origin, note] = await records.acrossSites(async (tx) => [await currentOrigin(tx), await newestCheckpoint(tx)] as const);
  const key = origin && parseVerifierKey(origin.vkey);
  const checkpoint = key && note !== undefined ? openCheckpoint(note, key) : undefined;
  if (!checkpoint) throw new Error('Nothing of this log has been signed yet.');
  return { vkey: origin!.vkey, note: note!, size: checkpoint.size };
}

async function write(directory: string, path: string, bytes: string | Buffer): Promise<void> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
}
