import type { RecordsTx } from '../../platform/records-tx.js';
import { proveConsistency } from '../tiles/prove.js';

/**
 * The hashes by which a tree is shown to begin with all of a smaller one: RFC 6962, section 2.1.2. They were held against the newest
 * signed tree.
 * @throws Refusal when the stored hashes do not lead to that one, or are not all there
 */
export async function consistencyHashes(tx: RecordsTx, from: number, to: number): Promise<readonly Buffer[]> {
  return from === 0 || from === to ? [] : (await proveConsistency(tx, from, to)).hashes;
}
