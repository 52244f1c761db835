import { factsFromLog, type IntakeFacts } from '../../audit/intake-facts.js';
import { PREPARER_LIST, RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
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
  day: Day;
  /**
   * - `certain`: it lives
   * - `perhaps`: it may live: begun anew, of which a crash can leave the entry alone, or one of several of which a run destroyed some
   */
  is: 'certain' | 'perhaps';
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

  /** The rules have changed: every day is worked out again. */
  redate(): void {
    for (const share of this) {
      share.day = share.basis
        .map((facts) => this.rules.dueBy(share.site, facts).get(share.class)!)
        .reduce((one, other) => (other < one ? other : one));
    }
  }

  gone(share: LoggedShare): void {
    if (!this.isThere(share)) return;
    const shares = this.living.get(share.intake)!;
    shares.delete(share.class);
    if (shares.size === 0) this.living.delete(share.intake);
  }
}
