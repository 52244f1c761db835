import { factsFromLog, type IntakeFacts } from '../../audit/intake-facts.js';
import { PREPARER_LIST, RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { restoredDay } from '../days-by-log.js';
import type { LogRules } from './log-rules.js';
import { LogUnclear, type CheckedEntry } from './checked-entry.js';

/** The life of one class of one intake, by the log. */
export interface LoggedShare {
  readonly site: string;
  readonly intake: string;
  readonly class: RetentionClass;
  readonly taxYear: number;
  readonly createdDay: Day;
  /** The facts that its day follows from: the earliest day that one of them gives. */
  basis: readonly IntakeFacts[];
  /** Of a restored intake, beside the facts that the log still had: the day that the key store knew. */
  readonly restored?: RestoredDay;
  day: Day;
  /**
   * - `certain`: it lives
   * - `perhaps`: it may live: begun anew, of which a crash can leave the entry alone, or one of several of which a run destroyed some
   */
  is: 'certain' | 'perhaps';
}

interface RestoredDay {
  readonly facts: IntakeFacts;
  readonly day: Day;
}

interface RestoredIntake {
  readonly site: string;
  readonly intake: string;
  readonly facts: IntakeFacts;
  readonly lives: Iterable<readonly [string, Day]>;
}

/** Everything that lives by the log's entries so far. What runs destroyed is taken out again by whoever reads them. */
export class LoggedShares {
  private readonly living = new Map<string, Map<RetentionClass, LoggedShare>>();
  private readonly sites = new Map<string, string>();

  constructor(private readonly rules: LogRules) {}

  *[Symbol.iterator](): IterableIterator<LoggedShare> {
    for (const shares of this.living.values()) yield* shares.values();
  }

  /** Those of one intake. */
  of(intake: string): Iterable<LoggedShare> {
    return this.living.get(intake)?.values() ?? [];
  }

  /** Not where another has taken its place. */
  isThere(share: LoggedShare): boolean {
    return this.living.get(share.intake)?.get(share.class) === share;
  }

  /** @throws LogUnclear when an entry that changes an intake's facts does not say them */
  take({ index, kind, subject, context }: CheckedEntry): void {
    const { intake, site, classes } = subject;
    const facts = factsFromLog(context['facts']);
    if (typeof intake !== 'string' || !facts) throw new LogUnclear(`entry ${index} says nothing of the intake's facts`);
    const at = this.sites.get(intake) ?? String(site);
    if (at !== site) throw new LogUnclear(`entry ${index}: an intake of another site`);
    this.sites.set(intake, at);
    const shares = this.living.get(intake) ?? new Map<RetentionClass, LoggedShare>();
    this.living.set(intake, shares);
    if (kind === 'intake.restored') return this.restored(shares, { site: at, intake, facts, lives: Object.entries(context['lives'] as Readonly<Partial<Record<RetentionClass, Day>>>) });
    const due = this.rules.dueBy(at, facts);
    const sealed = context['digests'] === undefined ? undefined : new Set(classes as readonly RetentionClass[]);
    for (const name of RETENTION_CLASSES) {
      const [share, next] = [shares.get(name), due.get(name)];
      if (next === undefined) {
        if (sealed?.has(name)) throw new LogUnclear(`entry ${index} seals a list without saying since when`);
      } else if (sealed?.has(name)) {
        // Sealed after its day it has begun anew: whatever was there before is gone with this. A list's share is there before its entry.
        const isAnew = kind !== 'intake.created' && name !== PREPARER_LIST && (!share || share.day <= facts.touchedDay);
        const is = isAnew ? 'perhaps' : (share?.is ?? 'certain');
        shares.set(name, { site: at, intake, class: name, taxYear: facts.taxYear, createdDay: facts.createdDay, basis: [facts], day: next, is });
      } else if (!sealed && share && next < share.day) {
        Object.assign(share, { basis: [...share.basis, facts], day: next });
      }
    }
  }

  /** From then on it has the day that the key store knew, and what followed from earlier facts is nothing. */
  private restored(shares: Map<RetentionClass, LoggedShare>, { site, intake, facts, lives }: RestoredIntake): void {
    for (const [name, day] of lives) {
      const restored = { facts, day };
      const share = { site, intake, class: name as RetentionClass, taxYear: facts.taxYear, createdDay: facts.createdDay, basis: [], restored };
      shares.set(share.class, { ...share, day: this.restoredDay(site, share.class, restored), is: shares.get(share.class)?.is ?? 'perhaps' });
    }
  }

  private restoredDay(site: string, name: RetentionClass, { facts, day }: RestoredDay): Day {
    return restoredDay(name, day, facts, (late) => this.rules.dueBy(site, late));
  }

  /** The rules have changed: every day is worked out again. */
  redate(): void {
    for (const share of this) {
      const days = share.basis.map((facts) => this.rules.dueBy(share.site, facts).get(share.class)!);
      if (share.restored) days.push(this.restoredDay(share.site, share.class, share.restored));
      share.day = days.reduce((one, other) => (other < one ? other : one));
    }
  }

  gone(share: LoggedShare): void {
    if (!this.isThere(share)) return;
    const shares = this.living.get(share.intake)!;
    shares.delete(share.class);
    if (shares.size === 0) this.living.delete(share.intake);
  }
}
