import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { readHolds, type Hold, type HoldScope } from '../../vault/holds.js';
import type { KeyStore } from '../../vault/key-store.js';
import { certifiedRuns, hasDestroyed, uncertifiedRuns, type EndingRun } from './ending-runs.js';
import type { DestroyedBefore, DestroyedIntake, TooLate } from './too-late.js';
import { unsweptShares, type UnsweptShare } from './unswept-shares.js';

/** As the sweep left it. A tombstone knows no tax year and no day of creation: then those are null. */
interface Swept {
  readonly intake: string;
  readonly site: string;
  readonly classes: Partial<Record<RetentionClass | 'all', Day>>;
  readonly tax_year: number | null;
  readonly created_day: Day | null;
}

/** Of the intakes that a scope names: what is gone of each, by whichever of the two databases knows. */
export async function destroyedOfNamed(records: RecordsDatabase, keyStore: KeyStore, scope: HoldScope): Promise<TooLate> {
  const unswept = await unsweptShares(keyStore, scope);
  const holds = await keyStore.transaction(({ tx }) => readHolds(tx));
  return records.acrossSites(async (tx) => {
    const runs = await certifiedRuns(tx);
    const swept = await sweptOf(tx, scope);
    const intakes = [...new Set([...swept, ...unswept].map(({ intake }) => intake))].sort().map((intake): DestroyedIntake => {
      const row = swept.find((one) => one.intake === intake);
      const left = row?.classes.all ? [] : unswept.filter((one) => one.intake === intake);
      return {
        intake,
        classes: { ...Object.fromEntries(left.map((share) => [share.class, share.day])), ...row?.classes },
        runs: { ...(row && runsOf(row, runs, holds)), ...Object.fromEntries(left.map((share) => [share.class, share.run])) },
      };
    });
    return { runs: await summed(tx, intakes, runs, siteOf([...swept, ...unswept])), intakes };
  });
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

/**
 * Which run destroyed each class. The sweep does not write that down: it is the first that had come to the day, destroyed something
 * of the kind at the site, and was kept from it by no hold.
 */
function runsOf(row: Swept, runs: readonly EndingRun[], holds: readonly Hold[]): DestroyedIntake['runs'] {
  const ended = (Object.entries(row.classes) as [RetentionClass | 'all', Day][]).map(([name, day]) => {
    const kept = holds.filter(({ scope }) => mayCover(scope, row, name));
    return [name, runs.findLast((run) => (run.days[row.site] ?? '') >= day && hasDestroyed(run, row.site, name) && !kept.some((hold) => stood(hold, run)))?.id];
  });
  return Object.fromEntries(ended.filter(([, run]) => run !== undefined));
}

function mayCover(scope: HoldScope, { intake, site, tax_year: taxYear, created_day: created }: Swept, name: RetentionClass | 'all'): boolean {
  return (
    (scope.site === undefined || scope.site === site) &&
    (scope.intakes?.includes(intake) ?? true) &&
    (name === 'all' || (scope.classes?.includes(name) ?? true)) &&
    (scope.taxYear === undefined || taxYear === null || scope.taxYear === taxYear) &&
    (created === null || ((scope.from === undefined || created >= scope.from) && (scope.to === undefined || created <= scope.to)))
  );
}

function stood({ placedAt, releasedAt }: Hold, { startedAt }: EndingRun): boolean {
  return placedAt <= startedAt && (releasedAt === null || releasedAt > startedAt);
}

/** The runs that destroyed any of it, the newest first, each with how much of what is named. */
async function summed(tx: RecordsTx, intakes: readonly DestroyedIntake[], certified: readonly EndingRun[], siteOf: ReadonlyMap<string, string>): Promise<readonly DestroyedBefore[]> {
  const ended = intakes.flatMap(({ intake, runs }) => Object.entries(runs).map(([name, run]) => ({ intake, name: name as RetentionClass | 'all', run })));
  const unknown = ended.map(({ run }) => run).filter((run) => !certified.some(({ id }) => id === run));
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
