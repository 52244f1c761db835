import type { RecordsTx } from '../../platform/records-tx.js';
import { isCommitted } from '../leaf.js';
import { LEAF, saltedParts } from '../longest-cells.js';
import { NEWEST_FIRST, WITH_PLACE } from '../tree-order.js';
import type { VerifiedSubject } from './verified-subject.js';

/** What a verification came to, as its entry in the log has it. */
export interface LoggedResult {
  readonly lookedAt: number;
  readonly found: number;
  /** Of the log alone. */
  readonly unclear: number;
}

/** Entries gone back to: one subject may have been verified many times since the other was. */
const LOOKED_BACK = 100;

/** By the time that they have, of no site: what waits for its place is not filed yet. */
const NEWEST = `
  SELECT ${LEAF}, ${saltedParts('context')} FROM (
    (SELECT entry_id FROM log_filter WHERE site_id IS NULL AND kind = 'log.verified' ORDER BY at DESC, entry_id DESC LIMIT ${LOOKED_BACK})
    UNION ALL SELECT entry_id FROM log_pending
  ) n JOIN log_entry e ON e.id = n.entry_id JOIN log_part p ON p.entry_id = e.id ${WITH_PLACE}
  WHERE e.kind = 'log.verified' ORDER BY ${NEWEST_FIRST}`;

/**
 * The newest result of each subject that the log has, and that its entry commits to: a row of results is believed only where it says the same.
 * @param tx of a site, or of a job
 */
export async function loggedResults(tx: RecordsTx): Promise<ReadonlyMap<VerifiedSubject, LoggedResult>> {
  const rows = await tx.query<{ leaf: string; context: string; context_salt: Buffer }>(NEWEST);
  const results = new Map<VerifiedSubject, LoggedResult>();
  for (const { leaf, context: text, context_salt: salt } of rows) {
    if (!isCommitted(leaf, 'context', { text, salt })) continue;
    const { counts } = JSON.parse(text) as { counts: Readonly<Record<'entries' | 'sections' | 'found' | 'unclear', number | undefined>> };
    const { entries, sections, found = 0, unclear = 0 } = counts;
    const subject = entries === undefined ? 'sections' : 'log';
    if (!results.has(subject)) results.set(subject, { lookedAt: entries ?? sections ?? 0, found, unclear });
  }
  return results;
}

export function isAsLogged(row: LoggedResult, logged: LoggedResult | undefined): boolean {
  return logged !== undefined && (['lookedAt', 'found', 'unclear'] as const).every((count) => row[count] === logged[count]);
}
