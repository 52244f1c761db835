import { canonicalJson } from './canonical-json.js';
import { commitment, leafTime, type SaltedPart } from './leaf.js';
import { leafHash } from './merkle.js';

/** An entry's place in the tree and what is stored there: columns of log_index, log_entry and log_part. */
export interface StoredEntry {
  readonly index: number;
  readonly leaf_hash: Buffer;
  /** Null, as everything after it, when the entry is gone. */
  readonly leaf: string | null;
  readonly kind: string;
  readonly at: Date;
  readonly epoch: string;
  readonly counter: number;
  readonly site_id: string | null;
  readonly intake_id: string | null;
  /** Null, as the other parts and salts, once it was pruned. */
  readonly actor: string | null;
  readonly actor_salt: Buffer | null;
  readonly subject: string | null;
  readonly subject_salt: Buffer | null;
  readonly context: string | null;
  readonly context_salt: Buffer | null;
}

export const STORED_ENTRIES = `
  SELECT i.index, i.leaf_hash, e.leaf, e.kind, e.at, e.epoch, e.counter, e.site_id, e.intake_id,
    p.actor, p.actor_salt, p.subject, p.subject_salt, p.context, p.context_salt
  FROM log_index i LEFT JOIN log_entry e ON e.id = i.entry_id LEFT JOIN log_part p ON p.entry_id = e.id
  WHERE i.index >= $1 AND i.index < $2 ORDER BY i.index`;

/**
 * Compares everything that is stored of an entry with its hash in the tree. Whoever can write to the database wrote it all.
 * @returns what is wrong, undefined when all fits; parts that were pruned are not missed
 */
export function damageOf(stored: StoredEntry): string | undefined {
  if (stored.leaf === null) return 'is gone';
  if (!leafHash(Buffer.from(stored.leaf, 'utf8')).equals(stored.leaf_hash)) return 'has another hash than its leaf';
  const leaf = canonicalObject(stored.leaf);
  if (!leaf) return 'has a leaf that is not canonical JSON';
  const { kind, epoch, counter } = stored;
  if (leaf['kind'] !== kind || leaf['epoch'] !== epoch || leaf['counter'] !== counter || leaf['time'] !== leafTime(stored.at)) {
    return 'has columns that its leaf does not have';
  }
  for (const name of ['actor', 'subject', 'context'] as const) {
    const part = partOf(stored, name);
    if (part && leaf[name] !== commitment(part)) return `has another ${name} than its leaf commits to`;
  }
  return stored.subject === null || subjectFits(stored, stored.subject) ? undefined : 'is filed under another site or intake';
}

function partOf(stored: StoredEntry, name: 'actor' | 'subject' | 'context'): SaltedPart | undefined {
  const [text, salt] = [stored[name], stored[`${name}_salt`]];
  return text === null || salt === null ? undefined : { text, salt };
}

function subjectFits({ site_id, intake_id }: StoredEntry, text: string): boolean {
  const { site, intake, intakes } = JSON.parse(text) as { site?: string; intake?: string; intakes?: readonly string[] };
  const only = intake ?? (intakes?.length === 1 ? intakes[0] : undefined);
  return (site ?? null) === site_id && (only ?? null) === intake_id;
}

function canonicalObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return typeof value === 'object' && canonicalJson(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}
