import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import type { ExpectedLife, ExpectedLives } from './expected-lives.js';
import { factsInRecords, writeFacts } from './facts-in-records.js';
import { InputsChanged } from './inputs-changed.js';
import { lifeDifferences, type Difference, type LifeDifferences } from './life-differences.js';
import { storedIntakes, storedLives, type StoredLife } from './stored-lives.js';
import type { Progress } from './sweep-dead.js';

/** Intakes of one batch: three questions, and no lock. */
const BATCH = 500;

/** What a look at everything that lives came to. */
export interface CheckedLives {
  readonly corrected: readonly Corrected[];
  readonly unlogged: readonly Unlogged[];
}

/** What the log has never heard of: an intake, or one class of it; or the share of a life that is over, where by the log the next has begun. */
export interface Unlogged {
  readonly intakeId: string;
  readonly class?: RetentionClass;
}

/** An intake that was not as it must be, and was put right. */
export interface Corrected {
  readonly intakeId: string;
  readonly found: ReadonlySet<Difference>;
}

/**
 * What is put right: `all` that differs; or, where the rules have changed and days must follow, no intake of which anything but its days
 * differs. That was written by hand, and is for a run to find and say.
 */
export type Mending = 'all' | 'days';

/**
 * Goes through everything that lives in the key store, and puts right what is not as it must be: the days of destruction, and
 * the facts that they follow from. To be called before anything is destroyed, so that whoever wrote into a database destroys
 * nothing by it. First without any lock; what differs is looked at again under the intake's lock, since a save tells the key
 * store before its entry is there.
 *
 * A share of which the log has never heard is of an intake, or of a preparer's list, whose creation was cut short, and keeps its day; so
 * does one past it in whose place another was to come, for numbers that were given again: its section is sealed under that one.
 * Twice does no harm.
 * @throws InputsChanged naming the intake, when nothing can be said of it
 */
export async function checkLives(
  records: RecordsDatabase,
  keyStore: KeyStore,
  expected: ExpectedLives,
  progress: Progress,
  mending: Mending = 'all',
): Promise<CheckedLives> {
  const [{ total } = { total: 0 }] = await keyStore.database.query<{ total: number }>(
    'SELECT count(DISTINCT intake_id)::integer AS total FROM life_share',
  );
  const corrected: Corrected[] = [];
  const unlogged: Unlogged[] = [];
  let done = 0;
  for await (const ids of storedIntakes(keyStore, BATCH)) {
    const batch = await look(records, keyStore, expected, ids);
    unlogged.push(...batch.unlogged.map((id) => ({ intakeId: id })));
    for (const intakeId of batch.differing) {
      const { found, unsealed } = await correct(records, keyStore, expected, intakeId, mending);
      if (found.size > 0) corrected.push({ intakeId, found });
      unlogged.push(...unsealed.map((name) => ({ intakeId, class: name })));
    }
    done += ids.length;
    await progress(Math.min(done, total), total);
  }
  return { corrected, unlogged };
}

interface Looked {
  readonly differing: readonly string[];
  readonly unlogged: readonly string[];
}

async function look(records: RecordsDatabase, keyStore: KeyStore, expected: ExpectedLives, ids: readonly string[]): Promise<Looked> {
  const stored = await storedLives(keyStore, ids);
  return records.acrossSites(async (tx) => {
    const [truth, rows] = [await expected.of(tx, ids, 'likely'), await factsInRecords(tx, ids)];
    const differing = stored.filter((life) => !isRight(truth.get(life.intakeId), life, rows.get(life.intakeId)));
    return { differing: differing.map(({ intakeId }) => intakeId), unlogged: ids.filter((id) => !truth.has(id)) };
  });
}

function isRight(expected: ExpectedLife | 'changed' | undefined, life: StoredLife, row: IntakeFacts | undefined): boolean {
  if (expected === undefined) return row === undefined;
  const differences = expected === 'changed' ? expected : lifeDifferences(expected, life, row);
  return differences !== 'changed' && differences.found.size === 0 && differences.unsealed.length === 0;
}

/** Under the intake's lock, by the whole truth. */
function correct(
  records: RecordsDatabase,
  keyStore: KeyStore,
  expected: ExpectedLives,
  intakeId: string,
  mending: Mending,
): Promise<Pick<LifeDifferences, 'found' | 'unsealed'>> {
  return records.acrossSites(async (tx) => {
    await tx.query('SELECT FROM intake WHERE id = $1 FOR UPDATE', [intakeId]);
    const truth = (await expected.of(tx, [intakeId], 'sure')).get(intakeId);
    const [life] = await storedLives(keyStore, [intakeId]);
    if (!life) return { found: new Set(), unsealed: [] };
    if (truth === undefined || truth === 'changed') throw new InputsChanged(`the log of intake ${intakeId}`);
    const row = (await factsInRecords(tx, [intakeId])).get(intakeId);
    const differences = lifeDifferences(truth, life, row);
    if (differences === 'changed') throw new InputsChanged(`the life shares of intake ${intakeId}`);
    if (mending === 'days' && (differences.found.has('facts') || differences.found.has('place'))) return { found: new Set(), unsealed: [] };
    if (differences.found.has('facts')) await writeFacts(tx, intakeId, truth.facts);
    if (differences.found.size > 0) await writeLife(keyStore, intakeId, truth.facts, differences);
    return differences;
  });
}

async function writeLife(keyStore: KeyStore, intakeId: string, { taxYear, createdDay }: IntakeFacts, { days }: LifeDifferences): Promise<void> {
  await keyStore.transaction(async ({ tx }) => {
    // Rows that are right stay where they lie: a sweep goes by that (`DeadShares`).
    await tx.query('UPDATE life_share SET tax_year = $2, created_day = $3 WHERE intake_id = $1 AND (tax_year, created_day) <> ($2, $3)', [intakeId, taxYear, createdDay]);
    await tx.query(
      `UPDATE life_share s SET due_day = n.due FROM unnest($2::text[], $3::date[]) AS n (class, due)
       WHERE s.intake_id = $1 AND s.class = n.class`,
      [intakeId, [...days.keys()], [...days.values()]],
    );
  });
}
