import { readEntries } from '../audit/list-entries.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { SiteSetting } from './site.js';

const SWITCHES: readonly (readonly [SiteSetting, RetentionClass])[] = [
  ['collectCredentials', 'credentials'],
  ['collectDocuments', 'documents'],
  ['collectNotes', 'notes'],
];

/** Nobody changes a site's settings so often. */
const MOST_CHANGES = 1000;

/**
 * The classes that the site at which the transaction works switched on or off at any time, as the log says: answers of them may be there until
 * their day, whatever the site asks for now. All of those with a switch where an entry is damaged.
 */
export async function everAsked(tx: RecordsTx): Promise<ReadonlySet<RetentionClass>> {
  const changes = await readEntries(tx, { kinds: ['site.changed'] }, null, MOST_CHANGES);
  const named = changes.flatMap(({ parts }): readonly string[] => (parts?.context ? (parts.context.settings ?? []) : SWITCHES.map(([setting]) => setting)));
  return new Set(SWITCHES.filter(([setting]) => named.includes(setting)).map(([, name]) => name));
}
