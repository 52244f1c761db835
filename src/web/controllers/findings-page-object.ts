import type { Findings, ReviewedFinding } from '../../access/read-findings.js';
import { SPANS, type SpanDays } from '../../access/read-findings.js';
import { DETECTORS, findingKey, type DetectorName } from '../../audit/findings/finding.js';
import { isSettled, type Review } from '../../audit/reviews.js';
import type { FindingsPage } from '../pages/findings-page.js';
import type { ShownFinding } from '../pages/finding-item.js';
import type { ShownReview } from '../pages/review-list.js';
import type { LocalPath } from '../shell/local-path.js';

/** Names of members by their ids: the log has no names. */
export type Names = ReadonlyMap<string, string>;

export function findingsPageObject({ rules, found }: Findings, days: SpanDays, names: Names): FindingsPage {
  const shown = (settled: boolean) =>
    Object.fromEntries(
      DETECTORS.map((name) => [name, found[name].findings.filter((one) => isSettled(one, one.reviews) === settled).map((one) => shownFinding(one, days, names))]),
    ) as unknown as Record<DetectorName, readonly ShownFinding[]>;
  return {
    ...{ rules, days, open: shown(false), settled: shown(true) },
    spans: SPANS.map((span) => ({ days: span, to: `/findings?days=${span}` as const })),
    more: DETECTORS.filter((name) => found[name].more),
  };
}

export function shownFinding(finding: ReviewedFinding, days: SpanDays, names: Names): ShownFinding {
  const { detector, member, from, until, entries, intakes, permissions, reviews, last } = finding;
  const newest = reviews.at(-1);
  return {
    ...{ detector, from, until, entries, entriesAt: entriesPath(finding), path: findingPath(finding, days) },
    ...(member === undefined ? {} : { who: names.get(member) ?? member }),
    ...(intakes === undefined ? {} : { intakes }),
    ...(permissions === undefined ? {} : { permissions }),
    reviews: shownReviews(reviews, names),
    grown: newest !== undefined && (newest.last ?? -1) < last,
  };
}

export function shownReviews(reviews: readonly Review[], names: Names): readonly ShownReview[] {
  return reviews.map(({ member, at, outcome, note }) => ({ who: names.get(member) ?? member, at, outcome, note }));
}

export function findingPath(finding: ReviewedFinding, days: SpanDays): LocalPath {
  return `/findings/${findingKey(finding)}?days=${days}`;
}

const KIND_OF: Readonly<Record<DetectorName, string>> = {
  'many-intakes': 'answers.read',
  'outside-hours': 'readings',
  'credentials-opened': 'answers.read',
  'reads-without-change': 'answers.read',
  'failed-sign-ins': 'sign-in-failed',
  'refused-attempts': 'access.refused',
};

/** The entries that it rests on, to the second. Of failed sign-ins the visitor did it, whosever account it was. */
function entriesPath({ detector, member, from, until }: ReviewedFinding): LocalPath {
  const asked = {
    kind: KIND_OF[detector],
    ...(member === undefined || detector === 'failed-sign-ins' ? {} : { member }),
    ...(detector === 'credentials-opened' ? { class: 'credentials' } : {}),
    since: inSeconds(from),
    until: inSeconds(new Date(until.getTime() + 1000)),
  };
  return `/entries?${new URLSearchParams(asked).toString()}`;
}

function inSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
