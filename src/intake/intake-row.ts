import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import type { Stage } from './stage.js';

/** One household's file for one tax year, without its answers. */
export interface IntakeRow {
  readonly id: string;
  readonly site_id: string;
  readonly tax_year: number;
  readonly filing_year: number;
  readonly stage: Stage;
  readonly version: number;
  readonly vault_number: number;
  readonly wrapped_key: Uint8Array;
  readonly created_day: Day;
  readonly touched_day: Day;
  readonly prepared_day: Day | null;
  readonly accepted_day: Day | null;
  readonly done_day: Day | null;
  /** When its return last came onto the preparer's list; null while it is on none. */
  readonly listed_day: Day | null;
  readonly erased_day: Day | null;
  readonly consents_given: boolean;
  readonly consents_named: boolean;
  readonly destroyed: Readonly<Partial<Record<RetentionClass, Day>>>;
  readonly arrival: number;
}

/** The refusal for an id without a row: destroyed when its tombstone is still there, else as unknown as another site's. */
export async function intakeNotFound(tx: RecordsTx, id: string): Promise<Refusal> {
  const [tombstone] = await tx.query<{ day: Day; erased: boolean }>(
    'SELECT t.day, EXISTS (SELECT FROM erasure e WHERE e.intake_id = t.intake_id) AS erased FROM tombstone t WHERE t.intake_id = $1',
    [id],
  );
  if (!tombstone) return new Refusal('NOT_FOUND', 'There is no such intake at this site.');
  const { day, erased } = tombstone;
  return new Refusal('DESTROYED', `This intake's answers were destroyed; the last of them on ${day}.`, {
    destroyed: { all: day },
    ...(erased ? { erased: id } : {}),
  });
}

/** What the dates of an intake follow from. */
export function factsOf(row: IntakeRow): IntakeFacts {
  return {
    taxYear: row.tax_year,
    filingYear: row.filing_year,
    createdDay: row.created_day,
    touchedDay: row.touched_day,
    stage: row.stage,
    preparedDay: row.prepared_day,
    acceptedDay: row.accepted_day,
    doneDay: row.done_day,
    listedDay: row.listed_day,
    erasedDay: row.erased_day,
    consentsGiven: row.consents_given,
    consentsNamed: row.consents_named,
  };
}
