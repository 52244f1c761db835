import type { RecordsTx } from '../platform/records-tx.js';
import { LogFault } from './log-fault.js';
import { newestKey, type LogKey } from './log-keys.js';
import { openNote } from './signed-note.js';
import type { SignerState } from './signer-state.js';
import { SigningKey } from './signing-key.js';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.js';

/** The keys as they lie in the secrets directory, which another process may have changed a moment ago. */
export interface KeysInHand {
  /** The one that signs. */
  readonly signing: SigningKey;
  /** The one that is to follow, until the checkpoint that both sign. */
  readonly next?: SigningKey;
  /** That checkpoint is signed: `signing` is the new key, and the file of the one before is to be destroyed. */
  readonly isHandedOver: boolean;
}

/**
 * Which key signs is told by what was signed last, in one file with it: a crash cannot leave the two of different minds. Under
 * the signer's lock.
 * @throws LogFault LOG_STATE_MISSING
 */
export function keysInHand(secretsDirectory: string, { origin, note }: SignerState): KeysInHand {
  const next = SigningKey.readNext(secretsDirectory);
  if (next && isSignedBy(note, next.verifier(origin))) return { signing: next, isHandedOver: true };
  return { signing: SigningKey.read(secretsDirectory), isHandedOver: false, ...(next ? { next } : {}) };
}

/**
 * Do the database and the secrets directory belong together?
 * @returns the key that the database has; the one before, while a hand-over is signed and not published yet
 * @throws LogFault LOG_STATE_MISSING or LOG_ROLLED_BACK when one of the two is from another day or another log
 */
export async function knownKey(tx: RecordsTx, { origin, note }: SignerState, signing: SigningKey): Promise<Pick<LogKey, 'vkey' | 'since'>> {
  const known = await newestKey(tx, origin);
  if (!known) throw new LogFault('LOG_STATE_MISSING', 'what was signed last is of another log than the database');
  if (known.vkey === vkeyOf(signing, origin)) return known;
  if (!isSignedBy(note, signing.verifier(origin))) throw new LogFault('LOG_STATE_MISSING', 'the signing key is of another log than the database');
  if (!isSignedBy(note, parseVerifierKey(known.vkey))) throw new LogFault('LOG_ROLLED_BACK', 'the log was signed with a newer key than the database knows');
  return known;
}

export function vkeyOf(key: SigningKey, origin: string): string {
  return formatVerifierKey(key.verifier(origin));
}

/** An empty note, of a log that was never signed under its name, is signed by nobody. */
function isSignedBy(note: string, key: VerifierKey | undefined): boolean {
  return key !== undefined && openNote(note, key) !== undefined;
}
