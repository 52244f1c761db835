import { RETENTION_CLASSES } from '../catalogue/retention-class.js';
import { calendarDay, eachOf, listOf, oneOf, retentionClass, shapeOf, timeZoneName, wholeNumber, type Check } from './entry-values.js';

/** A policy's document as an entry holds it: numbers, and words from closed lists. */
export type LoggedPolicy = Readonly<Record<string, unknown>>;

const trigger = oneOf(['done', 'prepared', 'untouched', 'accepted', 'season-end', 'consent-expiry']);
const rules = listOf(shapeOf({ trigger, days: wholeNumber }, {}));
const ofClass = shapeOf({ rules }, { whileNoneGiven: rules, cap: wholeNumber });

export const loggedPolicy: Check<LoggedPolicy> = shapeOf<LoggedPolicy>(
  {
    format: wholeNumber,
    classes: (value): value is object => eachOf(retentionClass, ofClass)(value) && RETENTION_CLASSES.every((name) => Object.hasOwn(value, name)),
    log: shapeOf({ entriesMonths: wholeNumber, certificatesYears: wholeNumber }, {}),
  },
  {},
);

/** What a site's days follow from; without a season end of its own it is 31 December. */
export interface LoggedSiteRules {
  readonly timeZone: string;
  readonly seasonEnd?: string;
}

export const loggedSiteRules: Check<LoggedSiteRules> = shapeOf<LoggedSiteRules>({ timeZone: timeZoneName }, { seasonEnd: calendarDay });
