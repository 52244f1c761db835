import type { FormBox, Source } from '../field-options.js';

/** Form 13614-C, the intake sheet: its page is where the client sees the question. */
export function intakeSheet(page: 1 | 2 | 3): Source {
  return { form: 'Form 13614-C (Oct. 2025)', page };
}

export const SITE_PRACTICE: Source = { form: 'Not on an IRS form' };

/** A text box of a page of Form 13614-C. */
export function written(page: 1 | 2 | 3, name: string): FormBox {
  return { name: `form1[0].page${page}[0].${name}` };
}

/** A check box of a page of Form 13614-C, ticked if the answer equals `when`. */
export function ticked(page: 1 | 2 | 3, name: string, when: string | boolean): FormBox {
  return { name: `form1[0].page${page}[0].${name}`, when };
}

/** A column of the household table of page 1, which has four rows. */
export function column(name: string): FormBox {
  return { name: `form1[0].page1[0].namesOf[0].Row*[0].${name}[0]` };
}

/** The boxes You, Spouse and No of page 1, of which a person's answer moves their own and `No`. */
export function youSpouseNo(place: string, stem: string, who: 'You' | 'Spouse'): readonly FormBox[] {
  return [ticked(1, `${place}.${stem}${who}[0]`, true), ticked(1, `${place}.${stem}No[0]`, false)];
}
