import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { KeysTx } from '../platform/keys-tx.js';

/** What a hold keeps: all that is given must match, and nothing given is everything there is. */
export interface HoldScope {
  readonly site?: string;
  readonly intakes?: readonly string[];
  readonly classes?: readonly RetentionClass[];
  readonly taxYear?: number;
  /** Days of creation, both included. */
  readonly from?: Day;
  readonly to?: Day;
}

/** A legal hold as the key store has it, and it alone decides. */
export interface Hold {
  readonly id: string;
  readonly scope: HoldScope;
  readonly placedAt: Date;
  readonly releasedAt: Date | null;
}

interface Row {
  readonly id: string;
  readonly site_id: string | null;
  readonly intakes: readonly string[] | null;
  readonly classes: readonly RetentionClass[] | null;
  readonly tax_year: number | null;
  readonly created_from: Day | null;
  readonly created_to: Day | null;
  readonly placed_at: Date;
  readonly released_at: Date | null;
}

/** Every hold that ever was, the oldest first; without the sentinel, which is none. */
export async function readHolds(tx: KeysTx): Promise<readonly Hold[]> {
  const rows = await tx.query<Row>(
    `SELECT id, site_id, intakes, classes, tax_year, created_from, created_to, placed_at, released_at
     FROM hold WHERE NOT sentinel ORDER BY placed_at, id`,
  );
  return rows.map(holdOf);
}

/** Those that nobody has released. */
export async function holdsInForce(tx: KeysTx): Promise<readonly Hold[]> {
  return (await readHolds(tx)).filter(({ releasedAt }) => releasedAt === null);
}

export async function isAnyHold(tx: KeysTx): Promise<boolean> {
  return (await tx.query('SELECT FROM hold WHERE NOT sentinel AND released_at IS NULL LIMIT 1')).length > 0;
}

/** Whether there is a row of this id, whatever it is: the sentinel's too. */
export async function isHoldId(tx: KeysTx, id: string): Promise<boolean> {
  return (await tx.query('SELECT FROM hold WHERE id = $1', [id])).length > 0;
}

/** Puts a hold in force, or back into force as it was: placed when it was, where its row is there. The commit is its acknowledgement. */
export async function writeHold(tx: KeysTx, { id, scope, placedAt }: Omit<Hold, 'releasedAt'>): Promise<void> {
  await tx.query(
    `INSERT INTO hold (id, site_id, intakes, classes, tax_year, created_from, created_to, placed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT ON CONSTRAINT hold_pk DO UPDATE SET site_id = excluded.site_id, intakes = excluded.intakes, classes = excluded.classes,
       tax_year = excluded.tax_year, created_from = excluded.created_from, created_to = excluded.created_to, released_at = NULL`,
    [id, scope.site ?? null, scope.intakes ?? null, scope.classes ?? null, scope.taxYear ?? null, scope.from ?? null, scope.to ?? null, placedAt],
  );
}

export async function releaseHolds(tx: KeysTx, ids: readonly string[], at: Date): Promise<void> {
  await tx.query('UPDATE hold SET released_at = $2 WHERE id = ANY ($1::uuid[]) AND NOT sentinel AND released_at IS NULL', [ids, at]);
}

function holdOf(row: Row): Hold {
  const scope: HoldScope = {
    ...(row.site_id !== null && { site: row.site_id }),
    ...(row.intakes && { intakes: [...row.intakes].sort() }),
    ...(row.classes && { classes: [...row.classes].sort() }),
    ...(row.tax_year !== null && { taxYear: row.tax_year }),
    ...(row.created_from !== null && { from: row.created_from }),
    ...(row.created_to !== null && { to: row.created_to }),
  };
  return { id: row.id, scope, placedAt: row.placed_at, releasedAt: row.released_at };
}
