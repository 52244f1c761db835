import { ENTRY_KINDS, READINGS, type EntryKind, type LogEntry } from './entry.js';
import { ACTOR, CONTEXT, SUBJECT, type PartShape } from './entry-parts.js';

const KINDS: ReadonlySet<string> = new Set(ENTRY_KINDS);
const READS: ReadonlySet<EntryKind> = new Set(READINGS);

/**
 * The last gate before the log, which cannot be edited: whatever got past the compiler, no value of a client passes here.
 * Readings say which fields; nothing else names any, since the names that a write touched would tell what was answered.
 * @throws TypeError naming the part and the key, never what stood there
 */
export function checkEntry(entry: LogEntry): void {
  if (!KINDS.has(entry.kind)) throw new TypeError('log entry of an unknown kind');
  checkPart('actor', entry.actor, ACTOR);
  checkPart('subject', entry.subject, SUBJECT);
  checkPart('context', entry.context, CONTEXT);
  const { subject, context, kind } = entry;
  if (!READS.has(kind)) {
    if (subject.fields !== undefined) throw new TypeError(`log entry ${kind} names fields`);
  } else if (!subject.site || !subject.classes || !subject.fields || !context.purpose || !(subject.intake ?? subject.intakes)) {
    throw new TypeError(`log entry ${kind} does not say what was read and why`);
  }
}

function checkPart(name: string, part: object, shape: PartShape): void {
  for (const [key, value] of Object.entries(part)) {
    const check = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (!check) throw new TypeError(`log entry's ${name} has no such part`);
    if (!check(value)) throw new TypeError(`log entry's ${name}.${key} is malformed`);
  }
}
