import type { Day } from '../platform/clock.js';
import { filingYearFor, type IntakeFacts } from '../retention/due-days.js';

/** What the days of an intake follow from on the day it is started. */
export function newFacts(today: Day, consentsGiven: boolean): IntakeFacts {
  return {
    filingYear: filingYearFor(today),
    createdDay: today,
    touchedDay: today,
    stage: 'open',
    preparedDay: null,
    acceptedDay: null,
    doneDay: null,
    consentsGiven,
  };
}
