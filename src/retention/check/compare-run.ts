import type { Day } from '../../platform/clock.js';
import type { LoggedShare } from './logged-shares.js';

/** Shares of one site, class and due day. */
export interface Lot {
  readonly site: string;
  readonly class: string;
  readonly day: string;
}

/**
 * How what was destroyed differs from what was due.
 * - `too-early`: it was not due yet on the run's day; `held`: a legal hold stood; `more`: more of it than the log knows of
 * - `not-destroyed`: due, not held, and not among what was destroyed
 */
export interface Difference extends Lot {
  readonly what: 'too-early' | 'held' | 'more' | 'not-destroyed';
  readonly shares: number;
}

/** What can have happened to the shares of a lot by the end of a run. */
export interface LotOfRun {
  /** Due, and not held, all through the run. */
  readonly must: readonly LoggedShare[];
  /** Due, and not held, at some moment at which a run was under way that no certificate names yet. */
  readonly may: readonly LoggedShare[];
  /** Held all the time, or not due at all. */
  readonly kept: readonly LoggedShare[];
}

export interface ComparedLot {
  readonly difference?: Difference;
  readonly gone: readonly LoggedShare[];
  /** Of these some are gone, and the log does not say which. */
  readonly unclear: readonly LoggedShare[];
}

/**
 * Compares one lot with how many of it were destroyed. Pure.
 * @param today at its site, as the run took it; undefined: the run knew no such site
 */
export function compareLot(lot: Lot, { must, may, kept }: LotOfRun, destroyed: number, today: Day | undefined): ComparedLot {
  const most = must.length + may.length;
  if (destroyed < must.length) {
    return { difference: { ...lot, what: 'not-destroyed', shares: must.length - destroyed }, gone: [], unclear: must };
  }
  if (destroyed === must.length) return { gone: must, unclear: [] };
  if (destroyed < most) return { gone: must, unclear: may };
  const gone = [...must, ...may];
  if (destroyed === most) return { gone, unclear: [] };
  const isEarly = today === undefined || lot.day > today;
  const what = isEarly ? 'too-early' : kept.length > 0 ? 'held' : 'more';
  return { difference: { ...lot, what, shares: destroyed - most }, gone, unclear: kept };
}

export function lotOf({ site, class: name, day }: Lot): Lot {
  return { site, class: name, day };
}

export function nameOf({ site, class: name, day }: Lot): string {
  return `${site} ${name} ${day}`;
}
