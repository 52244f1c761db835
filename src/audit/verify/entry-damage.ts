import { hash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.js';
import { ACTOR, CONTEXT, SUBJECT, type PartShape } from '../entry-parts.js';
import type { Finding } from './finding.js';
import type { LeafFields } from './leaf-fields.js';

const SALT_BYTES = 32;
const ROOM = 16_384;
const SHAPES = { actor: ACTOR, subject: SUBJECT, context: CONTEXT } as const satisfies Readonly<Record<string, PartShape>>;
const NAMES = ['actor', 'subject', 'context'] as const;

/** A disclosed part: its text, and its salt in hexadecimal. */
export interface DisclosedPart {
  readonly text: string;
  readonly salt: string;
}

/** The parts of an entry that were not pruned. */
export type DisclosedParts = { readonly [N in (typeof NAMES)[number]]: DisclosedPart | undefined };

/** What the database keeps in columns of its own, as one text each. */
export interface EntryColumns {
  /** `kind time epoch counter`, the time as PostgreSQL writes it in UTC. */
  readonly head: string;
  /** `site intake`, either of them empty. */
  readonly filed: string;
}

type Damage = Pick<Finding, 'kind' | 'part'>;

const bytes = Buffer.alloc(SALT_BYTES + ROOM);

/** Compares what stands beside a leaf with it. All of it may come from an attacker, and the leaf as well: the tree decides on that. */
export function damagesBeside(leaf: LeafFields, parts: DisclosedParts, columns: EntryColumns | undefined): readonly Damage[] {
  const damages: Damage[] = [];
  if (columns && columns.head !== `${leaf.kind} ${leaf.time.slice(0, 10)} ${leaf.time.slice(11, 19)} ${leaf.epoch} ${leaf.counter}`) damages.push({ kind: 'columns-changed' });
  for (const part of NAMES) {
    const disclosed = parts[part];
    if (disclosed && commitmentOf(disclosed) !== leaf[part]) damages.push({ kind: changedOf(part, parts), part });
  }
  const { subject } = parts;
  if (columns && subject && !damages.some(({ part }) => part === 'subject') && columns.filed !== filedBy(subject.text)) damages.push({ kind: 'filed-elsewhere' });
  return damages;
}

/** SHA-256(salt ‖ part) in base64; the empty text where the salt has another length than salts have. */
function commitmentOf({ text, salt }: DisclosedPart): string {
  if (salt.length !== 2 * SALT_BYTES || bytes.write(salt, 0, 'hex') !== SALT_BYTES) return '';
  if (text.length * 3 > ROOM) return hash('sha256', Buffer.concat([bytes.subarray(0, SALT_BYTES), Buffer.from(text, 'utf8')]), 'base64');
  return hash('sha256', bytes.subarray(0, SALT_BYTES + bytes.write(text, SALT_BYTES, 'utf8')), 'base64');
}

/** One commitment covers both: which of them was changed shows only where one of them is what the log does not write. */
function changedOf(part: keyof DisclosedParts, parts: DisclosedParts): Damage['kind'] {
  const { salt, text } = parts[part]!;
  if (!isWritable(text, SHAPES[part])) return 'part-changed';
  const isFresh = salt.length === 2 * SALT_BYTES && NAMES.every((name) => name === part || parts[name]?.salt !== salt);
  return isFresh ? 'part-or-salt-changed' : 'salt-changed';
}

function filedBy(subject: string): string {
  const { site, intake, intakes } = JSON.parse(subject) as { site?: string; intake?: string; intakes?: readonly string[] };
  return `${site ?? ''} ${intake ?? (intakes?.length === 1 ? intakes[0]! : '')}`;
}

function isWritable(text: string, shape: PartShape): boolean {
  try {
    const part = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return canonicalJson(part) === text && Object.entries(part).every(([key, value]) => shape[key]?.(value) === true);
  } catch {
    return false;
  }
}
