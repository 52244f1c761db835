import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { openCheckpoint, type Checkpoint } from '../checkpoint.js';
import { currentOrigin } from '../log-origin.js';
import { newestCheckpoint } from '../newest-checkpoint.js';
import { parseVerifierKey } from '../verifier-key.js';

/** The newest tree that was signed, and the note that says so. */
export interface SignedTree {
  readonly tree: Checkpoint;
  readonly note: string;
}

/**
 * How far anything of the log is shown to others.
 * @throws Refusal NOT_READY before the first checkpoint, LOG_CHANGED when the stored one is not signed with the log's key
 */
export async function signedTree(tx: RecordsTx): Promise<SignedTree> {
  const [origin, note] = [await currentOrigin(tx), await newestCheckpoint(tx)];
  if (!origin || note === undefined) throw new Refusal('NOT_READY', 'Nothing has been signed yet.');
  const key = parseVerifierKey(origin.vkey);
  const tree = key && openCheckpoint(note, key);
  if (!tree) throw new Refusal('LOG_CHANGED', 'The newest checkpoint is not signed with the log’s key.');
  return { tree, note };
}
