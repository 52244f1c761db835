import { canonicalJson } from '../canonical-json.js';
import { ACTOR, CONTEXT, SUBJECT, type PartShape } from '../entry-parts.js';
import { PART_NAMES, SALT_BYTES, type DisclosedParts, type PartName } from './disclosed-parts.js';
import { isFiledBy } from './filed-by.js';
import type { Finding } from './finding.js';
import type { LeafFields } from './leaf-fields.js';

const SHAPES = { actor: ACTOR, subject: SUBJECT, context: CONTEXT } as const satisfies Readonly<Record<string, PartShape>>;

/** What the database keeps in columns of its own, as one text each. */
export interface EntryColumns {
  /** Counter, epoch and kind as a leaf has them. */
  readonly writer: string;
  /** As PostgreSQL writes it in UTC. */
  readonly timestamp: string;
  /** `site intake`, either of them empty; empty itself where the parts are under another site than the entry, which no subject belongs under. */
  readonly filed: string;
  /** Whether some of its parts were taken out of the row that has them: pruning takes it whole. */
  readonly isEmptied: boolean;
}

type Damage = Pick<Finding, 'kind' | 'part'>;

const NONE: readonly Damage[] = [];

/** Compares what stands beside a leaf with it. All of it may come from an attacker, and the leaf as well: the tree decides on that. */
export function damagesBeside(leaf: LeafFields, parts: DisclosedParts, columns: EntryColumns | undefined): readonly Damage[] {
  const damages: Damage[] = [];
  if (columns && (columns.writer !== leaf.writer || columns.timestamp !== leaf.timestamp)) damages.push({ kind: 'columns-changed' });
  for (const part of PART_NAMES) {
    const commitment = parts.commitment(part);
    if (commitment !== undefined && commitment !== leaf[part]) damages.push({ kind: changedOf(part, parts), part });
    if (commitment === undefined && columns?.isEmptied) damages.push({ kind: 'part-changed', part });
  }
  if (columns && parts.has('subject') && !damages.some(({ part }) => part === 'subject') && !isFiledBy(parts.text('subject'), columns.filed)) damages.push({ kind: 'filed-elsewhere' });
  return damages.length === 0 ? NONE : damages;
}

/** One commitment covers both: which of them was changed shows only where one of them is what the log does not write. */
function changedOf(part: PartName, parts: DisclosedParts): Damage['kind'] {
  if (!isWritable(parts.text(part), SHAPES[part])) return 'part-changed';
  const salt = parts.salt(part);
  const isFresh = salt.length === SALT_BYTES && PART_NAMES.every((name) => name === part || !parts.has(name) || !parts.salt(name).equals(salt));
  return isFresh ? 'part-or-salt-changed' : 'salt-changed';
}

function isWritable(text: string, shape: PartShape): boolean {
  try {
    const part = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return canonicalJson(part) === text && Object.entries(part).every(([key, value]) => shape[key]?.(value) === true);
  } catch {
    return false;
  }
}
