import { openCheckpoint, type Checkpoint } from '../checkpoint.js';
import { EMPTY_FRONTIER, extendFrontier, leafHash, rootOf } from '../merkle.js';
import { parseVerifierKey, type VerifierKey } from '../verifier-key.js';
import { ExportFault, exportedBundle, exportedFile as read, type ExportedBundle } from './exported-bundles.js';
import { openParts, type OpenedParts } from './exported-parts.js';
import { partsPath, TILE_WIDTH } from './tile-path.js';

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
  ) {}

  /** The key that the export names as its log's: whoever made the export may have made the key. @throws ExportFault */
  static ownKey(directory: string): VerifierKey {
    const key = parseVerifierKey(read(directory, 'vkey').toString('utf8').trim());
    if (!key) throw new ExportFault('The export’s own key is no verifier key.');
    return key;
  }

  /** Checks the signature and the whole tree, down to every entry. @throws ExportFault */
  static open(directory: string, key: VerifierKey): LogExport {
    const checkpoint = openCheckpoint(read(directory, 'checkpoint').toString('utf8'), key);
    if (!checkpoint) throw new ExportFault('The checkpoint of the export is not signed with this key.');
    const opened = new LogExport(directory, checkpoint);
    let frontier = EMPTY_FRONTIER;
    for (const { leaves } of opened.bundles()) frontier = extendFrontier(frontier, leaves.map(leafHash));
    if (!rootOf(frontier).equals(checkpoint.root)) {
      throw new ExportFault('The entries of the export are not those that the checkpoint was signed over: one was changed, removed or moved.');
    }
    return opened;
  }

  /** In their order. @throws ExportFault where a part is not what its leaf commits to */
  *entries(): Iterable<ExportedEntry> {
    for (const { number, leaves } of this.bundles()) {
      const lines = read(this.directory, partsPath(number, leaves.length)).toString('utf8').split('\n');
      for (const [at, bytes] of leaves.entries()) yield entryOf(number * TILE_WIDTH + at, bytes, lines[at] ?? '');
    }
  }

  /** When its last entry was written: RFC 3339, empty where there is none. @throws ExportFault */
  newest(): string {
    const { size } = this.checkpoint;
    const last = [...this.bundles(Math.floor(Math.max(size - 1, 0) / TILE_WIDTH))].at(-1)?.leaves.at(-1);
    return last ? String((JSON.parse(last.toString('utf8')) as Readonly<Record<string, unknown>>)['time']) : '';
  }

  private *bundles(from = 0): Iterable<ExportedBundle> {
    const { size } = this.checkpoint;
    for (let number = from; number * TILE_WIDTH < size; number++) yield exportedBundle(this.directory, size, number);
  }
}

function entryOf(index: number, bytes: Buffer, line: string): ExportedEntry {
  const leaf = JSON.parse(bytes.toString('utf8')) as Readonly<Record<string, unknown>>; // it is in the tree that was signed
  const parts = openParts(line, index, leaf);
  if (parts === 'line') throw new ExportFault(`Entry ${index}: its disclosed parts are missing.`);
  if (typeof parts === 'string') throw new ExportFault(`Entry ${index}: its ${parts} is not what the signed entry commits to.`);
  return { index, kind: String(leaf['kind']), time: String(leaf['time']), parts };
}
