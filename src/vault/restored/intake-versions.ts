import type { RecordsTx } from '../../platform/records-tx.js';

const BATCH = 5_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

export interface IntakeVersions {
  readonly ids: readonly string[];
  /** In the same order. */
  readonly versions: readonly number[];
}

/** The versions of all intakes as the records have them, some thousands at a time. @param tx of a job */
export async function* intakeVersions(tx: RecordsTx): AsyncGenerator<IntakeVersions> {
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const rows: { id: string; version: number }[] = await tx.query('SELECT id, version FROM intake WHERE id > $1 ORDER BY id LIMIT $2', [after, BATCH]);
    if (rows.length > 0) yield { ids: rows.map(({ id }) => id), versions: rows.map(({ version }) => version) };
    after = rows.length < BATCH ? undefined : rows.at(-1)!.id;
  }
}
