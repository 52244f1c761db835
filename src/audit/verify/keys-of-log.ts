import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordsTx } from '../../platform/records-tx.js';
import { parseCheckpoint } from '../checkpoint.js';
import type { Context } from '../entry.js';
import { isCommitted } from '../leaf.js';
import { exportedBundle, exportedFile, ExportFault } from '../export/exported-bundles.js';
import { openParts } from '../export/exported-parts.js';
import { followKeys, type HandOver, type SaidRotation, type SpannedKey } from '../export/follow-keys.js';
import { handOverPath, keysIn, type ListedKey } from '../export/listed-keys.js';
import { partsPath, TILE_WIDTH } from '../export/tile-path.js';
import { checkRotation } from '../key-rotation.js';
import { filled, LEAF, saltedParts } from '../longest-cells.js';
import { parseNote } from '../signed-note.js';
import { parseVerifierKey, sameKey, type VerifierKey } from '../verifier-key.js';
import { nearestNumber } from './nearest-number.js';
import { ROTATED } from './told-changes.js';

/**
 * The keys that the log in the database leads to from the known one: `followKeys`. Roots are taken as the checkpoints say them, since each is held to the tree
 * later on. All of it may come from an attacker, and counts only where both keys have signed it.
 * @param remembered changes that the signer remembers: they lead to a key also where their entry or their checkpoint is gone
 */
export async function keysOfStoredLog(tx: RecordsTx, known: VerifierKey, remembered: readonly Context[] = []): Promise<readonly SpannedKey[]> {
  const rows = await tx.query<{ index: number; leaf: string; context: string; context_salt: Buffer }>(
    `SELECT ${nearestNumber('i.index')} AS index, ${LEAF}, ${saltedParts('context')} FROM log_entry e JOIN log_index i ON i.entry_id = e.id JOIN log_part p ON p.entry_id = e.id
     WHERE e.kind = 'log.key-rotated' ORDER BY i.index`,
  );
  if (rows.length === 0 && remembered.length === 0) return followKeys(known, [], []);
  const said = [...rows.flatMap(({ index, leaf, context, context_salt }) => saidIn(index, leaf, context, context_salt)), ...remembered.flatMap(saidBySigner)];
  const notes = await tx.query<{ note: string }>(`SELECT ${filled('c.note', 'signed')} AS note FROM log_checkpoint c JOIN log_key k ON k.origin = c.origin AND k.from_size = c.size ORDER BY c.size`);
  return followKeys(known, said, notes.flatMap(({ note }) => handOverIn(note)));
}

/** The same of an export. What of it cannot be read leads nowhere, and is found by whoever goes through it. */
export function keysOfExport(directory: string, known: VerifierKey): readonly SpannedKey[] {
  const listed = listedIn(directory);
  const sizes = sizesOf(listed);
  const newest = isInterrupted(listed) ? sizeWith(directory, 0) : sizes.reduce((one, other) => Math.max(one, other), 0);
  if (newest === 0) return followKeys(known, [], []);
  const said: SaidRotation[] = [];
  const notes: string[] = [];
  try {
    for (const size of sizes) notes.push(exportedFile(directory, handOverPath(size)).toString('utf8'));
    for (let number = 0; number * TILE_WIDTH < newest; number++) said.push(...saidInBundle(directory, newest, number));
  } catch (error) {
    if (!(error instanceof ExportFault)) throw error;
  }
  return followKeys(known, said, notes.flatMap(handOverIn));
}

/** Of the checkpoints at which keys changed, as the export's list has them: a hint, which may come from an attacker. */
export function listedSizes(directory: string): readonly number[] {
  return sizesOf(listedIn(directory));
}

function sizesOf(listed: readonly ListedKey[]): readonly number[] {
  return listed.flatMap(({ to }) => to ?? []);
}

function listedIn(directory: string): readonly ListedKey[] {
  return existsSync(join(directory, 'vkeys')) ? keysIn(exportedFile(directory, 'vkeys').toString('utf8')) : [];
}

/** Did one key end without a hand-over to the next? Then the log was restored, and says of the change somewhere after that. */
function isInterrupted(listed: readonly ListedKey[]): boolean {
  const [last, ...others] = listed.filter(({ to }) => to === undefined).flatMap(({ vkey }) => parseVerifierKey(String(vkey)) ?? []);
  return others.some((other) => !sameKey(other, last!));
}

function saidInBundle(directory: string, newest: number, number: number): readonly SaidRotation[] {
  const { leaves } = exportedBundle(directory, sizeWith(directory, newest), number);
  if (!leaves.some((leaf) => leaf.includes(ROTATED))) return [];
  const lines = exportedFile(directory, partsPath(number, leaves.length)).toString('utf8').split('\n');
  return leaves.flatMap((leaf, at) => {
    if (!leaf.includes(ROTATED)) return [];
    const index = number * TILE_WIDTH + at;
    const fields = jsonIn(leaf.toString('utf8'));
    const parts = fields && openParts(lines[at] ?? '', index, fields);
    const rotation = typeof parts === 'object' && parts.context ? checkRotation(parts.context) : undefined;
    return rotation ? [{ index, ...rotation }] : [];
  });
}

/** Bundles are as wide as the export's own tree has them. */
function sizeWith(directory: string, least: number): number {
  const claimed = parseCheckpoint(parseNote(exportedFile(directory, 'checkpoint').toString('utf8'))?.text ?? '');
  return Math.max(claimed?.size ?? 0, least);
}

function saidIn(index: number, leaf: string, text: string, salt: Buffer): readonly SaidRotation[] {
  if (!isCommitted(leaf, 'context', { text, salt })) return [];
  const context = jsonIn(text);
  const rotation = context && checkRotation(context);
  return rotation ? [{ index, ...rotation }] : [];
}

/** Of no place in the tree: what both keys have signed is in it. */
function saidBySigner(context: Context): readonly SaidRotation[] {
  const rotation = checkRotation(context);
  return rotation ? [{ index: -1, ...rotation }] : [];
}

function handOverIn(note: string): readonly HandOver[] {
  const claimed = parseCheckpoint(parseNote(note)?.text ?? '');
  return claimed ? [{ note, size: claimed.size, root: claimed.root }] : [];
}

function jsonIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
