import type { Findings, ReviewedFinding } from '../../access/read-findings.js';
import { SPANS, type SpanDays } from '../../access/read-findings.js';
import { DETECTORS, findingKey, type DetectorName } from '../../audit/findings/finding.js';
import { hasGrownSince, isSettled, type Review } from '../../audit/reviews.js';
import type { FindingsPage, SomeFindings } from '../pages/findings-page.js';
import type { ShownFinding } from '../pages/finding-item.js';
import type { ShownReview } from '../pages/review-list.js';
import type { LocalPath } from '../shell/local-path.js';

/** Names of members by their ids: the log has no names. */
export type Names = ReadonlyMap<string, string>;

/** Of each kind, unless all of one are asked for: more are no list that anybody reads. */
const NEWEST = 20;

/** A list of the page that is shown whole. */
export type WholeList = DetectorName | 'settled';

/** @returns undefined for what is no list */
export function wholeList(asked: unknown): WholeList | undefined {
  return [...DETECTORS, 'settled' as const].find((name) => name === asked);
}

export function findingsPageObject({ rules, differing, found }: Findings, days: SpanDays, names: Names, whole?: WholeList): FindingsPage {
  const those = (isSettledOne: boolean, detectors: readonly DetectorName[]) =>
    detectors.flatMap((name) => found[name].findings.filter((one) => isSettled(one, one.reviews) === isSettledOne));
  const some = (list: WholeList, findings: readonly ReviewedFinding[]): SomeFindings => {
    const shown = (list === whole ? findings : findings.slice(0, NEWEST)).map((one) => shownFinding(one, days, names));
    if (shown.length === findings.length) return { shown };
    return { shown, all: { count: findings.length, to: `/findings?${new URLSearchParams({ days: String(days), all: list }).toString()}#${list}` } };
  };
  return {
    ...{ rules, differing, days, settled: some('settled', those(true, DETECTORS)) },
    open: Object.fromEntries(DETECTORS.map((name) => [name, some(name, those(false, [name]))])) as Record<DetectorName, SomeFindings>,
    spans: SPANS.map((span) => ({ days: span, to: `/findings?days=${span}` as const })),
    more: DETECTORS.filter((name) => found[name].more),
  };
}

export function shownFinding(finding: ReviewedFinding, days: SpanDays, names: Names): ShownFinding {
  const { detector, member, from, until, entries, intakes, permissions, reviews } = finding;
  const byOthers = reviews.filter(({ byWhomItIsAbout }) => !byWhomItIsAbout);
  const newest = byOthers.at(-1);
  return {
    ...{ detector, from, until, entries, entriesAt: entriesPath(finding), path: findingPath(finding, days) },
    ...(member === undefined ? {} : { who: names.get(member) ?? member }),
    ...(intakes === undefined ? {} : { intakes }),
    ...(permissions === undefined ? {} : { permissions }),
    reviews: shownReviews(reviews, names),
    grown: newest !== undefined && newest.outcome !== 'unreadable' && hasGrownSince(newest, finding),
    onlyByThemselves: reviews.length > 0 && byOthers.length === 0,
  };
}

export function shownReviews(reviews: readonly Review[], names: Names): readonly ShownReview[] {
  return reviews.map(({ member, at, outcome, note }) => ({ ...(member === undefined ? {} : { who: names.get(member) ?? member }), at, outcome, note }));
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
    ...(detector === 'credentials-opened' ? { class: 'numbers' } : {}),
    since: inSeconds(from),
    until: inSeconds(new Date(until.getTime() + 1000)),
  };
  return `/entries?${new URLSearchParams(asked).toString()}`;
}

function inSeconds(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`;
}
