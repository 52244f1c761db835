/** The language to show a typed form in, once more and without doing anything: sent by the switch beside it. */
export const LANGUAGE_FIELD = '_language';

/** What was wrong with it, for the same page in that language. */
export const PROBLEMS_FIELD = '_problems';

/** The form that was typed into, on the page that answers it. */
export const TYPED_FORM = 'typed-form';
