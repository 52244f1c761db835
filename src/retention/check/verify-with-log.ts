import { canonicalJson } from '../../audit/canonical-json.js';
import { CHANGES_OF_FACTS } from '../../audit/entry.js';
import { day } from '../../platform/clock.js';
import type { Certificate } from '../certificate.js';
import { POLICY_LIMITS } from '../policy-limits.js';
import { monthsBefore } from '../prune-log.js';
import { LogUnclear, type CheckedEntry } from './checked-entry.js';
import type { Difference } from './compare-run.js';
import { lastDayBegun } from './last-day-begun.js';
import { OF_RUNS, REPLAYED, ReplayRuns, type ReplayedRun } from './replay-runs.js';

/**
 * What keeps a certificate from agreeing with the log.
 * - `not-in-log`: no run ends where it says; the rest: what it says of the run is not what the log's entries say of it
 * - `sums`: of a bucket, more or fewer shares than those whose days it says and those that the log has never heard of
 * - `day-not-begun`: the run took a day as today that had not begun anywhere on earth
 * - or how what was destroyed differs from what was due
 */
export type Finding =
  | { readonly what: 'not-in-log' | 'run' | 'intention' | 'days' | 'day-not-begun' | 'policy' | 'master' | 'sums' | 'buckets' | 'moved' | 'corrected' | 'holds' | 'held-shares' }
  | Difference;

export interface VerifiedWithLog {
  /** None: exactly what was due and not held was destroyed. */
  readonly findings: readonly Finding[];
  /** Shares of intakes whose creation was cut short: the log cannot say when they were due. */
  readonly unlogged: number;
  /** Buckets that an earlier run's entries name too: it was cut short before its certificate was noted. */
  readonly repeated: number;
  /** Where earlier runs ended that do not agree with the log themselves: ask for their certificates. */
  readonly earlierFlawed: readonly number[];
  /** Entries before the run that were pruned by age: of the intakes that they are about, and of what runs destroyed by them, nothing can be said. */
  readonly pruned: number;
}

/** An entry as an export has it: parts that were pruned are missing. */
export interface DisclosedEntry {
  readonly index: number;
  readonly kind: string;
  readonly time: string;
  readonly parts: { readonly subject?: CheckedEntry['subject']; readonly context?: CheckedEntry['context'] };
}

/**
 * Works out from the log's entries alone what was due when a run began, and compares it with what the certificate says was
 * destroyed. Pure.
 * @param entries from the first on, in a tree that the certificate's key has signed
 * @param newest the time of the last of them, by which the others are old enough to be pruned
 * @throws LogUnclear, PolicyInvalid when the entries do not say enough for that
 */
export function verifyWithLog(certificate: Certificate, entries: Iterable<DisclosedEntry>, newest: string): VerifiedWithLog {
  const replay = new ReplayRuns();
  const earlierFlawed: number[] = [];
  let intendedAt = '';
  let pruned = 0;
  for (const disclosed of entries) {
    if (disclosed.index === certificate.log.intended) intendedAt = disclosed.time;
    if (isPruned(disclosed, newest) && !isOwn(disclosed, certificate)) {
      pruned++;
      replay.forget(disclosed);
      continue;
    }
    const run = REPLAYED.has(disclosed.kind) ? replay.take(told(disclosed)) : undefined;
    if (disclosed.index === certificate.log.finished) {
      if (!run) break;
      const findings = findingsOf(certificate, run, intendedAt);
      if (pruned > 0 && findings.some(isOfUnknown)) throw new LogUnclear(`the details of ${pruned} older entries were pruned, and it destroyed what they may be about`);
      return { findings, unlogged: sumOf(certificate, 'unlogged'), repeated: run.repeated, earlierFlawed, pruned };
    }
    if (run?.differences.some((difference) => pruned === 0 || !isOfUnknown(difference))) earlierFlawed.push(run.finished);
  }
  return { findings: [{ what: 'not-in-log' }], unlogged: 0, repeated: 0, earlierFlawed, pruned };
}

/** What an intake's facts follow from, and, as long after it as certificates are kept at least, runs: rules and holds are never pruned. */
function isPruned({ kind, time, parts }: DisclosedEntry, newest: string): boolean {
  if (parts.context) return false;
  const isOf = (kinds: readonly string[], months: number): boolean => kinds.includes(kind) && time.slice(0, 10) < monthsBefore(day(newest.slice(0, 10)), months);
  return isOf(CHANGES_OF_FACTS, POLICY_LIMITS.entriesMonths.least) || isOf(OF_RUNS, POLICY_LIMITS.certificatesYears.least * 12);
}

/** Of the run itself, without which there is nothing to compare. */
function isOwn({ index }: DisclosedEntry, { log: { intended, finished } }: Certificate): boolean {
  return index === intended || index === finished;
}

/** Of an intake whose entries were pruned the log knows nothing any more: whatever is destroyed of it is more than there was. */
function isOfUnknown(finding: Finding): boolean {
  return finding.what === 'more' || finding.what === 'held' || finding.what === 'held-shares';
}

function told({ index, kind, time, parts: { subject, context } }: DisclosedEntry): CheckedEntry {
  if (!subject || !context) throw new LogUnclear(`the details of entry ${index} (${kind}) are not there any more`);
  return { index, kind, time, subject, context };
}

function findingsOf(certificate: Certificate, run: ReplayedRun, intendedAt: string): readonly Finding[] {
  const { counts = {}, master, version } = run.context as { counts?: Record<string, number>; master?: number; version?: number };
  const { policy, held } = run;
  const saysOtherwise: readonly (readonly [Exclude<Finding, Difference>['what'], boolean])[] = [
    ['run', certificate.run !== run.run],
    ['intention', certificate.log.intended !== run.intended],
    ['days', canonicalJson(certificate.days) !== canonicalJson(run.days)],
    ['day-not-begun', Object.values(run.days).some((today) => today > lastDayBegun(intendedAt))],
    ['policy', !policy || certificate.policyVersion !== version || version !== policy.version || certificate.policyDigest !== policy.digest || certificate.policyEffectiveDay !== policy.effectiveDay],
    ['master', certificate.master !== master],
    ['sums', certificate.buckets.some(({ shares, due, unlogged }) => shares !== sum(Object.values(due)) + unlogged)],
    ['buckets', bucketsOf(certificate.buckets) !== bucketsOf(run.buckets) || counts['buckets'] !== run.buckets.length || counts['shares'] !== sum(run.buckets.map(({ shares }) => shares))],
    ['moved', certificate.moved !== counts['moved'] || certificate.moved !== sumOf(certificate, 'moved')],
    ['corrected', certificate.corrected !== counts['corrected']],
    ['holds', certificate.holdsInForce !== counts['holds'] || (held !== undefined && certificate.holdsInForce !== held.holds)],
    ['held-shares', certificate.heldShares !== counts['held'] || (held !== undefined && (certificate.heldShares < held.leastShares || certificate.heldShares > held.mostShares))],
  ];
  return [...saysOtherwise.flatMap(([what, isWrong]) => (isWrong ? [{ what }] : [])), ...run.differences];
}

/** The same buckets with the same counts, in whatever order. */
function bucketsOf(buckets: ReplayedRun['buckets'] | Certificate['buckets']): string {
  return buckets.map(({ id, site, class: name, day, shares, due, unlogged, moved }) => canonicalJson({ id, site, class: name, day, shares, due, unlogged, moved })).sort().join('\n');
}

function sumOf({ buckets }: Certificate, what: 'unlogged' | 'moved'): number {
  return sum(buckets.map((bucket) => bucket[what]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((one, other) => one + other, 0);
}

