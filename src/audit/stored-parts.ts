import { ENTRY_KINDS, type Actor, type Context, type EntryKind, type Subject } from './entry.js';
import { ACTOR, CONTEXT, SUBJECT } from './entry-parts.js';
import { shapeOf, type Check } from './entry-values.js';
import { isCommitted, leafTime, type SaltedPart } from './leaf.js';
import type { StoredEntry } from './stored-entry.js';
import { PART_NAMES } from './verify/disclosed-parts.js';
import { leafFields } from './verify/leaf-fields.js';

/** Columns of log_entry and log_part. Whoever is at the database may have changed any of them. */
export interface StoredParts extends Pick<StoredEntry, 'actor' | 'actor_salt' | 'subject' | 'subject_salt' | 'context' | 'context_salt'> {
  readonly leaf: string;
  readonly kind: EntryKind;
  /** PostgreSQL knows times that are none. */
  readonly at: Date | number;
}

interface Parts {
  readonly actor: Actor;
  readonly subject: Subject;
  readonly context: Context;
}

/** What may not be as the entry's leaf says it. */
export const DAMAGES = ['kind', 'time', ...PART_NAMES] as const;
export type Damage = (typeof DAMAGES)[number];

export interface OpenedEntry {
  /** As the leaf says them, which is signed; as the columns do where it can not be read. */
  readonly kind: EntryKind;
  readonly at: Date;
  /** Without those that are damaged; undefined once they were pruned. */
  readonly parts: Partial<Parts> | undefined;
  readonly damaged: readonly Damage[];
}

/**
 * Nothing is believed that the entry's leaf does not commit to, so that what was changed is not shown as if it were true. A leaf
 * rewritten together with its parts passes here, and is found by whoever verifies the log.
 */
export function openStoredParts(stored: StoredParts): OpenedEntry {
  const { kind, at, damaged } = headOf(stored);
  if (stored.actor === null && stored.subject === null && stored.context === null) return { kind, at, parts: undefined, damaged };
  const opened = PART_NAMES.map((name) => [name, partOf(stored, name)] as const);
  return {
    ...{ kind, at, parts: Object.fromEntries(opened.filter(([, part]) => part !== undefined)) },
    damaged: [...damaged, ...opened.flatMap(([name, part]) => (part === undefined ? [name] : []))],
  };
}

function headOf({ leaf, kind, at }: StoredParts): Pick<OpenedEntry, 'kind' | 'at' | 'damaged'> {
  const said = leafFields(leaf);
  const stored = Number.isFinite(Number(at)) ? new Date(at) : new Date(0);
  const known = ENTRY_KINDS.find((one) => one === said?.kind);
  if (!said || known === undefined || !isTime(said.time)) return { kind, at: stored, damaged: ['kind', 'time'] };
  return { kind: known, at: new Date(said.time), damaged: [...(known === kind ? [] : ['kind' as const]), ...(leafTime(stored) === said.time ? [] : ['time' as const])] };
}

/** Of the right digits, which need not be any time: a leaf that somebody made up may say the 99th of a month. */
function isTime(said: string): boolean {
  const at = new Date(said);
  return !Number.isNaN(at.getTime()) && leafTime(at) === said;
}

function partOf(stored: StoredParts, name: keyof Parts): Parts[keyof Parts] | undefined {
  const [text, salt] = [stored[name], stored[`${name}_salt`]];
  return text === null || salt === null ? undefined : openPart(stored.leaf, name, { text, salt });
}

const SHAPES: { readonly [N in keyof Parts]: Check<Parts[N]> } = { actor: shapeOf({}, ACTOR), subject: shapeOf({}, SUBJECT), context: shapeOf({}, CONTEXT) };

/** @returns undefined when it is not what the leaf commits to, or nothing that this log writes */
export function openPart<N extends keyof Parts>(leaf: string, name: N, part: SaltedPart): Parts[N] | undefined {
  if (!isCommitted(leaf, name, part)) return undefined;
  try {
    const value: unknown = JSON.parse(part.text);
    return SHAPES[name](value) ? value : undefined;
  } catch {
    return undefined;
  }
}
