import { CLASSES_FROM_THE_START } from '../../catalogue/retention-class.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { intakeNotFound, type IntakeRow } from '../intake-row.js';
import { erased } from '../life-of-classes.js';

/** The intake's row, if it has not been erased yet. @throws Refusal NOT_FOUND, or DESTROYED when nothing of it can be read any more */
export async function erasableIntake(tx: RecordsTx, siteId: string, id: string): Promise<IntakeRow> {
  const [row] = await tx.query<IntakeRow>('SELECT * FROM intake WHERE id = $1 AND site_id = $2', [id, siteId]);
  if (!row) throw await intakeNotFound(tx, id);
  const { erased_day: day } = row;
  if (day !== null) throw erased(id, { ...Object.fromEntries(CLASSES_FROM_THE_START.map((name) => [name, day])), ...row.destroyed });
  return row;
}
