import type { RetentionClass } from '../../catalogue/retention-class.js';
import { Injectable } from '@nestjs/common';
import type { Day } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { HoldScope } from '../../vault/holds.js';
import type { Certificate } from '../certificate.js';

/** What one run destroyed of what a hold names: it came too late for that. */
export interface DestroyedBefore {
  /** The run, and so the certificate. */
  readonly run: string;
  /** Today at the site, as the run took it. */
  readonly day: Day;
  readonly policyVersion: number;
  /** Keys destroyed, one for each intake. A certificate knows no tax year and no day of creation, so these may be of others too. */
  readonly classes: Partial<Record<RetentionClass, number>>;
}

/** What is gone of an intake that a hold names: the day of each class, or of all of it. */
export interface DestroyedIntake {
  readonly intake: string;
  readonly classes: Partial<Record<RetentionClass | 'all', Day>>;
}

export interface TooLate {
  readonly runs: readonly DestroyedBefore[];
  readonly intakes: readonly DestroyedIntake[];
}

/** Runs that are named at most, the newest first. */
const MOST_RUNS = 400;

/** Tells whoever places a hold what was destroyed before, when, and under which policy: as its certificates say. */
@Injectable()
export class DestroyedBeforeHold {
  constructor(private readonly records: RecordsDatabase) {}

  /**
   * Runs are named where the hold names no intakes; of those it names, what is gone of each.
   * @param before for a hold that stands already: runs that began later took nothing that it names
   */
  read(scope: HoldScope, before?: Date): Promise<TooLate> {
    return this.records.acrossSites(async (tx) => {
      if (scope.intakes) {
        return { runs: [], intakes: await tx.query<DestroyedIntake>(GONE_OF_NAMED, parametersOf(scope)) };
      }
      const rows = await tx.query<{ body: string }>(
        `SELECT c.body FROM destruction_certificate c JOIN purge_run r ON r.id = c.run_id
         WHERE $1::timestamptz IS NULL OR r.started_at <= $1 ORDER BY r.started_at DESC LIMIT ${MOST_RUNS}`,
        [before ?? null],
      );
      return { runs: rows.flatMap(({ body }) => destroyedIn(JSON.parse(body) as Certificate, scope)), intakes: [] };
    });
  }
}

/** Of what the hold names of them. A tombstone knows no tax year and no day of creation: it is named whatever those are. */
const GONE_OF_NAMED = `
  SELECT g.intake, g.classes FROM (
    SELECT i.id AS intake, (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(i.destroyed) WHERE $3::text[] IS NULL OR key = ANY ($3)) AS classes
    FROM intake i WHERE i.id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR i.site_id = $2) AND ($4::integer IS NULL OR i.tax_year = $4)
      AND ($5::date IS NULL OR i.created_day >= $5) AND ($6::date IS NULL OR i.created_day <= $6)
    UNION ALL
    SELECT t.intake_id, jsonb_build_object('all', t.day) FROM tombstone t WHERE t.intake_id = ANY ($1::uuid[]) AND ($2::uuid IS NULL OR t.site_id = $2)
  ) g WHERE g.classes <> '{}' ORDER BY g.intake`;

function parametersOf({ intakes, site, classes, taxYear, from, to }: HoldScope): readonly unknown[] {
  return [intakes, site ?? null, classes ?? null, taxYear ?? null, from ?? null, to ?? null];
}

function destroyedIn({ run, days, policyVersion, buckets, at }: Certificate, { site, classes }: HoldScope): readonly DestroyedBefore[] {
  const named = buckets.filter((bucket) => (!site || bucket.site === site) && (!classes || classes.includes(bucket.class)) && bucket.shares > 0);
  if (named.length === 0) return [];
  const counts: Partial<Record<RetentionClass, number>> = {};
  for (const bucket of named) counts[bucket.class] = (counts[bucket.class] ?? 0) + bucket.shares;
  return [{ run, day: days[named[0]!.site] ?? (at.slice(0, 10) as Day), policyVersion, classes: counts }];
}
