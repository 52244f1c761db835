import type { IntakeFacts } from '../audit/intake-facts.js';
import type { Day } from '../platform/clock.js';
import { filingYearFor } from '../access/season-end.js';

/** What the days of an intake follow from on the day it is started. */
export function newFacts(today: Day, taxYear: number, consents: Pick<IntakeFacts, 'consentsGiven' | 'consentsNamed'>): IntakeFacts {
  return {
    taxYear,
    filingYear: filingYearFor(today),
    createdDay: today,
    touchedDay: today,
    stage: 'open',
    preparedDay: null,
    acceptedDay: null,
    doneDay: null,
    listedDay: null,
    erasedDay: null,
    ...consents,
  };
}
