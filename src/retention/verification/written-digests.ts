import { CONTEXT } from '../../audit/entry-parts.js';
import { isCommitted } from '../../audit/leaf.js';
import { LEAF, saltedParts } from '../../audit/longest-cells.js';
import { IS_WRITE } from '../../audit/write-kinds.js';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { ComparedIntake } from './compare-sections.js';

/** What an entry of a write says of itself. */
export interface Written {
  readonly context: string | null;
  readonly context_salt: Uint8Array | null;
  readonly leaf: string | null;
}

/** SQL, from FROM on: the entries of writes. */
export const WRITES = `FROM log_entry e LEFT JOIN log_part p ON p.entry_id = e.id WHERE ${IS_WRITE}`;

/** SQL: its columns, of log_entry `e` and log_part `p`. */
export const WRITTEN = `${saltedParts('context')}, ${LEAF}`;

/** All writes of an intake, newest first. */
export const EARLIER = `SELECT ${WRITTEN} ${WRITES} AND e.intake_id = $1 ORDER BY e.id DESC`;

interface Write {
  readonly version: number | undefined;
  /** Classes of which the version before it is kept. */
  readonly preserved: readonly RetentionClass[];
  readonly digests: NonNullable<ComparedIntake['digests']>;
}

/** @returns undefined where the entry's leaf does not commit to what its part says, or to what no write says */
export function writeIn({ context, context_salt: salt, leaf }: Written): Write | undefined {
  if (context === null || salt === null || leaf === null || !isCommitted(leaf, 'context', { text: context, salt })) return undefined;
  return said(context);
}

function said(context: string): Write | undefined {
  try {
    const { version, preserved = [], digests = {} } = JSON.parse(context) as Readonly<Record<string, unknown>>;
    if (version !== undefined && !CONTEXT.version(version)) return undefined;
    return CONTEXT.preserved(preserved) && CONTEXT.digests(digests) ? { version, preserved, digests } : undefined;
  } catch {
    return undefined;
  }
}
