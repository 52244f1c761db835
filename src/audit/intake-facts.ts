import type { Day } from '../platform/clock.js';
import { calendarDay, shapeOf, stageName, wholeNumber, yesOrNo, type Check } from './entry-values.js';

/**
 * What an intake's days of destruction, and whether a hold covers it, follow from. None of it is an answer. Every entry that
 * changes them says them whole, so that what was due can be worked out from the log alone.
 */
export interface IntakeFacts {
  readonly taxYear: number;
  readonly filingYear: number;
  readonly createdDay: Day;
  /** The last write or stage; a read is no touch. */
  readonly touchedDay: Day;
  readonly stage: string;
  /** When it was last prepared: again, when it is filed again after a rejection. */
  readonly preparedDay: Day | null;
  readonly acceptedDay: Day | null;
  /** When it was done, withdrawn or abandoned. */
  readonly doneDay: Day | null;
  /** When its return last came onto the preparer's list: the day on which it was ready to be signed. Of compensated preparers alone. */
  readonly listedDay: Day | null;
  /** From when on, at the client's own wish, nothing of it is kept, whatever the policy would still allow. */
  readonly erasedDay: Day | null;
  readonly consentsGiven: boolean;
  /** Whether the consents say whose they are, without which none is kept past the season. */
  readonly consentsNamed: boolean;
}

/** The facts as an entry holds them: a day that has not come is left out, and so is what no consent says. */
export type LoggedFacts = Omit<IntakeFacts, DayToCome | 'consentsNamed'> & { readonly [D in DayToCome]?: Day } & { readonly consentsNamed?: boolean };

type DayToCome = 'preparedDay' | 'acceptedDay' | 'doneDay' | 'listedDay' | 'erasedDay';

export const loggedFacts: Check<LoggedFacts> = shapeOf<LoggedFacts>(
  { taxYear: wholeNumber, filingYear: wholeNumber, createdDay: calendarDay, touchedDay: calendarDay, stage: stageName, consentsGiven: yesOrNo },
  { preparedDay: calendarDay, acceptedDay: calendarDay, doneDay: calendarDay, listedDay: calendarDay, erasedDay: calendarDay, consentsNamed: yesOrNo },
);

export function factsForLog(facts: IntakeFacts): LoggedFacts {
  const { preparedDay, acceptedDay, doneDay, listedDay, erasedDay, consentsNamed, ...rest } = facts;
  return {
    ...rest,
    ...(preparedDay && { preparedDay }),
    ...(acceptedDay && { acceptedDay }),
    ...(doneDay && { doneDay }),
    ...(listedDay && { listedDay }),
    ...(erasedDay && { erasedDay }),
    ...(consentsNamed && { consentsNamed }),
  };
}

/** @param logged as an entry had them; anything else is no facts */
export function factsFromLog(logged: unknown): IntakeFacts | undefined {
  if (!loggedFacts(logged)) return undefined;
  const absent = { preparedDay: null, acceptedDay: null, doneDay: null, listedDay: null, erasedDay: null, consentsNamed: false };
  return { ...absent, ...logged };
}
