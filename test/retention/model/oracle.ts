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
}

export const FIRST_PERIODS: Periods = {
  ...{ contact: [30, 30], identity: [30, 30], address: [30, 30], household: [30, 30] },
  ...{ situation: [30, 30], credentials: [3, 3], notes: [14, 14], consents: [30, 30] },
};

/**
 * What the design's table says, for one intake: twenty lines that know nothing of buckets, shares or databases. A class is over
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

  constructor(
    private readonly created: Day,
    private readonly rules: () => readonly Rules[],
    private readonly seasonEnd: () => Day | null,
  ) {
    this.touched = created;
    for (const cls of CLASSES) this.due.set(cls, this.dayOf(cls));
  }

  opens(cls: AskedClass, today: Day): boolean {
    return !this.gone.has(cls) && today < this.due.get(cls)!;
  }

  isOver(today: Day): boolean {
    return CLASSES.every((cls) => !this.opens(cls, today));
  }

  isOfPastYear(today: Day): boolean {
    return today >= lastDayOf(this.created);
  }

  touch(today: Day, stage = this.stage): void {
    this.prepared = stage === 'open' || stage === 'rejected' ? undefined : (this.prepared ?? today);
    if (OVER.includes(stage)) this.done ??= today;
    this.stage = stage;
    this.touched = today;
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
    const end = cls === 'credentials' ? this.prepared : this.done;
    const all = this.rules();
    for (const [i, { from, periods }] of all.entries()) {
      const [after, untouched] = periods[cls];
      const last = end ? addDays(end, after) : addDays(this.touched, untouched);
      const ends = [last, endOfYear(this.created, this.seasonEnd()), this.erased ?? '9999-12-31'].sort()[0]!;
      const due = i > 0 && ends < from && ends !== this.erased ? from : ends;
      if (!all[i + 1] || due < all[i + 1]!.from) return day(due);
    }
    throw new Error('no rules');
  }
}

/** Of what is made on that day: the site's season end, if it comes after it in its year; else 31 December. */
export function endOfYear(created: Day, seasonEnd: Day | null): Day {
  const last = lastDayOf(created);
  return seasonEnd !== null && seasonEnd > created && seasonEnd.slice(0, 4) === last.slice(0, 4) ? seasonEnd : last;
}

/** 31 December ends a year of all: what is made on that very day belongs to the next year. */
function lastDayOf(created: Day): Day {
  const year = Number(created.slice(0, 4)) + (created.endsWith('-12-31') ? 1 : 0);
  return day(`${year}-12-31`);
}
