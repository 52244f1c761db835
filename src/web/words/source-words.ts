import type { Source } from '../../catalogue/field-options.js';
import type { Wording } from '../../catalogue/wording.js';

/** Where a question comes from. English names the forms as the IRS prints them. */
export const SOURCE_WORDS: Readonly<Record<Source['form'], Wording>> = {
  'Form 13614-C (Oct. 2025)': { en: 'Form 13614-C (Oct. 2025)', es: 'Formulario 13614-C (oct. 2025)' },
  'Form 15080 (Oct. 2025)': { en: 'Form 15080 (Oct. 2025)', es: 'Formulario 15080 (oct. 2025)' },
  'Form 14446 (Nov. 2023)': { en: 'Form 14446 (Nov. 2023)', es: 'Formulario 14446 (nov. 2023)' },
  'Form 1040': { en: 'Form 1040', es: 'Formulario 1040' },
  'IRC 6107(b)': { en: 'IRC 6107(b)', es: 'Sección 6107(b) del IRC' },
  'IRS Publication 4299': { en: 'IRS Publication 4299', es: 'Publicación 4299 del IRS' },
  'Not on an IRS form': { en: 'not on an IRS form', es: 'no está en un formulario del IRS' },
};
