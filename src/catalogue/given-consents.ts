import type { Consents } from './consents.js';

/** Which text somebody consented to, in the order of the questions. */
export const CONSENT_FORMS = ['form15080', 'form14446', 'other7216'] as const;
export type ConsentForm = (typeof CONSENT_FORMS)[number];

/** One consent of one person. */
export interface GivenConsent {
  readonly form: ConsentForm;
  readonly version?: string;
  readonly bySpouse: boolean;
  /** Who gave it, where that was entered and consents are kept. */
  readonly name?: string;
  /** YYYY-MM-DD */
  readonly givenOn: string;
}

/** Each consent that was given, and by whom: a version, a hash or a name alone is none. */
export function givenConsents(consents: Consents): readonly GivenConsent[] {
  return CONSENT_FORMS.flatMap((form) => {
    const version = consents[`${form}Version`];
    const given = (bySpouse: boolean, name: string | undefined, givenOn: string | undefined): readonly GivenConsent[] =>
      givenOn === undefined ? [] : [{ form, bySpouse, givenOn, ...(version !== undefined && { version }), ...(name !== undefined && { name }) }];
    return [...given(false, consents.givenBy, consents[`${form}GivenOn`]), ...given(true, consents.spouseGivenBy, consents[`${form}SpouseGivenOn`])];
  });
}
