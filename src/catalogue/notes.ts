import { Field } from './field.js';
import { SITE_PRACTICE } from './questions/boxes.js';

/** What one preparer leaves for the next. A site has to switch it on. */
export class Notes {
  @Field({
    kind: 'longText',
    maxCharacters: 4000,
    refusesIdentifiers: true,
    class: 'notes',
    label: { en: 'Notes between preparers', es: 'Notas entre preparadores' },
    hint: {
      en: 'Leave out numbers of people, accounts and documents, and anything about citizenship or visas.',
      es: 'No escriba números de personas, de cuentas ni de documentos, ni nada sobre ciudadanía o visas.',
    },
    why: {
      en: 'So that the next preparer knows what is still missing, and you need not tell it twice.',
      es: 'Para que el siguiente preparador sepa qué falta y usted no tenga que contarlo dos veces.',
    },
    source: SITE_PRACTICE,
  })
  text?: string;
}
