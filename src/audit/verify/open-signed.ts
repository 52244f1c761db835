import { openCheckpoint, parseCheckpoint, type Checkpoint } from '../checkpoint.js';
import type { SpannedKey } from '../export/follow-keys.js';
import { openNote, parseNote } from '../signed-note.js';
import { isNoteName, verifierKey } from '../verifier-key.js';
import type { Finding } from './finding.js';

/**
 * Opens a checkpoint of one of the log's keys, under whichever name of the log: one that was restored has a new name and the same key. A key
 * signs nothing before its first checkpoint under its name and nothing after its last.
 * @returns what is wrong with it where it does not open
 */
export function openSigned(note: string, keys: readonly SpannedKey[]): Checkpoint | Extract<Finding['kind'], 'checkpoint-malformed' | 'wrong-key' | 'bad-signature'> {
  const parsed = parseNote(note);
  const claimed = parsed && parseCheckpoint(parsed.text);
  if (!claimed || !isNoteName(claimed.origin)) return 'checkpoint-malformed';
  const named = keys
    .filter(({ key, from, to = Infinity }) => key.name !== claimed.origin || (claimed.size >= from && claimed.size <= to))
    .map(({ key }) => verifierKey(claimed.origin, key.publicKey))
    .filter((key) => parsed.signatures.some(({ name, keyId }) => name === key.name && keyId.equals(key.keyId)));
  if (named.length === 0) return 'wrong-key';
  const signer = named.find((key) => openNote(note, key) !== undefined);
  return signer === undefined ? 'bad-signature' : (openCheckpoint(note, signer) ?? 'checkpoint-malformed');
}
