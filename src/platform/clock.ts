declare const dayBrand: unique symbol;

/** A calendar day, `YYYY-MM-DD`, of the years 1 to 9999: PostgreSQL knows no year 0. Days compare as text. */
export type Day = string & { readonly [dayBrand]: true };

const MS_A_DAY = 86_400_000;

/** @throws RangeError on anything but a real calendar day */
export function day(text: string): Day {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text) || dayOf(Date.parse(`${text}T00:00:00Z`)) !== text) throw new RangeError('not a day');
  return text as Day;
}

/** @throws RangeError when there is no such day in the years 1 to 9999 */
export function addDays(from: Day, days: number): Day {
  return day(dayOf(Date.parse(from) + days * MS_A_DAY) ?? '');
}

/** How many days after `from` the day `to` is. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / MS_A_DAY);
}

function dayOf(ms: number): Day | undefined {
  return Number.isNaN(ms) ? undefined : (new Date(ms).toISOString().slice(0, 10) as Day);
}

/** The only source of time. A set clock starts at a given instant and ticks on from there. */
export class Clock {
  protected constructor(
    private readonly offsetMs: number,
    /** Set by hand: for demonstrations and tests, never for a service with real clients. */
    readonly isSet: boolean,
  ) {}

  static system(): Clock {
    return new Clock(0, false);
  }

  static startingAt(instant: Date): Clock {
    return new Clock(instant.getTime() - Date.now(), true);
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** @param timeZone an IANA name, e.g. `America/Chicago` */
  today(timeZone: string): Day {
    return dayIn(timeZone, this.now());
  }
}

/** Making a formatter takes longer than all else that a day is asked for; there are as many as sites have time zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a time zone. @throws RangeError when there is no such zone */
export function dayIn(timeZone: string, instant: Date): Day {
  const formatter = formatters.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formatters.set(timeZone, formatter);
  return formatter.format(instant) as Day;
}
