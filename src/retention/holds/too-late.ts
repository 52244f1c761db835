import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import type { HoldScope } from '../../vault/holds.js';

/** What one run destroyed of what a hold names: it came too late for that. */
export interface DestroyedBefore {
  /** The run, and so the certificate. */
  readonly run: string;
  /** Today at the site, as the run took it. */
  readonly day: Day;
  readonly policyVersion: number;
  /** False while no certificate says so: the run is at it, or failed before, and a later run's will. */
  readonly certified: boolean;
  /**
   * Keys destroyed, one for each intake; `all` counts intakes of which nothing is left. Where the hold names no intakes a certificate is the
   * source, which knows no tax year and no day of creation, so these may be of others too.
   */
  readonly classes: Partial<Record<RetentionClass | 'all', number>>;
}

/** What is gone of an intake that a hold names: the day of each class, or of all of it, and the run that destroyed it. */
export interface DestroyedIntake {
  readonly intake: string;
  readonly classes: Partial<Record<RetentionClass | 'all', Day>>;
  /** Left out of a class where no run is known. */
  readonly runs: Partial<Record<RetentionClass | 'all', string>>;
  /** The day of an erasure at its client's own request, where there was one: what has this day went because of it. */
  readonly erasedDay?: Day;
}

/** What a hold comes too late for. */
export interface TooLate {
  /** The newest first. */
  readonly runs: readonly DestroyedBefore[];
  /** Of those that the hold names. */
  readonly intakes: readonly DestroyedIntake[];
  /** Where the hold names no intakes, and there are older runs that were not looked at: those before this day (UTC). */
  readonly lookedFrom?: Day;
}

/** Of the intakes that a scope names: those of which it keeps nothing and of which nothing is known to be gone. Typing errors, as a rule. @param covered asked for before what is gone */
export function unknownOf({ intakes = [] }: HoldScope, covered: readonly string[], gone: TooLate): readonly string[] {
  const known = new Set([...covered, ...gone.intakes.map(({ intake }) => intake)]);
  return intakes.filter((id) => !known.has(id));
}
