import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { heldSql } from './hold-scope.js';
import type { OpenKeyStore } from './key-store.js';

/** The day of destruction of every class that is alive, by intake. Opens nothing. */
export async function readDueDays(
  { tx }: OpenKeyStore,
  intakeIds: readonly string[],
  classes: readonly RetentionClass[],
  today: Day,
): Promise<ReadonlyMap<string, Partial<Record<RetentionClass, Day>>>> {
  const rows = await tx.query<{ intake_id: string; class: RetentionClass; due_day: Day }>(
    `SELECT s.intake_id, s.class, s.due_day FROM life_share s JOIN bucket b ON b.id = s.bucket_id
     WHERE s.intake_id = ANY ($1::uuid[]) AND s.class = ANY ($2::text[]) AND s.due_day > $3 ORDER BY s.class`,
    [intakeIds, classes, today],
  );
  const days = new Map<string, Partial<Record<RetentionClass, Day>>>();
  for (const row of rows) days.set(row.intake_id, { ...days.get(row.intake_id), [row.class]: row.due_day });
  return days;
}

/** The classes that a legal hold keeps past their day, by intake; without the intakes of which it keeps none. Opens nothing. */
export async function readPreserved({ tx }: OpenKeyStore, intakeIds: readonly string[], today: Day): Promise<ReadonlyMap<string, readonly RetentionClass[]>> {
  const rows = await tx.query<{ intake_id: string; classes: readonly RetentionClass[] }>(
    `SELECT s.intake_id, array_agg(s.class ORDER BY s.class) AS classes FROM life_share s JOIN bucket b ON b.id = s.bucket_id
     WHERE s.intake_id = ANY ($1::uuid[]) AND s.due_day <= $2 AND ${heldSql('s')} GROUP BY s.intake_id`,
    [intakeIds, today],
  );
  return new Map(rows.map(({ intake_id, classes }) => [intake_id, classes]));
}
