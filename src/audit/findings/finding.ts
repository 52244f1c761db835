/** What is looked for, in the order in which it is shown. */
export const DETECTORS = ['many-intakes', 'outside-hours', 'credentials-opened', 'reads-without-change', 'failed-sign-ins', 'refused-attempts'] as const;
export type DetectorName = (typeof DETECTORS)[number];

/** What a site takes for unusual. */
export interface WatchRules {
  /** IANA; hours and days are of these clocks. */
  readonly timeZone: string;
  /** Minutes since midnight; a reading at the closing minute is outside. */
  readonly opensAt: number;
  readonly closesAt: number;
  /** A bit for each day of the week on which the site is open, the lowest for Monday. */
  readonly openDays: number;
  /** So many different intakes opened by one member within sixty minutes, or more. */
  readonly manyIntakes: number;
  /** So many different intakes read by one member on one day with neither a save nor a stage of theirs near, or more. */
  readonly readsWithoutChange: number;
  /** So many sign-ins refused within sixty minutes for one account, or for none that is known, or more. */
  readonly failedSignIns: number;
  /** So many attempts of one member refused on one day, or more. */
  readonly refusedAttempts: number;
}

export interface Span {
  readonly from: Date;
  readonly before: Date;
}

/** Something in the log that somebody should look at: entries of one member, or about one account, that lie together. */
export interface Finding {
  readonly detector: DetectorName;
  /** The entry that it begins with. It and the detector name the finding for as long as the log stands. */
  readonly first: number;
  /** The newest entry that it rests on: a finding that was looked at and has grown since is to be looked at anew. */
  readonly last: number;
  /** Who did it; of failed sign-ins whose account it was, absent when there is no such account. */
  readonly member?: string;
  /** From its first entry to its newest. */
  readonly from: Date;
  readonly until: Date;
  readonly entries: number;
  /** Different ones; where intakes are what it is about. */
  readonly intakes?: number;
  /** Of refused attempts: what was not allowed. */
  readonly permissions?: readonly string[];
}

export function findingKey({ detector, first }: Pick<Finding, 'detector' | 'first'>): string {
  return `${detector}.${first}`;
}

/** @returns undefined for what names no finding */
export function parseFindingKey(key: string): Pick<Finding, 'detector' | 'first'> | undefined {
  const [, name, first] = /^([a-z-]{1,30})\.(\d{1,15})$/.exec(key) ?? [];
  const detector = DETECTORS.find((known) => known === name);
  return detector && { detector, first: Number(first) };
}
