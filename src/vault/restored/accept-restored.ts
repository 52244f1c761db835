import type { KeysTx } from '../../platform/keys-tx.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { acceptVersions } from './accept-versions.js';
import { rememberRecords } from './records-memory.js';
import type { RecordsState } from './records-state.js';
import { deleteRestored } from './restored-records.js';

/** Restored records are the ones to remember from now on; what was known before is given up. The caller has seen two persons agree. */
export async function acceptRestored(keys: KeysTx, records: RecordsTx, state: RecordsState, at: Date): Promise<void> {
  await deleteRestored(keys);
  await acceptVersions(keys, records);
  await rememberRecords(keys, state, at, 'anew');
}
