import type { KeyObject } from 'node:crypto';
import { openCheckpoint, parseCheckpoint, type Checkpoint } from '../checkpoint.js';
import { openNote, parseNote } from '../signed-note.js';
import { verifierKey } from '../verifier-key.js';
import type { Finding } from './finding.js';

/**
 * Opens a checkpoint of this key, under whichever name of the log: a log that was restored has a new name and the same key.
 * @returns what is wrong with it where it does not open
 */
export function openSigned(note: string, publicKey: KeyObject): Checkpoint | Extract<Finding['kind'], 'checkpoint-malformed' | 'wrong-key' | 'bad-signature'> {
  const parsed = parseNote(note);
  const claimed = parsed && parseCheckpoint(parsed.text);
  if (!claimed || !isName(claimed.origin)) return 'checkpoint-malformed';
  const key = verifierKey(claimed.origin, publicKey);
  if (!parsed.signatures.some(({ name, keyId }) => name === key.name && keyId.equals(key.keyId))) return 'wrong-key';
  if (openNote(note, key) === undefined) return 'bad-signature';
  return openCheckpoint(note, key) ?? 'checkpoint-malformed';
}

function isName(origin: string): boolean {
  return !/[\s+]/u.test(origin);
}
