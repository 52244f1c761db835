import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { handOverPath } from '../export/listed-keys.js';
import { partsPath, TILE_WIDTH, tilePath } from '../export/tile-path.js';
import type { Finding } from './finding.js';

const AT_THE_TOP: ReadonlySet<string> = new Set(['checkpoint', 'vkey', 'vkeys']);
/** What else stands beside them, a note of somebody's, says nothing of the log. */
const OF_AN_EXPORT = /^(?:checkpoint|vkey|tile|parts)/;
const HAND_OVER = /^checkpoint\.[1-9]\d*$/;
const [GROUP, NUMBER, PARTIAL] = [/^x\d{3}$/, /^\d{3}$/, /^\d{3}\.p$/];
/** Of three digits: a number that a computer counts to has no more. */
const MOST_GROUPS = 6;

/** A directory of files that are numbered as tlog-tiles has it. */
interface Numbered {
  /** As many of them, bundles or hashes, as there is room for in 256 of each. */
  readonly items: number;
  readonly pathOf: (number: number, width: number) => string;
}

/**
 * What is in the directory of an export and is in no export of a tree of this size: an export has one set of files. tlog-tiles lets a server keep partial
 * tiles beside full ones; an export is written once, and has none. Files are named and not looked into, directories are gone through name by name and not
 * held; one that has nothing of an export's in it is named itself.
 * @param handOvers sizes of the checkpoints at which keys changed, as the export lists them; undefined where its list is not good: any such checkpoint is let be
 */
export async function* unexpectedFiles(directory: string, size: number, handOvers: readonly number[] | undefined): AsyncGenerator<Finding> {
  const checkpoints = handOvers && new Set(handOvers.map(handOverPath));
  const levels = levelsOf(size);
  for await (const entry of namesIn(directory, '')) {
    const { name } = entry;
    if (!OF_AN_EXPORT.test(name)) continue;
    if (!entry.isDirectory()) {
      if (!AT_THE_TOP.has(name) && !(checkpoints?.has(name) ?? HAND_OVER.test(name))) yield added(name);
    } else if (name === 'parts') yield* beside(directory, name, { items: size, pathOf: partsPath });
    else if (name !== 'tile') yield added(name);
  }
  for await (const entry of namesIn(directory, 'tile')) {
    const path = `tile/${entry.name}`;
    const items = levels.get(entry.name);
    if (items === undefined || !entry.isDirectory()) yield added(path);
    else yield* beside(directory, path, { items, pathOf: (number, width) => `${path}/${tilePath(0, number, width).slice('tile/0/'.length)}` });
  }
}

/** How many hashes each level of a tree has, and how many entries, by the names of their directories. */
function levelsOf(size: number): ReadonlyMap<string, number> {
  const levels = new Map([['entries', size]]);
  for (let [level, items] = [0, size]; items > 0; level++, items = Math.floor(items / TILE_WIDTH)) levels.set(String(level), items);
  return levels;
}

/** @param before digits of the numbers in it, as the directories above have them */
async function* beside(root: string, path: string, of: Numbered, before = ''): AsyncGenerator<Finding> {
  for await (const entry of namesIn(root, path)) {
    const { name } = entry;
    const own = `${path}/${name}`;
    if (!entry.isDirectory()) {
      if (!NUMBER.test(name) || own !== fullPath(of, Number(before + name))) yield added(own);
    } else if (GROUP.test(name) && before.length < 3 * (MOST_GROUPS - 1)) yield* beside(root, own, of, before + name.slice(1));
    else if (PARTIAL.test(name)) yield* besidePartial(root, own, of, Number(before + name.slice(0, 3)));
    else yield added(own);
  }
}

/** In the directory of a tile's or a bundle's widths. */
async function* besidePartial(root: string, path: string, { items, pathOf }: Numbered, number: number): AsyncGenerator<Finding> {
  const width = items - number * TILE_WIDTH;
  const partial = width > 0 && width < TILE_WIDTH ? pathOf(number, width) : undefined;
  for await (const { name } of namesIn(root, path)) if (`${path}/${name}` !== partial) yield added(`${path}/${name}`);
}

function fullPath({ items, pathOf }: Numbered, number: number): string | undefined {
  return (number + 1) * TILE_WIDTH <= items ? pathOf(number, TILE_WIDTH) : undefined;
}

/** Without those that begin with a dot, which computers put everywhere. None where it cannot be read: whoever needs a file of it says so. */
async function* namesIn(root: string, path: string): AsyncGenerator<Dirent> {
  try {
    for await (const entry of await opendir(join(root, path))) if (!entry.name.startsWith('.')) yield entry;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

function added(name: string): Finding {
  return { kind: 'file-added', name };
}
