import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { DETECT } from '../audit/findings/detectors.js';
import { MOST_FINDINGS } from '../audit/findings/crowded-hour.js';
import { DETECTORS, findingKey, parseFindingKey, type DetectorName, type Finding, type Span, type WatchRules } from '../audit/findings/finding.js';
import { isAbout, reviewsOfSite, type Review, type ReviewOfFinding } from '../audit/reviews.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { actorOf } from './actor.js';
import type { SiteMember } from './signed-in.js';
import { watchByLog, type WatchRule } from './watch-by-log.js';

const DAY_MS = 86_400_000;

/** For so many days back auditors can look. */
export const SPANS = [7, 30, 90, 365] as const;
export type SpanDays = (typeof SPANS)[number];

/** Thirty, unless asked otherwise. */
export function spanDays(asked: unknown): SpanDays {
  return SPANS.find((days) => String(days) === String(asked)) ?? 30;
}

/** All of them, in two halves that take about as long: each has a transaction of its own. */
const HALF: readonly DetectorName[] = ['many-intakes', 'outside-hours'];
const AT_ONCE = [HALF, DETECTORS.filter((name) => !HALF.includes(name))];

export interface ReviewedFinding extends Finding {
  /** What auditors wrote about it, oldest first. */
  readonly reviews: readonly ReviewOfFinding[];
}

export interface Findings {
  /** As the log has them: they decide what is found. */
  readonly rules: WatchRules;
  /** Of which the site's row does not say what the log says. */
  readonly differing: readonly WatchRule[];
  readonly span: Span;
  /** Newest first, by what was looked for. */
  readonly found: Readonly<Record<DetectorName, { readonly findings: readonly ReviewedFinding[]; readonly more: boolean }>>;
}

/** What stands out in the log of the site at which an auditor works. Looking for it is reading the log, and an entry. */
@Injectable()
export class ReadFindings {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  async run(who: SiteMember, days: SpanDays): Promise<Findings> {
    const span = this.spanOf(days);
    const looked = new Map((await Promise.all(AT_ONCE.map((detectors) => this.look(who, span, detectors)))).flat());
    return this.records.inSite(who.siteId, async (tx) => {
      const [{ rules, differing }, reviews] = [await watchByLog(tx, who.siteId), await readReviews(tx, this.clock.now())];
      const found = DETECTORS.map((detector): [DetectorName, Findings['found'][DetectorName]] => {
        const all = looked.get(detector)!;
        return [detector, { findings: all.slice(0, MOST_FINDINGS).map((one) => withReviews(one, reviews)), more: all.length > MOST_FINDINGS }];
      });
      await this.note(tx, who, found.reduce((sum, [, { findings }]) => sum + findings.length, 0));
      return { rules, differing, span, found: Object.fromEntries(found) as Findings['found'] };
    });
  }

  private look(who: SiteMember, span: Span, detectors: readonly DetectorName[]): Promise<readonly (readonly [DetectorName, readonly Finding[]])[]> {
    return this.records.inSite(who.siteId, async (tx) => {
      const { rules } = await watchByLog(tx, who.siteId);
      const found: [DetectorName, readonly Finding[]][] = [];
      for (const detector of detectors) found.push([detector, await DETECT[detector](tx, span, rules)]);
      return found;
    });
  }

  /** @throws Refusal NOT_FOUND when there is none of that name in those days */
  find(who: SiteMember, days: SpanDays, key: string): Promise<ReviewedFinding> {
    const named = parseFindingKey(key);
    return this.records.inSite(who.siteId, async (tx) => {
      const { rules } = await watchByLog(tx, who.siteId);
      const all = named ? await DETECT[named.detector](tx, this.spanOf(days), rules) : [];
      const finding = all.find(({ first }) => first === named?.first);
      if (!finding) throw new Refusal('NOT_FOUND', 'Nothing of this name stands out.');
      await this.note(tx, who, 1);
      return withReviews(finding, await readReviews(tx, this.clock.now()));
    });
  }

  private spanOf(days: SpanDays): Span {
    const before = new Date(this.clock.now().getTime() + 1000);
    return { from: new Date(before.getTime() - days * DAY_MS), before };
  }

  private note(tx: RecordsTx, who: SiteMember, findings: number): Promise<unknown> {
    return this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: { site: who.siteId }, context: { counts: { findings } } });
  }
}

interface Reviews {
  readonly all: readonly Review[];
  /** The account that somebody had before, by the one that they have had since. */
  readonly earlier: ReadonlyMap<string, string>;
}

/** Whoever comes back has another account, whose row names the one before (docs/decisions/0027). */
async function readReviews(tx: RecordsTx, now: Date): Promise<Reviews> {
  const all = await reviewsOfSite(tx, now);
  const rows = await tx.query<{ id: string; earlier_id: string }>('SELECT id, earlier_id FROM member WHERE earlier_id IS NOT NULL');
  return { all, earlier: new Map(rows.map(({ id, earlier_id: earlier }) => [id, earlier])) };
}

function withReviews(finding: Finding, { all, earlier }: Reviews): ReviewedFinding {
  const about = finding.member === undefined ? undefined : firstAccount(finding.member, earlier);
  const key = findingKey(finding);
  const reviews = all.filter((review) => isAbout(review, { finding: key }));
  return { ...finding, reviews: reviews.map((review) => ({ ...review, byWhomItIsAbout: review.member !== undefined && firstAccount(review.member, earlier) === about })) };
}

function firstAccount(member: string, earlier: ReadonlyMap<string, string>): string {
  let first = member;
  for (const seen = new Set<string>(); earlier.has(first) && !seen.has(first); first = earlier.get(first)!) seen.add(first);
  return first;
}
