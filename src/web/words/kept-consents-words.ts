import type { ConsentForm } from '../../catalogue/given-consents.js';
import type { Wording } from '../../catalogue/wording.js';

export const KEPT_CONSENTS_WORDS = {
  title: { en: 'Consents that are kept', es: 'Consentimientos que se guardan' },
  intro: {
    en: 'The policy keeps consents, with the names of who gave them, so that they can be shown later. Whoever wants theirs gone earlier can have them erased.',
    es: 'La política guarda los consentimientos, con los nombres de quienes los dieron, para poder mostrarlos después. Quien quiera que los suyos desaparezcan antes puede pedir que se borren.',
  },
  opens: {
    en: 'Opening a year shows names, and is an entry in the access log for each page.',
    es: 'Al abrir un año se muestran nombres, y cada página queda en el registro de accesos.',
  },
  none: { en: 'No consents are kept here.', es: 'Aquí no se guarda ningún consentimiento.' },
  year: { en: 'Filing year', es: 'Año de presentación' },
  intakes: { en: 'Intakes', es: 'Expedientes' },
  name: { en: 'Given by', es: 'Lo dio' },
  spouse: { en: 'spouse', es: 'cónyuge' },
  noName: { en: 'No name', es: 'Sin nombre' },
  what: { en: 'Consent', es: 'Consentimiento' },
  version: { en: 'version', es: 'versión' },
  givenOn: { en: 'Given on', es: 'Fecha en que se dio' },
  taxYear: { en: 'Tax year', es: 'Año tributario' },
  readableUntil: { en: 'Readable until', es: 'Se puede leer hasta' },
  nobody: { en: 'Could not be opened', es: 'No se pudo abrir' },
  preserved: { en: 'Kept past their day by a legal hold: they open for nobody', es: 'Conservados pasado su día por una orden de conservación: no se abren para nadie' },
  next: { en: 'Next page', es: 'Página siguiente' },
  back: { en: 'All filing years', es: 'Todos los años de presentación' },
  print: {
    en: 'To hand it over, print the page from your browser. Do not save it: a file is not destroyed on its day.',
    es: 'Para entregarla, imprima la página desde su navegador. No la guarde: un archivo no se destruye en su día.',
  },
} as const satisfies Readonly<Record<string, Wording>>;

export const CONSENT_FORM_WORDS: Readonly<Record<ConsentForm, Wording>> = {
  form15080: { en: 'Form 15080', es: 'Formulario 15080' },
  form14446: { en: 'Form 14446', es: 'Formulario 14446' },
  other7216: { en: 'Another consent (IRC 7216)', es: 'Otro consentimiento (sección 7216 del IRC)' },
};

/** Over the consents of one year. */
export function yearInWords(year: number): Wording {
  return { en: `Filing year ${year}`, es: `Año de presentación ${year}` };
}
