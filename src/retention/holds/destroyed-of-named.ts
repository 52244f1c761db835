import type { RetentionClass } from '../../catalogue/retention-class.js';
import { addDays, type Day } from '../../platform/clock.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { readHolds, type HoldScope } from '../../vault/holds.js';
import type { KeyStore } from '../../vault/key-store.js';
import { certifiedRuns, uncertifiedRuns, type EndingRun } from './ending-runs.js';
import { erasedEarly } from './erased-early.js';
import { runsOf, type Swept } from './run-of-swept.js';
import type { DestroyedBefore, DestroyedIntake, TooLate } from './too-late.js';
import { unsweptShares, type UnsweptShare } from './unswept-shares.js';

/**
 * Of the intakes that a scope names: what is gone of each, by whichever of the two databases knows.
 * @param before for a hold that stands already: what a tombstone may be of that the hold does not cover counts only where the run is known,
 *   and began before
 */
export async function destroyedOfNamed(records: RecordsDatabase, keyStore: KeyStore, scope: HoldScope, before?: Date): Promise<TooLate> {
  const unswept = await unsweptShares(keyStore, scope);
  const holds = await keyStore.transaction(({ tx }) => readHolds(tx));
  return records.acrossSites(async (tx) => {
    const found = await sweptOf(tx, scope);
    const runs = await runsSince(tx, [...found.flatMap(({ classes }) => Object.values(classes)), ...unswept.map((share) => share.day)], before);
    const erasures = new Map((await erasedEarly(tx, scope.intakes ?? [])).map((one) => [one.intake, one]));
    const known = found.map((row) => ({ ...row, runs: runsOf(row, runs, holds, erasures.get(row.intake)) }));
    const swept = known.filter((row) => row.classes.all === undefined || before === undefined || coversAllOf(scope) || row.runs.all !== undefined);
    const intakes = [...new Set([...swept, ...unswept].map(({ intake }) => intake))].sort().map((intake): DestroyedIntake => {
      const row = swept.find((one) => one.intake === intake);
      const left = row?.classes.all ? [] : unswept.filter((one) => one.intake === intake);
      const erased = erasures.get(intake);
      return {
        intake,
        classes: { ...Object.fromEntries(left.map((share) => [share.class, share.day])), ...row?.classes },
        runs: { ...row?.runs, ...Object.fromEntries(left.map((share) => [share.class, share.run])) },
        ...(erased && { erasedDay: erased.day }),
      };
    });
    return { runs: await summed(tx, intakes, runs, siteOf([...swept, ...unswept])), intakes };
  });
}

/** While such a hold stands, nothing of what it names goes. Of any other a tombstone does not say whether it covered all that went. */
function coversAllOf({ classes, taxYear, from, to }: HoldScope): boolean {
  return [classes, taxYear, from, to].every((limit) => limit === undefined);
}

/** Those that can have destroyed what was due on these days: a site's day is a day before the clock's, or after it, at most. */
async function runsSince(tx: RecordsTx, days: readonly Day[], before: Date | undefined): Promise<readonly EndingRun[]> {
  const [first] = [...days].sort();
  return first === undefined ? [] : certifiedRuns(tx, { since: addDays(first, -1), before });
}

/** A class that begins anew has a share again, and no day of destruction. */
const SWEPT = `
  SELECT g.intake, g.site, g.classes, g.tax_year, g.created_day FROM (
    SELECT i.id AS intake, i.site_id AS site, i.tax_year, i.created_day,
      (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(i.destroyed) WHERE $3::text[] IS NULL OR key = ANY ($3)) AS classes
    FROM intake i WHERE i.id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR i.site_id = $2) AND ($4::integer IS NULL OR i.tax_year = $4)
      AND ($5::date IS NULL OR i.created_day >= $5) AND ($6::date IS NULL OR i.created_day <= $6)
    UNION ALL
    SELECT t.intake_id, t.site_id, NULL, NULL, jsonb_build_object('all', t.day) FROM tombstone t WHERE t.intake_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR t.site_id = $2)
  ) g WHERE g.classes <> '{}'`;

function sweptOf(tx: RecordsTx, { intakes, site, classes, taxYear, from, to }: HoldScope): Promise<readonly Swept[]> {
  return tx.query<Swept>(SWEPT, [intakes, site ?? null, classes ?? null, taxYear ?? null, from ?? null, to ?? null]);
}

/** The runs that destroyed any of it, the newest first, each with how much of what is named. */
async function summed(tx: RecordsTx, intakes: readonly DestroyedIntake[], certified: readonly EndingRun[], siteOf: ReadonlyMap<string, string>): Promise<readonly DestroyedBefore[]> {
  const ended = intakes.flatMap(({ intake, runs }) => Object.entries(runs).map(([name, run]) => ({ intake, name: name as RetentionClass | 'all', run })));
  const unknown = ended.filter(({ run }) => !certified.some(({ id }) => id === run)).map(({ intake, run }) => ({ run, site: siteOf.get(intake)! }));
  return [...(await uncertifiedRuns(tx, unknown)), ...certified].flatMap(({ id, days, policyVersion, certificate }) => {
    const mine = ended.filter(({ run }) => run === id);
    if (!mine[0]) return [];
    const classes: Partial<Record<RetentionClass | 'all', number>> = {};
    for (const { name } of mine) classes[name] = (classes[name] ?? 0) + 1;
    return [{ run: id, day: days[siteOf.get(mine[0].intake)!]!, policyVersion, certified: certificate !== undefined, classes }];
  });
}

function siteOf(rows: readonly (Swept | UnsweptShare)[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ intake, site }) => [intake, site]));
}
