import type { RetentionClass } from '../../catalogue/retention-class.js';
import { addDays, dayIn, type Day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { Certificate } from '../certificate.js';
import { policyDay } from '../policy-day.js';
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

/** From when on runs are looked at: a count would be used up sooner the more time zones there are, with runs of their own. */
export interface RunSpan {
  /** In UTC. */
  readonly since: Day;
  /** For a hold that stands already: runs that began later took nothing that it names. */
  readonly before: Date | undefined;
}

/** The newest first. */
export async function certifiedRuns(tx: RecordsTx, { since, before }: RunSpan): Promise<readonly EndingRun[]> {
  const rows = await tx.query<{ id: string; started_at: Date; body: string }>(
    `SELECT r.id, r.started_at, c.body FROM destruction_certificate c JOIN purge_run r ON r.id = c.run_id
     WHERE r.started_at >= $1::date AT TIME ZONE 'UTC' AND ($2::timestamptz IS NULL OR r.started_at <= $2) ORDER BY r.started_at DESC`,
    [since, before ?? null],
  );
  return rows.map(({ id, started_at: startedAt, body }) => {
    const certificate = JSON.parse(body) as Certificate;
    return { id, startedAt, policyVersion: certificate.policyVersion, days: certificate.days, certificate };
  });
}

/** Days before the newest run that are looked at: more than a season. */
const LOOKS_BACK_DAYS = 400;

/** The newest runs, and the day from which on they are all there; undefined where there are none before. */
export async function latestRuns(tx: RecordsTx, before: Date | undefined): Promise<{ readonly runs: readonly EndingRun[]; readonly from: Day | undefined }> {
  const [span] = await tx.query<{ oldest: Date | null; newest: Date | null }>(
    `SELECT min(r.started_at) AS oldest, max(r.started_at) AS newest FROM destruction_certificate c JOIN purge_run r ON r.id = c.run_id
     WHERE $1::timestamptz IS NULL OR r.started_at <= $1`,
    [before ?? null],
  );
  const { oldest, newest } = span!;
  if (!oldest || !newest) return { runs: [], from: undefined };
  const since = addDays(dayIn('UTC', newest), -LOOKS_BACK_DAYS);
  return { runs: await certifiedRuns(tx, { since, before }), from: dayIn('UTC', oldest) < since ? since : undefined };
}

/** That a run destroyed something at a site. */
export interface Ended {
  readonly run: string;
  readonly site: string;
}

/** Those of these runs that the records know, the newest first. Their policy is the one that their certificate would name for this. */
export async function uncertifiedRuns(tx: RecordsTx, ended: readonly Ended[]): Promise<readonly EndingRun[]> {
  const rows = await tx.query<{ id: string; started_at: Date; days: Readonly<Record<string, Day>> }>(
    'SELECT id, started_at, days FROM purge_run WHERE id = ANY ($1::uuid[]) ORDER BY started_at DESC',
    [ended.map(({ run }) => run)],
  );
  const runs: EndingRun[] = [];
  for (const { id, started_at: startedAt, days } of rows) {
    const on = policyDay(days, ended.flatMap(({ run, site }) => (run === id ? [site] : [])));
    if (on) runs.push({ id, startedAt, days, policyVersion: await versionInForce(tx, on), certificate: undefined });
  }
  return runs;
}

/** Whether its certificate says that it destroyed something of this class, or of any, at this site that was due on this day, or of which the log knows no day. */
export function hasDestroyed({ certificate }: EndingRun, site: string, name: RetentionClass | 'all', day: Day): boolean {
  return certificate?.buckets.some((bucket) => bucket.site === site && (name === 'all' || bucket.class === name) && ((bucket.due[day] ?? 0) > 0 || bucket.unlogged > 0)) ?? false;
}
