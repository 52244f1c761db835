import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { Certificate } from '../certificate.js';
import { versionInForce } from '../policy.js';

/** A run that destroyed something. */
export interface EndingRun {
  readonly id: string;
  readonly startedAt: Date;
  readonly policyVersion: number;
  /** Today at each site, as the run took it. */
  readonly days: Readonly<Record<string, Day>>;
  /** Undefined while no certificate says what it destroyed: it is at it, or failed before, and a later run's will. */
  readonly certificate: Certificate | undefined;
}

/** Runs that are looked at, at most, the newest first: a season has fewer. */
const MOST_RUNS = 400;

/** The newest first. @param before for a hold that stands already: runs that began later took nothing that it names */
export async function certifiedRuns(tx: RecordsTx, before?: Date): Promise<readonly EndingRun[]> {
  const rows = await tx.query<{ id: string; started_at: Date; body: string }>(
    `SELECT r.id, r.started_at, c.body FROM destruction_certificate c JOIN purge_run r ON r.id = c.run_id
     WHERE $1::timestamptz IS NULL OR r.started_at <= $1 ORDER BY r.started_at DESC LIMIT ${MOST_RUNS}`,
    [before ?? null],
  );
  return rows.map(({ id, started_at: startedAt, body }) => {
    const certificate = JSON.parse(body) as Certificate;
    return { id, startedAt, policyVersion: certificate.policyVersion, days: certificate.days, certificate };
  });
}

/** Those of these runs that the records know, the newest first. Their policy is the one of the earliest day at any site, as theirs was. */
export async function uncertifiedRuns(tx: RecordsTx, ids: readonly string[]): Promise<readonly EndingRun[]> {
  const rows = await tx.query<{ id: string; started_at: Date; days: Readonly<Record<string, Day>> }>(
    'SELECT id, started_at, days FROM purge_run WHERE id = ANY ($1::uuid[]) ORDER BY started_at DESC',
    [ids],
  );
  const runs: EndingRun[] = [];
  for (const { id, started_at: startedAt, days } of rows) {
    const [runDay] = Object.values(days).sort();
    if (runDay) runs.push({ id, startedAt, days, policyVersion: await versionInForce(tx, runDay), certificate: undefined });
  }
  return runs;
}

/** Whether its certificate says that it destroyed something of this class, or of any, at this site. */
export function hasDestroyed({ certificate }: EndingRun, site: string, name: RetentionClass | 'all'): boolean {
  return certificate?.buckets.some((bucket) => bucket.site === site && (name === 'all' || bucket.class === name) && bucket.shares > 0) ?? false;
}
