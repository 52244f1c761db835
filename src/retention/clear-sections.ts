import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';

/** Sealed bytes that nothing opens any more, and the day that people are told. */
export interface DeadSection {
  readonly intake_id: string;
  readonly class: RetentionClass;
  readonly day: Day;
}

/** Deletes the bytes and notes the day in the intake's row. The caller holds the intakes' locks. */
export async function deleteSections(tx: RecordsTx, dead: readonly DeadSection[]): Promise<void> {
  const [intakes, classes] = [dead.map((one) => one.intake_id), dead.map((one) => one.class)];
  for (const table of ['section', 'preserved_section']) {
    await tx.query(
      `DELETE FROM ${table} s USING unnest($1::uuid[], $2::text[]) AS d (intake, class) WHERE s.intake_id = d.intake AND s.class = d.class`,
      [intakes, classes],
    );
  }
  await tx.query(
    `UPDATE intake i SET destroyed = i.destroyed || d.days FROM (
       SELECT intake, jsonb_object_agg(class, day) AS days FROM unnest($1::uuid[], $2::text[], $3::date[]) AS n (intake, class, day) GROUP BY intake) AS d
     WHERE i.id = d.intake`,
    [intakes, classes, dead.map(({ day }) => day)],
  );
}

/** An intake whose last class is gone. */
export interface Over {
  readonly intakeId: string;
  /** The day of the last destruction, unless the intake's row knows a later one. */
  readonly lastDay?: Day;
}

/** What is left of an intake with its last class: that there was one, where, and the day of the last destruction. Its sections go with its row. */
export async function layTombstones(tx: RecordsTx, over: readonly Over[]): Promise<void> {
  if (over.length === 0) return;
  await tx.query(
    `WITH gone AS (DELETE FROM intake WHERE id = ANY ($1::uuid[]) RETURNING id, site_id, destroyed)
     INSERT INTO tombstone (intake_id, site_id, day)
     SELECT id, site_id, CASE WHEN destroyed = '{}' THEN last_day
       ELSE greatest(last_day, (SELECT max(value)::date FROM jsonb_each_text(destroyed))) END
     FROM gone JOIN unnest($1::uuid[], $2::date[]) AS n (intake, last_day) ON n.intake = id
     ON CONFLICT ON CONSTRAINT tombstone_pk DO NOTHING`,
    [over.map(({ intakeId }) => intakeId), over.map(({ lastDay }) => lastDay ?? null)],
  );
}
