import { CLASSES_FROM_THE_START } from '../catalogue/retention-class.js';
import { calendarDay, eachOf, listOf, oneOf, shapeOf, timeZoneName, wholeNumber, type Check } from './entry-values.js';

/** A policy's document as an entry holds it: numbers, and words from closed lists. */
export type LoggedPolicy = Readonly<Record<string, unknown>>;

const trigger = oneOf(['done', 'prepared', 'untouched', 'accepted', 'season-end', 'consent-expiry']);
const rules = listOf(shapeOf({ trigger, days: wholeNumber }, {}));
const classNames = oneOf(CLASSES_FROM_THE_START);
const ofClass = shapeOf({ rules }, { whileNoneGiven: rules, cap: wholeNumber });

export const loggedPolicy: Check<LoggedPolicy> = shapeOf<LoggedPolicy>(
  {
    format: wholeNumber,
    classes: (value): value is object => eachOf(classNames, ofClass)(value) && CLASSES_FROM_THE_START.every((name) => Object.hasOwn(value, name)),
    log: shapeOf({ entriesMonths: wholeNumber, certificatesYears: wholeNumber }, {}),
  },
  { preparerList: shapeOf({ years: wholeNumber }, {}) },
);

/** What a site's days follow from; without a season end of its own it is 31 December, and without a regime it is none of compensated preparers. */
export interface LoggedSiteRules {
  readonly timeZone: string;
  /** Left within thirty days before the entry; each counts while the day there is before `until`. */
  readonly formerTimeZones?: readonly { readonly timeZone: string; readonly until: string }[];
  readonly seasonEnd?: string;
  /** Those that had come when another took their place; left out where there are none. */
  readonly pastSeasonEnds?: readonly string[];
  readonly regime?: 'compensated';
}

export const loggedSiteRules: Check<LoggedSiteRules> = shapeOf<LoggedSiteRules>(
  { timeZone: timeZoneName },
  {
    formerTimeZones: listOf(shapeOf({ timeZone: timeZoneName, until: calendarDay }, {})),
    seasonEnd: calendarDay,
    pastSeasonEnds: listOf(calendarDay),
    regime: oneOf(['compensated']),
  },
);
