import type { Answers } from '../catalogue/answers.js';
import type { Consents } from '../catalogue/consents.js';
import { givenConsents } from '../catalogue/given-consents.js';
import { wholeName } from '../catalogue/whole-name.js';
import type { IntakeFacts } from '../audit/intake-facts.js';
import type { Day } from '../platform/clock.js';
import { scheduledLimit, type PolicySchedule } from '../retention/policy-schedule.js';

/** Are the consents of this intake to be kept past the season? Then they have to say whose they are, since the names go before them. */
export function keepsConsents(policies: PolicySchedule, facts: IntakeFacts, seasonEnd: Day): boolean {
  return scheduledLimit(policies, 'consents', { ...facts, consentsNamed: true }, seasonEnd).rule === 'consent-expiry';
}

/** Do they say whose they are? */
export function consentsNamed({ consents }: Answers): boolean {
  return consents?.givenBy !== undefined || consents?.spouseGivenBy !== undefined;
}

/**
 * The answers with the names of those who consented where consents are kept, and without them everywhere else. A name that has gone since
 * stays as it was written here; of a couple each is named only where a consent is theirs.
 * @param known the consents as they were
 */
export function withConsenting(answers: Answers, kept: boolean, known: Consents | undefined): Answers {
  const { givenBy: _taxpayer, spouseGivenBy: _spouse, ...consents } = answers.consents ?? {};
  const names = kept ? namesOf(answers, consents, known) : {};
  const named = { ...consents, ...names };
  const { consents: _before, ...others } = answers;
  return Object.keys(named).length === 0 ? others : { ...others, consents: named };
}

function namesOf({ taxpayer, spouse }: Answers, consents: Consents, known: Consents | undefined): Pick<Consents, 'givenBy' | 'spouseGivenBy'> {
  const given = givenConsents(consents);
  const nameOf = (bySpouse: boolean, name: string | undefined) => (given.some((one) => one.bySpouse === bySpouse) ? name : undefined);
  const givenBy = nameOf(false, wholeName(taxpayer) ?? known?.givenBy);
  const spouseGivenBy = nameOf(true, wholeName(spouse) ?? known?.spouseGivenBy);
  return { ...(givenBy !== undefined && { givenBy }), ...(spouseGivenBy !== undefined && { spouseGivenBy }) };
}
