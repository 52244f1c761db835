import { CHANGES_OF_FACTS, type EntryKind } from '../../audit/entry.js';
import type { Day } from '../../platform/clock.js';
import { policyDay } from '../policy-day.js';
import { AccountedBuckets, type DestroyedLots, type LoggedBucket } from './accounted-buckets.js';
import { LogUnclear, type CheckedEntry } from './checked-entry.js';
import { compareLot, lotOf, nameOf, type Difference, type Lot, type LotOfRun } from './compare-run.js';
import { lastDayBegun } from './last-day-begun.js';
import { CHANGES_OF_HOLDS, LoggedHolds } from './logged-holds.js';
import { LoggedShares, type LoggedShare } from './logged-shares.js';
import { CHANGES_OF_RULES, LogRules, type LoggedPolicy } from './log-rules.js';

/** What a run says of itself. */
export const OF_RUNS = ['purge.intended', 'purge.failed', 'purge.finished', 'bucket.destroyed'] as const satisfies readonly EntryKind[];

/** Every kind of entry that days, holds and runs follow from: whoever leaves one of them out works out something else. */
export const REPLAYED: ReadonlySet<string> = new Set([...CHANGES_OF_FACTS, ...CHANGES_OF_RULES, ...CHANGES_OF_HOLDS, ...OF_RUNS]);

/** A run that reached its end, by the log, and what of it does not agree with the entries before. */
export interface ReplayedRun {
  readonly run: string;
  /** Indexes of the entries of the intention and the result. */
  readonly intended: number;
  readonly finished: number;
  readonly days: Readonly<Record<string, Day>>;
  readonly policy: LoggedPolicy | undefined;
  readonly buckets: readonly LoggedBucket[];
  /** How many of them the entries of an earlier run name too. */
  readonly repeated: number;
  readonly context: CheckedEntry['context'];
  readonly differences: readonly Difference[];
  /** The holds that stood, and the shares past their day that they kept; undefined where holds came or went during the run. */
  readonly held: HeldByLog | undefined;
}

export interface HeldByLog {
  readonly holds: number;
  /** Both are the same but for shares of which the log cannot say whether they live. */
  readonly leastShares: number;
  readonly mostShares: number;
}

interface Intention {
  readonly index: number;
  readonly days: Readonly<Record<string, Day>>;
  /** Where there is no site, UTC's. */
  readonly ofNoSite: Day;
  /** In force then, by the sites' days. */
  readonly policies: ReadonlyMap<Day, LoggedPolicy | undefined>;
  /** Due and not held since the intention. */
  readonly must: Set<LoggedShare>;
  hasOtherHolds: boolean;
}

/**
 * Reads the log from its first entry on, and works out at every purge run what was due and not held. The runs before the one
 * that is asked about have to be worked out too, since what they destroyed is not there to be destroyed again.
 *
 * A hold is in force a moment before its entry is in the log. So a hold placed while a run is under way keeps a share, or comes
 * too late for it: both are right.
 *
 * A run that is cut short after its entries, and before the key store has noted its certificate, is followed by one that names the
 * same buckets again, by the same ids. What went with them counts once.
 */
export class ReplayRuns {
  private readonly rules = new LogRules();
  private readonly holds = new LoggedHolds();
  private readonly shares = new LoggedShares(this.rules);
  private readonly may = new Set<LoggedShare>();
  private readonly buckets = new Map<string, LoggedBucket[]>();
  private readonly accounted = new AccountedBuckets();
  private readonly intentions = new Map<string, Intention>();
  private current: Intention | undefined;
  /** The intention of a run was pruned, and its end has not come. */
  private isForgotten = false;

  /** @returns the run that ended with this entry. @throws LogUnclear, PolicyInvalid */
  take(entry: CheckedEntry): ReplayedRun | undefined {
    if (!REPLAYED.has(entry.kind)) return undefined;
    if ((CHANGES_OF_FACTS as readonly string[]).includes(entry.kind)) {
      this.shares.take(entry);
      this.allow(this.shares.of(String(entry.subject['intake'])));
      return undefined;
    }
    if (this.rules.take(entry)) this.shares.redate();
    else {
      const held = this.holds.take(entry);
      if (held && this.current) this.current.hasOtherHolds = true;
      if (held === 'placed') this.spare();
      switch (entry.kind) {
        case 'purge.intended':
          this.intend(entry);
          return undefined;
        case 'bucket.destroyed':
          this.destroyed(entry);
          return undefined;
        case 'purge.failed':
          this.current = undefined;
          return undefined;
        case 'purge.finished':
          return this.finish(entry);
      }
      if (!held) return undefined;
    }
    this.allow(this.shares);
    return undefined;
  }

  /**
   * An entry whose details were pruned. Of a run, it leaves open what of all that was due by then, and not held, the run has destroyed; it
   * may be its intention alone that is pruned, and not yet its end.
   */
  forget({ kind, time }: Pick<CheckedEntry, 'kind' | 'time'>): void {
    if (kind !== 'purge.intended' && kind !== 'purge.finished') return;
    this.isForgotten = kind === 'purge.intended';
    const day = lastDayBegun(time);
    for (const share of this.shares) if (share.day <= day && !this.holds.covers(share)) share.is = 'perhaps';
  }

