import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { intakeNotFound, type IntakeRow } from './intake-row.js';

export type Digests = Readonly<Partial<Record<RetentionClass, string>>>;

/** An intake as it is stored: its row, sealed sections, and the digests its newest write put into the access log. */
export interface StoredIntake {
  readonly row: IntakeRow;
  readonly sections: ReadonlyMap<RetentionClass, Uint8Array>;
  readonly digests: Digests;
}

type Row = IntakeRow & { readonly classes: RetentionClass[]; readonly sealed: Uint8Array[]; readonly written: string | null };

/**
 * One statement, so that row, sections and log entry are of one moment: a save in between must not look like tampering.
 * Intakes that are not there are left out; the newest come first.
 */
export async function storedIntakes(
  tx: RecordsTx,
  ids: readonly string[],
  classes: readonly RetentionClass[],
): Promise<readonly StoredIntake[]> {
  const rows = await tx.query<Row>(
    `SELECT i.*, s.classes, s.sealed, w.context AS written
     FROM intake i
     CROSS JOIN LATERAL (
       SELECT coalesce(array_agg(class), '{}') AS classes, coalesce(array_agg(sealed), '{}') AS sealed
       FROM section WHERE intake_id = i.id AND class = ANY ($2::text[])) s
     LEFT JOIN LATERAL (
       SELECT p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id
       WHERE e.intake_id = i.id AND e.kind IN ('intake.created', 'answers.written', 'intake.staged') ORDER BY e.id DESC LIMIT 1) w ON true
     WHERE i.id = ANY ($1::uuid[]) ORDER BY i.arrival DESC`,
    [ids, classes],
  );
  return rows.map(({ classes: names, sealed, written, ...row }) => ({
    row,
    sections: new Map(names.map((name, i) => [name, sealed[i]!])),
    digests: written === null ? {} : ((JSON.parse(written) as { digests?: Digests }).digests ?? {}),
  }));
}

/** @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
export async function storedIntake(tx: RecordsTx, id: string, classes: readonly RetentionClass[]): Promise<StoredIntake> {
  const [found] = await storedIntakes(tx, [id], classes);
  if (!found) throw await intakeNotFound(tx, id);
  return found;
}
