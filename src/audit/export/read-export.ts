import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openCheckpoint, parseCheckpoint, type Checkpoint } from '../checkpoint.js';
import { checkRotation } from '../key-rotation.js';
import { EMPTY_FRONTIER, extendFrontier, leafHash, rootOf } from '../merkle.js';
import { namesKey, parseNote } from '../signed-note.js';
import { parseVerifierKey, type VerifierKey } from '../verifier-key.js';
import { ExportFault, exportedBundle, exportedFile as read, type ExportedBundle } from './exported-bundles.js';
import { openParts, type OpenedParts } from './exported-parts.js';
import { followKeys, type HandOver, type SaidRotation, type SpannedKey } from './follow-keys.js';
import { handOverPath, keysIn, type ListedKey } from './listed-keys.js';
import { partsPath, TILE_WIDTH } from './tile-path.js';

/** None of the keys that the log leads to from the given one has signed its checkpoint. */
export class ExportNotSigned extends ExportFault {
  constructor() {
    super('The checkpoint of the export is not signed with this key.');
  }
}

export interface ExportedEntry {
  readonly index: number;
  readonly kind: string;
  readonly time: string;
  /** Without those that were pruned. */
  readonly parts: OpenedParts;
}

/**
 * A log as `write-export.ts` wrote it, read without any database. All of it may come from an attacker, and nothing is handed out
 * before the whole tree has been found to be the one that the key signed. One bundle is in memory at a time, so the files are read
 * twice and must not change in between.
 */
export class LogExport {
  private constructor(
    private readonly directory: string,
    readonly checkpoint: Checkpoint,
    /** Of this log, the oldest first, as far as the log leads to them from the key that it was opened with. */
    readonly keys: readonly SpannedKey[],
  ) {}

  /** The key that the export names as its log's: whoever made the export may have made the key. @throws ExportFault */
  static ownKey(directory: string): VerifierKey {
    const key = parseVerifierKey(read(directory, 'vkey').toString('utf8').trim());
    if (!key) throw new ExportFault('The export’s own key is no verifier key.');
    return key;
  }

  /**
   * Checks the signature and the whole tree, down to every entry.
   * @param key one that the log was signed with, at any time: by its entries an older one leads to those that followed
   * @throws ExportFault
   */
  static open(directory: string, key: VerifierKey): LogExport {
    const note = read(directory, 'checkpoint').toString('utf8');
    const signed = openCheckpoint(note, key);
    // Not believed until one of the log's keys turns out to have signed it.
    const claimed = signed ?? (namesKey(note, key) ? undefined : parseCheckpoint(parseNote(note)?.text ?? ''));
    if (claimed?.origin !== key.name) throw new ExportNotSigned();
    const { root, said, handOvers } = readTree(directory, claimed.size);
    if (!root.equals(claimed.root)) {
      throw new ExportFault('The entries of the export are not those that the checkpoint was signed over: one was changed, removed or moved.');
    }
    const keys = followKeys(key, said, handOvers);
    if (!signed && !keys.some((one) => openCheckpoint(note, one.key))) throw new ExportNotSigned();
    return new LogExport(directory, claimed, keys);
  }

  /** In their order. @throws ExportFault where a part is not what its leaf commits to */
  *entries(): Iterable<ExportedEntry> {
    for (const { number, leaves } of bundles(this.directory, this.checkpoint.size)) {
      const lines = read(this.directory, partsPath(number, leaves.length)).toString('utf8').split('\n');
      for (const [at, bytes] of leaves.entries()) yield entryOf(number * TILE_WIDTH + at, bytes, lines[at] ?? '');
    }
  }

  /** When its last entry was written: RFC 3339, empty where there is none. @throws ExportFault */
  newest(): string {
    const { size } = this.checkpoint;
    const last = [...bundles(this.directory, size, Math.floor(Math.max(size - 1, 0) / TILE_WIDTH))].at(-1)?.leaves.at(-1);
    return last ? String(leafIn(last, size - 1)['time']) : '';
  }
}

/** What a checkpoint is held to, with all that the entries say of the log's keys. */
interface ReadTree {
  readonly root: Buffer;
  readonly said: readonly SaidRotation[];
  readonly handOvers: readonly HandOver[];
}

function readTree(directory: string, size: number): ReadTree {
  const sizes = new Set(listedKeys(directory).flatMap(({ to }) => (to === undefined ? [] : [to])));
  const said: SaidRotation[] = [];
  const handOvers: HandOver[] = [];
  let frontier = EMPTY_FRONTIER;
  for (const { number, leaves } of bundles(directory, size)) {
    for (const [at, leaf] of leaves.entries()) {
      frontier = extendFrontier(frontier, [leafHash(leaf)]);
      if (leaf.includes('"kind":"log.key-rotated"')) said.push(...rotationIn(directory, number, at, leaves));
      if (sizes.has(frontier.size)) handOvers.push({ size: frontier.size, root: rootOf(frontier), note: read(directory, handOverPath(frontier.size)).toString('utf8') });
    }
  }
  return { root: rootOf(frontier), said, handOvers };
}

/** None where its context was pruned, or not both keys have signed it. */
function rotationIn(directory: string, number: number, at: number, leaves: readonly Buffer[]): readonly SaidRotation[] {
  const lines = read(directory, partsPath(number, leaves.length)).toString('utf8').split('\n');
  const { index, kind, parts } = entryOf(number * TILE_WIDTH + at, leaves[at]!, lines[at] ?? '');
  const rotation = kind === 'log.key-rotated' && parts.context ? checkRotation(parts.context) : undefined;
  return rotation ? [{ index, ...rotation }] : [];
}

/** Exports of a log that never changed its key need not have the list. */
function listedKeys(directory: string): readonly ListedKey[] {
  return existsSync(join(directory, 'vkeys')) ? keysIn(read(directory, 'vkeys').toString('utf8')) : [];
}

function* bundles(directory: string, size: number, from = 0): Iterable<ExportedBundle> {
  for (let number = from; number * TILE_WIDTH < size; number++) yield exportedBundle(directory, size, number);
}

function entryOf(index: number, bytes: Buffer, line: string): ExportedEntry {
  const leaf = leafIn(bytes, index);
  const parts = openParts(line, index, leaf);
  if (parts === 'line') throw new ExportFault(`Entry ${index}: its disclosed parts are missing.`);
  if (typeof parts === 'string') throw new ExportFault(`Entry ${index}: its ${parts} is not what the signed entry commits to.`);
  return { index, kind: String(leaf['kind']), time: String(leaf['time']), parts };
}

/** Whatever was signed is JSON; before that was looked at, it may be anything. */
function leafIn(bytes: Buffer, index: number): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(bytes.toString('utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    throw new ExportFault(`Entry ${index} is no leaf of a log.`);
  }
}
