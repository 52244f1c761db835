import type { KeysTx } from '../../platform/keys-tx.js';
import { rememberRecords } from './records-memory.js';
import type { RecordsState } from './records-state.js';
import { deleteRestored } from './restored-records.js';

/** Restored records are the ones to remember from now on; what was known before is given up. The caller has seen two persons agree. */
export async function acceptRestored(tx: KeysTx, state: RecordsState, at: Date): Promise<void> {
  await deleteRestored(tx);
  await rememberRecords(tx, state, at, 'anew');
}
