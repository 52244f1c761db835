import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { openCheckpoint, type Checkpoint } from '../checkpoint.js';
import { logKeys } from '../log-keys.js';
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
  const note = await newestCheckpoint(tx);
  if (note === undefined) throw new Refusal('NOT_READY', 'Nothing has been signed yet.');
  // The key may be changed between the two questions: then it is an older one that signed.
  const keys = (await logKeys(tx)).map(({ vkey }) => parseVerifierKey(vkey));
  const tree = keys.map((key) => key && openCheckpoint(note, key)).find((opened) => opened !== undefined);
  if (!tree) throw new Refusal('LOG_CHANGED', 'The newest checkpoint is not signed with the log’s key.');
  return { tree, note };
}
