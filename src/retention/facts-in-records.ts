import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RecordsTx } from '../platform/records-tx.js';

const COLUMNS: Readonly<Record<keyof IntakeFacts, string>> = {
  taxYear: 'tax_year',
  filingYear: 'filing_year',
  createdDay: 'created_day',
  touchedDay: 'touched_day',
  stage: 'stage',
  preparedDay: 'prepared_day',
  acceptedDay: 'accepted_day',
  doneDay: 'done_day',
  listedDay: 'listed_day',
  erasedDay: 'erased_day',
  consentsGiven: 'consents_given',
  consentsNamed: 'consents_named',
};
const NAMES = Object.keys(COLUMNS) as readonly (keyof IntakeFacts)[];

/** SQL: the facts of the intake `i`, under their own names. */
export const FACTS_OF_INTAKE = NAMES.map((name) => `i.${COLUMNS[name]} AS "${name}"`).join(', ');

/** The facts as the intakes' rows have them; without those that have no row. */
export async function factsInRecords(tx: RecordsTx, intakeIds: readonly string[]): Promise<ReadonlyMap<string, IntakeFacts>> {
  const rows = await tx.query<IntakeFacts & { readonly id: string }>(
    `SELECT i.id, ${FACTS_OF_INTAKE} FROM intake i WHERE i.id = ANY ($1::uuid[])`,
    [intakeIds],
  );
  return new Map(rows.map(({ id, ...facts }) => [id, facts]));
}

export async function writeFacts(tx: RecordsTx, intakeId: string, facts: IntakeFacts): Promise<void> {
  const assignments = NAMES.map((name, i) => `${COLUMNS[name]} = $${i + 2}`);
  await tx.query(`UPDATE intake SET ${assignments.join(', ')} WHERE id = $1`, [intakeId, ...NAMES.map((name) => facts[name])]);
}
