import type { RecordsTx } from '../platform/records-tx.js';
import { openCheckpoint, parseCheckpoint, type Checkpoint } from './checkpoint.js';
import { logKeys } from './log-keys.js';
import { currentOrigin } from './log-origin.js';
import { bounded } from './longest-cells.js';
import { EMPTY_FRONTIER, extendFrontier, rootOf, type Frontier } from './merkle.js';
import { parseNote } from './signed-note.js';
import { parseVerifierKey } from './verifier-key.js';

const PAGE = 10_000;

/** What an old checkpoint says about the log of today. */
export type PastedVerdict =
  /** No checkpoint at all: something is missing of it, or it was never one. */
  | { readonly verdict: 'unreadable' }
  /** Of another log, or signed by no key that this log has had. */
  | { readonly verdict: 'not-signed' }
  /** Genuine, and today's log begins with all that it had. `now`: entries today. */
  | { readonly verdict: 'contained'; readonly size: number; readonly now: number; readonly isEarlierName: boolean }
  /** Genuine, and today's log does not: entries were changed, removed or put in another order. `shorter`: it has fewer. */
  | { readonly verdict: 'not-contained'; readonly size: number; readonly now: number; readonly shorter: boolean; readonly isEarlierName: boolean };

const ORIGIN_LINE = /^thinfile\/[0-9a-f]{32}$/;
/** Its dash may have become a hyphen. */
const SIGNATURE_LINE = /^[\u2014\u2013-]+ (\S+ [A-Za-z0-9+/]+={0,2})$/u;
const NAME_ALONE = /^[\u2014\u2013-]+ \S+$/u;

/**
 * A checkpoint out of what a mail program has made of it: line ends of any kind, blank lines, spaces around lines, quoted with `>`, text before and
 * after, a hyphen for the dash, a signature on a line of its own. Nothing is believed for that: the signature decides.
 * @returns the text with its line ends put right where there is nothing like a checkpoint in it
 */
export function tidyNote(text: string): string {
  const lines = text.split(/\r\n?|\n/).map((line) => line.replace(/^[>\s]+|\s+$/gu, '')).filter((line) => line !== '');
  const from = lines.findIndex((line) => ORIGIN_LINE.test(line));
  if (from < 0) return `${text.replace(/\r\n?/g, '\n').trim()}\n`;
  const signatures: string[] = [];
  for (let at = from + 3; at < lines.length; at++) {
    const line = NAME_ALONE.test(lines[at]!) ? `${lines[at]} ${lines[++at] ?? ''}` : lines[at]!;
    const [, signature] = SIGNATURE_LINE.exec(line) ?? [];
    if (signature === undefined) break;
    signatures.push(`\u2014 ${signature}\n`);
  }
  return `${lines.slice(from, from + 3).join('\n')}\n\n${signatures.join('')}`;
}

/**
 * Signed by this log, and contained in it? The tree is computed anew from the hashes of its entries up to where the checkpoint
 * was signed; that the entries are what their hashes say is the signer's business and that of a whole verification.
 * @param text attacker-controlled
 */
export async function checkPasted(tx: RecordsTx, text: string): Promise<PastedVerdict> {
  const note = tidyNote(text);
  const claimed = claimedOrigin(note);
  if (claimed === undefined) return { verdict: 'unreadable' };
  const checkpoint = await openedBy(tx, note, claimed);
  if (!checkpoint) return { verdict: 'not-signed' };
  const now = await sizeToday(tx);
  const { size } = checkpoint;
  const said = { size, now, isEarlierName: (await currentOrigin(tx))?.origin !== checkpoint.origin };
  if (size > now) return { verdict: 'not-contained', ...said, shorter: true };
  const tree = await treeUpTo(tx, size);
  const isContained = tree !== undefined && rootOf(tree).equals(checkpoint.root);
  return isContained ? { verdict: 'contained', ...said } : { verdict: 'not-contained', ...said, shorter: false };
}

function claimedOrigin(note: string): string | undefined {
  const parsed = parseNote(note);
  return parsed && parseCheckpoint(parsed.text)?.origin;
}

/** By any key that the log has had under this name. */
async function openedBy(tx: RecordsTx, note: string, origin: string): Promise<Checkpoint | undefined> {
  for (const { vkey } of await logKeys(tx, origin)) {
    const key = parseVerifierKey(vkey);
    const checkpoint = key && openCheckpoint(note, key);
    if (checkpoint) return checkpoint;
  }
  return undefined;
}

/** As the head counts them, which may be gone. */
async function sizeToday(tx: RecordsTx): Promise<number> {
  const [row] = await tx.query<{ size: number }>('SELECT coalesce((SELECT size FROM log_head), (SELECT max(index) + 1 FROM log_index), 0) AS size');
  return row!.size;
}

/** @returns undefined where an entry's hash is missing */
async function treeUpTo(tx: RecordsTx, size: number): Promise<Frontier | undefined> {
  let tree = EMPTY_FRONTIER;
  while (tree.size < size) {
    const end = Math.min(tree.size + PAGE, size);
    const page = await tx.query<{ leaf_hash: Buffer }>(`SELECT ${bounded('leaf_hash', 'hash')} AS leaf_hash FROM log_index WHERE index >= $1 AND index < $2 ORDER BY index`, [tree.size, end]);
    if (page.length !== end - tree.size) return undefined;
    tree = extendFrontier(tree, page.map(({ leaf_hash }) => leaf_hash));
  }
  return tree;
}
