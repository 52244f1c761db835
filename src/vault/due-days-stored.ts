import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
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
