import { randomUUID } from 'node:crypto';
import type { EntryKind } from '../../src/audit/entry.js';
import { leafText, leafTime, saltParts } from '../../src/audit/leaf.js';

/** What somebody who owns the database writes into the log: its leaf commits to it, whatever it says. @param sql of theirs @param context text */
export async function forgeEntry(sql: (text: string, parameters: unknown[]) => Promise<unknown>, kind: EntryKind, at: Date, context: string): Promise<void> {
  const [epoch, time] = [randomUUID(), leafTime(at)];
  const good = saltParts({ actor: { system: 'run' }, subject: {}, context: {} });
  const parts = { ...good, context: { ...good.context, text: context } };
  const leaf = leafText({ kind, time, epoch, counter: 1 }, parts);
  const salted = [parts.actor, parts.subject, parts.context].flatMap(({ text, salt }) => [text, salt]);
  await sql('SELECT append_log_entry(NULL, NULL, $1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10)', [kind, time, epoch, leaf, ...salted]);
}
