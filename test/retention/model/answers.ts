import type { Day } from '../../../src/platform/clock.js';

/** Never issued. */
export const NUMBER = '400-00-1234';

/** Something of every class that the model's site collects. */
export const ANSWERS = {
  contact: { email: 'robin@example.org' },
  taxpayer: { firstName: 'Robin', taxpayerId: NUMBER },
  address: { city: 'Anytown' },
  household: [{ firstName: 'Kim' }],
  situation: { maritalStatus: 'single' },
  notes: { text: 'Bring the letter.' },
  consents: { form15080Version: 'Oct. 2025' },
};

/** The same, with a consent that was given. */
export const answersGivenOn = (today: Day) => ({ ...ANSWERS, consents: { ...ANSWERS.consents, form15080GivenOn: today } });
