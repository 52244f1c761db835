import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ONE_MOMENT } from '../../platform/one-moment.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { openCheckpoint, type Checkpoint } from '../checkpoint.js';
import { logKeys, type LogKey } from '../log-keys.js';
import { bounded } from '../longest-cells.js';
import { newestCheckpoint } from '../newest-checkpoint.js';
import { STORED_ENTRIES, type StoredEntry } from '../stored-entry.js';
import { parseVerifierKey } from '../verifier-key.js';
import { entryBundle } from './entry-bundle.js';
import { partsLine } from './exported-parts.js';
import { HashTiles } from './hash-tiles.js';
import { handOverPath, keyLines } from './listed-keys.js';
import { partsPath, TILE_WIDTH, tilePath } from './tile-path.js';

type Progress = (done: number, total: number) => void;

/** For so long an export waits until what was pruned is told of under a signature. Without a sequencer or a signer it never is. */
const MOST_WAITED = 10;
const WAIT_MS = 1_000;

/**
 * Writes the log into an empty directory, as far as it is signed: docs/formats.md, "Log export". An outsider can check it
 * against the log's key without this service. One bundle is in memory at a time. What the database has is written as it is:
 * whoever checks the export finds what was changed.
 *
 * All of it is of one moment, and of one at which every pruning is told of in what is signed: parts that went in between would look as if
 * somebody had taken them.
 *
 * The checkpoint comes last: a directory without one is an export that was cut short.
 * @returns how many entries
 * @throws Error when the directory is not empty, or nothing has been signed yet
 */
export async function writeExport(records: RecordsDatabase, directory: string, progress: Progress): Promise<number> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length > 0) throw new Error('The directory is not empty: an export overwrites nothing.');
  for (let waited = 0; ; waited++) {
    const size = await records.acrossSites(async (tx) => {
      await tx.query(ONE_MOMENT);
      const head = await signedHead(tx);
      if (waited < MOST_WAITED && (await isPruningUntold(tx, head.size))) return undefined;
      await writeSigned(tx, head, directory, progress);
      return head.size;
    });
    if (size !== undefined) return size;
    await pause(WAIT_MS);
  }
}

async function isPruningUntold(tx: RecordsTx, size: number): Promise<boolean> {
  const later = 'SELECT entry_id FROM log_pending UNION ALL SELECT entry_id FROM log_index WHERE index >= $1';
  return (await tx.query(`SELECT FROM log_entry WHERE kind = 'log.pruned' AND id IN (${later}) LIMIT 1`, [size])).length > 0;
}

async function writeSigned(tx: RecordsTx, { keys, note, size, handOvers }: SignedHead, directory: string, progress: Progress): Promise<void> {
  const tiles = new HashTiles();
  for (let from = 0; from < size; from += TILE_WIDTH) {
    const page = await tx.query<StoredEntry>(STORED_ENTRIES, [from, Math.min(from + TILE_WIDTH, size)]);
    const [number, width] = [from / TILE_WIDTH, page.length];
    await write(directory, tilePath('entries', number, width), entryBundle(page.map(({ leaf }) => leaf ?? '')));
    await write(directory, partsPath(number, width), page.map(partsLine).join(''));
    for (const { leaf_hash } of page) for (const { path, bytes } of tiles.add(leaf_hash)) await write(directory, path, bytes);
    progress(Math.min(from + TILE_WIDTH, size), size);
  }
  for (const { path, bytes } of tiles.rest()) await write(directory, path, bytes);
  await write(directory, 'vkey', `${keys[0]!.vkey}\n`);
  await write(directory, 'vkeys', keyLines([...keys].reverse()));
  for (const handOver of handOvers) await write(directory, handOverPath(handOver.size), handOver.note);
  await write(directory, 'checkpoint', note);
}

interface SignedHead {
  /** Under the log's present name and its earlier ones, the newest first; the first signed the checkpoint. */
  readonly keys: readonly LogKey[];
  readonly note: string;
  readonly size: number;
  readonly handOvers: readonly { readonly size: number; readonly note: string }[];
}

async function signedHead(tx: RecordsTx): Promise<SignedHead> {
  const note = await newestCheckpoint(tx);
  const all = await logKeys(tx);
  const keys = all.slice(all.findIndex(({ vkey }) => note !== undefined && openedWith(note, vkey)));
  const checkpoint = note === undefined ? undefined : openedWith(note, keys[0]?.vkey);
  if (!checkpoint) throw new Error('Nothing of this log has been signed yet.');
  // A log that was restored has another name, and smaller sizes than it goes on from are those of the names before.
  const changes = keys.filter(({ from }) => from > 0 && from <= checkpoint.size);
  const handOvers = await tx.query<{ size: number; note: string }>(
    `SELECT DISTINCT ON (c.size) c.size, ${bounded('c.note', 'signed')} AS note FROM log_checkpoint c JOIN unnest($1::text[], $2::bigint[]) AS change (origin, size) USING (origin, size) ORDER BY c.size`,
    [changes.map(({ origin }) => origin), changes.map(({ from }) => from)],
  );
  return { keys: keys.map(({ to, ...key }) => (to === undefined || to > checkpoint.size ? key : { ...key, to })), note: note!, size: checkpoint.size, handOvers };
}

function openedWith(note: string, vkey: string | undefined): Checkpoint | undefined {
  const key = vkey === undefined ? undefined : parseVerifierKey(vkey);
  return key && openCheckpoint(note, key);
}

async function write(directory: string, path: string, bytes: string | Buffer): Promise<void> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, bytes, { mode: 0o600, flag: 'wx' });
}
