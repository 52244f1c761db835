import { addDays, day, type Day } from '../../../src/platform/clock.js';

/** The classes that the model's site collects, each with one field that it is asked for by. */
export const ASKED = {
  contact: 'contact.email',
  identity: 'taxpayer.firstName',
  address: 'address.city',
  household: 'household.firstName',
  situation: 'situation.maritalStatus',
  credentials: 'taxpayer.taxpayerId',
  notes: 'notes.text',
  consents: 'consents.form15080Version',
} as const;
export type AskedClass = keyof typeof ASKED;
export const CLASSES = Object.keys(ASKED) as readonly AskedClass[];

export type Stage = 'open' | 'prepared' | 'filed' | 'accepted' | 'rejected' | 'done' | 'withdrawn' | 'abandoned';
const OVER: readonly Stage[] = ['done', 'withdrawn', 'abandoned'];

/** [days after its end, days untouched]; numbers end at `prepared`, everything else at `done`. */
export type Periods = Readonly<Record<AskedClass, readonly [number, number]>>;
/** Periods that come into force on a day; the first of them always were. */
export interface Rules {
  readonly from: Day;
  readonly periods: Periods;
  /** Given consents are kept for so many days after they have run out; null: until the end of their season. */
  readonly keptDays: number | null;
}

/** Could anything go sooner under the second? */
export function shortens(before: Rules, after: Rules): boolean {
  return after.periods.identity[0] < before.periods.identity[0] || (after.keptDays ?? -1) < (before.keptDays ?? -1);
}

/** What a hold leaves of rules that are announced: nothing sooner than before. None where that is nothing new. */
export function withoutShortening(before: Rules, announced: Rules): readonly Rules[] {
  const periods = CLASSES.reduce<Periods>((all, cls) => ({ ...all, [cls]: [0, 1].map((i) => Math.max(before.periods[cls][i]!, announced.periods[cls][i]!)) }), before.periods);
  const keptDays = (announced.keptDays ?? -1) > (before.keptDays ?? -1) ? announced.keptDays : before.keptDays;
  const rules = { from: announced.from, periods, keptDays };
  return shortens(rules, before) ? [rules] : [];
}

export const FIRST_PERIODS: Periods = {
  ...{ contact: [30, 30], identity: [30, 30], address: [30, 30], household: [30, 30] },
  ...{ situation: [30, 30], credentials: [3, 3], notes: [14, 14], consents: [30, 30] },
};

/**
 * What the design's table says, for one intake: a few lines that know nothing of buckets, shares or databases. A class is over
 * from its day on, and nothing but numbers that are given again brings it back.
 */
export class Oracle {
  readonly due = new Map<AskedClass, Day>();
  /** Whose key is gone. */
  readonly gone = new Set<AskedClass>();
  stage: Stage = 'open';
  private touched: Day;
  private prepared: Day | undefined;
  private done: Day | undefined;
  private erased: Day | undefined;
  /** Do the consents say who gave them? Without that they are not kept past the season. */
  private named = false;

  /** @param given have consents been given? */
  constructor(
    private readonly created: Day,
    private readonly given: boolean,
    private readonly rules: () => readonly Rules[],
    private readonly seasonEnd: () => Day | null,
  ) {
    this.touched = created;
    this.named = this.keeps();
    for (const cls of CLASSES) this.due.set(cls, this.dayOf(cls));
  }

  opens(cls: AskedClass, today: Day): boolean {
    return !this.gone.has(cls) && today < this.due.get(cls)!;
  }

  /** In which it is filed. */
  get year(): string {
    return lastDayOf(this.created).slice(0, 4);
  }

  isOfPastYear(today: Day): boolean {
    return today >= lastDayOf(this.created);
  }

  touch(today: Day, stage = this.stage): void {
    this.prepared = stage === 'open' || stage === 'rejected' ? undefined : (this.prepared ?? today);
    if (OVER.includes(stage)) this.done ??= today;
    this.stage = stage;
    this.touched = today;
    if (this.opens('consents', today)) this.named = (this.named || this.opens('identity', today)) && this.keeps();
    this.follow(today);
  }

  /** Other rules, or another touch: what is over stays over. */
  follow(today: Day): void {
    for (const cls of CLASSES) if (this.opens(cls, today)) this.due.set(cls, this.dayOf(cls));
  }

  /** Numbers given again after a rejection. */
  beginAnew(): void {
    this.gone.delete('credentials');
    this.due.set('credentials', this.dayOf('credentials'));
  }

  erase(today: Day): void {
    this.erased = today;
    for (const cls of CLASSES) if (this.opens(cls, today)) this.due.set(cls, today);
  }

  run(today: Day, isHeld: (cls: AskedClass) => boolean): void {
    for (const cls of CLASSES) if (today >= this.due.get(cls)! && !isHeld(cls)) this.gone.add(cls);
  }

  /** Each rule judges while it is in force; what would have been over before it came goes on the day it comes. */
  private dayOf(cls: AskedClass): Day {
    const all = this.rules();
    for (const [i, one] of all.entries()) {
      const ends = [this.endUnder(one, cls), this.erased ?? '9999-12-31'].sort()[0]!;
      const due = i > 0 && ends < one.from && ends !== this.erased ? one.from : ends;
      if (!all[i + 1] || due < all[i + 1]!.from) return day(due);
    }
    throw new Error('no rules');
  }

  private endUnder({ periods, keptDays }: Rules, cls: AskedClass): Day {
    const ofYear = endOfYear(this.created, this.seasonEnd());
    if (cls === 'consents' && this.given) return this.named && keptDays !== null ? addDays(lastDayOf(this.created, 1), keptDays) : ofYear;
    const [after, untouched] = periods[cls];
    const end = cls === 'credentials' ? this.prepared : this.done;
    const last = end ? addDays(end, after) : addDays(this.touched, untouched);
    return last < ofYear ? last : ofYear;
  }

  /** Would consents that were given be kept, if they said by whom? Only then do they say it. */
  private keeps(): boolean {
    const was = this.named;
    this.named = true;
    const due = this.dayOf('consents');
    this.named = was;
    return this.given && this.rules().some(({ keptDays }) => keptDays !== null && due === addDays(lastDayOf(this.created, 1), keptDays));
  }
}

/** Of what is made on that day: the site's season end, if it comes after it in its year; else 31 December. */
export function endOfYear(created: Day, seasonEnd: Day | null): Day {
  const last = lastDayOf(created);
  return seasonEnd !== null && seasonEnd > created && seasonEnd.slice(0, 4) === last.slice(0, 4) ? seasonEnd : last;
}

/** 31 December ends a year of all: what is made on that very day belongs to the next year. */
function lastDayOf(created: Day, later = 0): Day {
  const year = Number(created.slice(0, 4)) + (created.endsWith('-12-31') ? 1 : 0) + later;
  return day(`${year}-12-31`);
}