  /** While a run is under way, it may destroy what of these is due and not held. */
  private allow(shares: Iterable<LoggedShare>): void {
    if (this.current) for (const share of this.dueIn(this.current, shares)) this.may.add(share);
  }

  private intend({ index, time, context }: CheckedEntry): void {
    this.isForgotten = false;
    const days = context['days'] as Readonly<Record<string, Day>>;
    const ofNoSite = time.slice(0, 10) as Day;
    const policies = new Map([ofNoSite, ...Object.values(days)].map((one) => [one, this.rules.inForceOn(one)]));
    this.current = { index, days, ofNoSite, policies, must: new Set(), hasOtherHolds: false };
    for (const share of this.dueIn(this.current)) {
      this.may.add(share);
      if (share.is === 'certain') this.current.must.add(share);
    }
    this.intentions.set(String(context['run']), this.current);
  }

  private *dueIn({ days }: Intention, shares: Iterable<LoggedShare> = this.shares): Iterable<LoggedShare> {
    for (const share of shares) if (isDue(share, days) && !this.holds.covers(share)) yield share;
  }

  /** A hold was placed: what it covers need not be destroyed any more. */
  private spare(): void {
    for (const share of this.current?.must ?? []) if (this.holds.covers(share)) this.current!.must.delete(share);
  }

  private destroyed({ index, subject, context }: CheckedEntry): void {
    const { bucket, site, classes } = subject;
    const { run, day, due, counts } = context;
    if (typeof due !== 'object') throw new LogUnclear(`entry ${index} does not say on which days what it names was due`);
    const { shares = 0, unlogged = 0, moved = 0 } = counts as Readonly<Record<string, number>>;
    const one = { id: bucket, site, class: (classes as readonly string[])[0], day, shares, due, unlogged, moved } as LoggedBucket;
    const known = this.buckets.get(String(run));
    if (known) known.push(one);
    else this.buckets.set(String(run), [one]);
  }

  private finish({ index, time, context }: CheckedEntry): ReplayedRun | undefined {
    const run = String(context['run']);
    const intention = this.intentions.get(run);
    if (!intention && this.isForgotten) {
      this.buckets.clear();
      this.forget({ kind: 'purge.finished', time });
      return undefined;
    }
    if (!intention) throw new LogUnclear(`entry ${index} ends a run that never began`);
    const buckets = this.buckets.get(run) ?? [];
    const differences = this.compare(intention, this.accounted.newIn(buckets));
    const repeated = this.accounted.take(buckets);
    const { index: intended, days } = intention;
    const policy = intention.policies.get(policyDay(days, buckets.map(({ site }) => site)) ?? intention.ofNoSite);
    const held = intention.hasOtherHolds ? undefined : this.heldOn(days);
    this.may.clear();
    this.buckets.clear();
    this.intentions.clear();
    this.current = undefined;
    return { run, intended, finished: index, days, policy, buckets, repeated, context, differences, held };
  }

  private compare(intention: Intention, destroyed: DestroyedLots): readonly Difference[] {
    const lots = this.lotsOf(intention, destroyed);
    const names = new Map([...lots].map(([name, { lot }]) => [name, lot]));
    for (const [name, { lot }] of destroyed) names.set(name, lot);
    return [...names].flatMap(([name, lot]) => {
      const compared = compareLot(lot, lots.get(name) ?? NOTHING, destroyed.get(name)?.shares ?? 0, intention.days[lot.site]);
      for (const share of compared.unclear) share.is = 'perhaps';
      for (const share of compared.gone) this.shares.gone(share);
      return compared.difference ?? [];
    });
  }

  private heldOn(days: Intention['days']): HeldByLog {
    const held = [...this.shares].filter((share) => isDue(share, days) && this.holds.covers(share));
    return { holds: this.holds.count, leastShares: held.filter(({ is }) => is === 'certain').length, mostShares: held.length };
  }

  /** Of every lot that something had to be destroyed of, or was. */
  private lotsOf({ days, must }: Intention, destroyed: DestroyedLots): ReadonlyMap<string, LotOfRun & { readonly lot: Lot }> {
    const lots = new Map<string, { lot: Lot; must: LoggedShare[]; may: LoggedShare[]; kept: LoggedShare[] }>();
    const put = (share: LoggedShare, where: keyof LotOfRun): void => {
      const lot = lots.get(nameOf(share)) ?? { lot: lotOf(share), must: [], may: [], kept: [] };
      lots.set(nameOf(share), lot);
      lot[where].push(share);
    };
    for (const share of this.shares) {
      const [mustGo, mayGo] = [must.has(share) && isDue(share, days), this.may.has(share)];
      if (mustGo || mayGo || destroyed.has(nameOf(share))) put(share, mustGo ? 'must' : mayGo ? 'may' : 'kept');
    }
    // The run had counted it before another took its place, or found the other there already.
    for (const share of this.may) if (!this.shares.isThere(share)) put(share, 'may');
    return lots;
  }
}

const NOTHING: LotOfRun = { must: [], may: [], kept: [] };

function isDue({ day, site }: LoggedShare, days: Intention['days']): boolean {
  const today = days[site];
  return today !== undefined && day <= today;
}
