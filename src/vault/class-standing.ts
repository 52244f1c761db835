import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { heldSql } from './hold-scope.js';
import type { KeyStore } from './key-store.js';

/** A class past its day: kept by a legal hold, or gone; without a day when the key store no longer knows it. */
export type Passed = { readonly state: 'held'; readonly dueDay: Day } | { readonly state: 'over'; readonly dueDay?: Day };

/** How a class of an intake stands, as `Life` has it, without anything that opens it. */
export type Standing = { readonly state: 'alive'; readonly dueDay: Day } | Passed;

interface Row {
  readonly class: RetentionClass;
  readonly due_day: Day;
  readonly held: boolean;
  /** Of its bucket; null when that was destroyed. */
  readonly id: string | null;
}

/** Opens nothing, so it asks for no master and waits for no run. A class that the key store no longer knows is left out. */
export async function readStandings(
  keyStore: KeyStore,
  siteId: string,
  intakeId: string,
  today: Day,
): Promise<ReadonlyMap<RetentionClass, Standing>> {
  const rows = await keyStore.database.query<Row>(
    `SELECT s.class, s.due_day, ${heldSql('s')} AS held, b.id
     FROM life_share s LEFT JOIN bucket b ON b.id = s.bucket_id WHERE s.site_id = $1 AND s.intake_id = $2`,
    [siteId, intakeId],
  );
  return new Map(rows.map((row) => [row.class, passedIn(row, today) ?? { state: 'alive', dueDay: row.due_day }]));
}

/** Undefined while it is alive; then it has its bucket. */
export function passedIn({ id, due_day: dueDay, held }: Pick<Row, 'id' | 'due_day' | 'held'>, today: Day): Passed | undefined {
  if (id === null) return { state: 'over', dueDay };
  return dueDay <= today ? { state: held ? 'held' : 'over', dueDay } : undefined;
}
