import type { RecordsTx } from '../../platform/records-tx.js';
import { CONTEXT, type FindingsDigest } from '../entry-parts.js';
import { isCommitted } from '../leaf.js';
import { bounded, LEAF, saltedParts } from '../longest-cells.js';
import { NEWEST_FIRST, WITH_PLACE } from '../tree-order.js';
import { leafFields } from './leaf-fields.js';
import { VERIFIED_SUBJECTS, type VerifiedSubject } from './verified-subject.js';

/** What a verification came to. */
export interface VerifiedCounts {
  readonly lookedAt: number;
  readonly found: number;
  /** Of the log alone. */
  readonly unclear: number;
}

/** The same as its entry in the log has it. */
export interface LoggedResult extends VerifiedCounts {
  /** When that was written: with the row, as soon as the verification had come to its end. */
  readonly at: Date;
  /** What was found; left out by earlier versions. */
  readonly findings?: readonly FindingsDigest[];
}

/** A transaction is over within that time. */
const UNDER_WAY_MS = 300_000;

/** Entries of each subject gone back to, however often the other was verified since. */
const LOOKED_BACK = 100;

/** SQL: what the context of an entry of the log counts by its subject. It is no more than a choice: what is chosen has still to be what its leaf commits to. */
const COUNTED: Readonly<Record<VerifiedSubject, string>> = { log: '"entries":', sections: '"sections":' };

/**
 * By the time that they have, of no site. Their index is gone back through as far as it has to be, since it is asked for in its own order, which begins with the site; and of no other
 * kind a part is looked at.
 */
const newestFiled = (subject: VerifiedSubject): string => `
    (SELECT entry_id FROM log_filter f WHERE site_id IS NULL AND kind = 'log.verified'
       AND (SELECT bool_or(strpos(${bounded('p.context', 'part')}, '${COUNTED[subject]}') > 0) FROM log_part p WHERE p.entry_id = f.entry_id)
     ORDER BY site_id DESC, at DESC, entry_id DESC LIMIT ${LOOKED_BACK})`;

/** What waits for its place is not filed yet. */
const NEWEST = `
  SELECT ${LEAF}, ${saltedParts('context')} FROM (${VERIFIED_SUBJECTS.map(newestFiled).join(' UNION ')}
    UNION SELECT entry_id FROM log_pending
  ) n JOIN log_entry e ON e.id = n.entry_id JOIN log_part p ON p.entry_id = e.id ${WITH_PLACE}
  WHERE e.kind = 'log.verified' ORDER BY ${NEWEST_FIRST}`;

/**
 * The results of each subject that the log has, and that their entries commit to, the newest first: a row of results is believed only where one of them says the same.
 * @param tx of a site, or of a job
 */
export async function loggedResults(tx: RecordsTx): Promise<Readonly<Record<VerifiedSubject, readonly LoggedResult[]>>> {
  const rows = await tx.query<{ leaf: string; context: string; context_salt: Buffer }>(NEWEST);
  const results: Record<VerifiedSubject, LoggedResult[]> = { log: [], sections: [] };
  for (const { leaf, context: text, context_salt: salt } of rows) {
    const time = leafFields(leaf)?.time;
    if (time === undefined || !isCommitted(leaf, 'context', { text, salt })) continue;
    const { counts: { entries, sections, found = 0, unclear = 0 }, ...findings } = saidIn(text);
    results[entries === undefined ? 'sections' : 'log'].push({ at: new Date(time), lookedAt: entries ?? sections ?? 0, found, unclear, ...findings });
  }
  return results;
}

interface Said extends Pick<LoggedResult, 'findings'> {
  readonly counts: Readonly<Partial<Record<'entries' | 'sections' | 'found' | 'unclear', number>>>;
}

/** Nothing where it says nothing of it: an entry that somebody forged whole says anything. */
function saidIn(text: string): Said {
  try {
    const { counts, findings } = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return { counts: CONTEXT.counts(counts) ? counts : {}, ...(CONTEXT.findings(findings) ? { findings } : {}) };
  } catch {
    return { counts: {} };
  }
}

/** Whether a row says what an entry of the log says that was written with it: its end too, since the numbers of one night are often those of the next. */
export function isAsLogged(row: VerifiedCounts & { readonly endedAt: Date }, logged: LoggedResult | undefined): boolean {
  if (logged === undefined || !(Math.abs(row.endedAt.getTime() - logged.at.getTime()) <= UNDER_WAY_MS)) return false;
  return (['lookedAt', 'found', 'unclear'] as const).every((count) => row[count] === logged[count]);
}
