import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';

/** The retention classes in the words of clients. */
export const CLASS_WORDS: Readonly<Record<RetentionClass, Wording>> = {
  contact: { en: 'How to reach you', es: 'Cómo comunicarnos con usted' },
  identity: { en: 'Names and birth dates', es: 'Nombres y fechas de nacimiento' },
  address: { en: 'Mailing address', es: 'Dirección postal' },
  household: { en: 'People in the home', es: 'Personas del hogar' },
  situation: { en: 'The tax year: status, income, expenses', es: 'El año tributario: situación, ingresos, gastos' },
  credentials: { en: 'Taxpayer and bank numbers', es: 'Números de contribuyente y de banco' },
  documents: { en: 'Papers', es: 'Documentos' },
  notes: { en: 'Notes between preparers', es: 'Notas entre preparadores' },
  consents: { en: 'Consents given', es: 'Consentimientos dados' },
  preparer_list: { en: 'The preparer’s list of returns', es: 'La lista de declaraciones del preparador' },
};
