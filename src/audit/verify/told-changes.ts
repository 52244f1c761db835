import { handOverPath, keyLines, keysIn, type ListedKey } from '../export/listed-keys.js';
import type { SaidRotation } from '../export/follow-keys.js';
import { checkRotation } from '../key-rotation.js';
import { formatVerifierKey, sameKey, type VerifierKey } from '../verifier-key.js';
import { fileOr } from './exported-files.js';
import type { Findings } from './finding.js';
import { leafFields } from './leaf-fields.js';
import type { WalkedEntry } from './log-walk.js';
import { openSigned } from './open-signed.js';

const KIND = 'log.key-rotated';
export const ROTATED = `"kind":"${KIND}"`;
/** A log changes its key once a year. */
const MOST_TOLD = 10_000;

/**
 * Changes of the log's key as the entries of an export tell of them, whatever its list of keys says: who has the newest key asks no list, and would not
 * miss what leads from it to the older ones.
 */
export class ToldChanges {
  readonly #told: SaidRotation[] = [];

  take({ index, leaf, parts }: WalkedEntry): void {
    if (this.#told.length === MOST_TOLD || !leaf?.includes(ROTATED)) return;
    const fields = leafFields(leaf);
    if (fields?.kind !== KIND || parts.commitment('context') !== fields.context) return;
    const rotation = rotationIn(parts.text('context'));
    if (rotation) this.#told.push({ index, ...rotation });
  }

  /**
   * Under the log's present name each change that leads to the key that signs now was made: an export has the keys in its list, and the checkpoint that
   * both have signed. Of a name before a restore that is not sure: what was told of may have been cut short there.
   * @param signer under the name of the export's own checkpoint
   * @returns whether the list can be held against other files
   */
  check(directory: string, signer: VerifierKey, findings: Findings): boolean {
    const path = this.leadingTo(signer);
    if (path.length === 0) return true;
    const text = fileOr(directory, 'vkeys', findings)?.toString('utf8');
    if (text === undefined) return false;
    const listed = listedAlong(path, text, signer.name);
    if (!listed) findings.add({ kind: 'file-differs', name: 'vkeys' });
    else for (const [at, change] of path.entries()) checkHandOver(directory, change, listed[at]!.to!, findings);
    return listed !== undefined;
  }

  /** The oldest first. */
  private leadingTo(signer: VerifierKey): readonly SaidRotation[] {
    const path: SaidRotation[] = [];
    for (let change = this.changeTo(signer, signer.name); change && !path.includes(change); change = this.changeTo(change.previous, signer.name)) path.unshift(change);
    return path;
  }

  private changeTo(key: VerifierKey, name: string): SaidRotation | undefined {
    return this.#told.find(({ next }) => next.name === name && sameKey(next, key));
  }
}

/** @returns the lines of the keys along the path, each with the size at which the next one follows; undefined where the list has another form, other keys or other sizes */
function listedAlong(path: readonly SaidRotation[], text: string, name: string): readonly ListedKey[] | undefined {
  const listed = keysIn(text);
  if (!isWritten(listed, text)) return undefined;
  const own = listed.filter(({ vkey }) => vkey.startsWith(`${name}+`));
  if (!own.every(({ from, to }, at) => from === (own[at - 1]?.to ?? 0) && (to === undefined) === (at === own.length - 1))) return undefined;
  const along = own.slice(-path.length - 1);
  const keys = [path[0]!.previous, ...path.map(({ next }) => next)].map(formatVerifierKey);
  return keys.every((key, at) => along[at]?.vkey === key) ? along : undefined;
}

/** Is the list the one that is written for what it says? */
function isWritten(listed: readonly ListedKey[], text: string): boolean {
  try {
    return listed.every(({ vkey }) => typeof vkey === 'string') && keyLines(listed) === text;
  } catch {
    return false; // it holds what canonical JSON does not
  }
}

function checkHandOver(directory: string, { index, previous, next }: SaidRotation, size: number, findings: Findings): void {
  const name = handOverPath(size);
  const note = fileOr(directory, name, findings)?.toString('utf8');
  if (note === undefined) return;
  for (const key of [previous, next]) {
    const opened = openSigned(note, [{ key, from: 0 }]);
    const kind = typeof opened === 'string' ? opened : opened.size !== size || opened.origin !== key.name || index >= size ? 'checkpoint-misplaced' : undefined;
    if (kind === undefined) continue;
    findings.add({ kind, name });
    return;
  }
}

function rotationIn(text: string): Omit<SaidRotation, 'index'> | undefined {
  try {
    const context = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
    return context ? checkRotation(context) : undefined;
  } catch {
    return undefined;
  }
}
