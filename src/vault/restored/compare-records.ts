import type { EntryKind } from '../../audit/entry.js';
import { extendsFrontier } from '../../audit/extends-frontier.js';
import type { Frontier } from '../../audit/merkle.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { RecordsMemory } from './records-memory.js';
import { readRecordsState, type RecordsState } from './records-state.js';

/**
 * How records differ from what is remembered of them.
 * - `log-shorter`: entries are missing; `log-other`: as many, and others
 * - `run-missing`: they do not know a run that the key store has seen to its end
 * - `readers-changed`: grants or policies changed without a word in the log
 * - `intakes-older`: an intake is at a version from before the one that the key store knows
 */
export type RecordsDifference = 'log-shorter' | 'log-other' | 'run-missing' | 'readers-changed' | 'intakes-older';

export interface Comparison {
  readonly state: RecordsState;
  /** Undefined: the records go on from what is remembered. */
  readonly difference: RecordsDifference | undefined;
}

/** After these nobody new can read and no policy is another. A kind that is not listed is taken to change something. */
const CHANGE_NO_READER: readonly EntryKind[] = [
  'answers.read', 'answers.written', 'intake.created', 'intake.searched', 'intake.listed', 'intake.staged', 'intake.erased', 'intake.restored',
  'signed-in', 'sign-in-failed', 'signed-out', 'session.expired', 'access.refused', 'log.read', 'log.reviewed', 'log.pruned', 'log.tiles-filled', 'member.uninvited', 'member.forgotten', 'backup.begun', 'backup.taken',
  'hold.placed', 'hold.found', 'hold.released', 'hold.mended', 'inputs.corrected',
];

/**
 * @param memory what is remembered
 * @param signed what was signed last, where this machine knows: younger than the memory by some seconds
 * @param whole also compare grants and policies: for a start, when nothing is under way
 */
export async function compareRecords(
  tx: RecordsTx,
  memory: RecordsMemory,
  signed: Frontier | undefined,
  whole: boolean,
): Promise<Comparison> {
  const state = await readRecordsState(tx);
  return { state, difference: await differenceOf(tx, state, memory, signed, whole) };
}

async function differenceOf(
  tx: RecordsTx,
  { tree, readers }: RecordsState,
  memory: RecordsMemory,
  signed: Frontier | undefined,
  whole: boolean,
): Promise<RecordsDifference | undefined> {
  for (const known of [memory.tree, ...(signed ? [signed] : [])]) {
    if (tree.size < known.size) return 'log-shorter';
    if (!(await extendsFrontier(tx, known, tree))) return 'log-other';
  }
  if (memory.lastRun !== null) {
    const found = await tx.query('SELECT FROM purge_run WHERE id = $1', [memory.lastRun]);
    if (found.length === 0) return 'run-missing';
  }
  if (whole && !readers.equals(memory.readers) && !(await mayHaveChangedReaders(tx, memory.tree.size))) return 'readers-changed';
  return undefined;
}

/** Did anything since then, sequenced or not yet, change who reads? */
async function mayHaveChangedReaders(tx: RecordsTx, size: number): Promise<boolean> {
  const found = await tx.query(
    `SELECT FROM (SELECT entry_id FROM log_index WHERE index >= $1 UNION ALL SELECT entry_id FROM log_pending) since
     JOIN log_entry e ON e.id = since.entry_id WHERE e.kind <> ALL ($2::text[]) LIMIT 1`,
    [size, CHANGE_NO_READER],
  );
  return found.length > 0;
}
