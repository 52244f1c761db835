import type { Wording } from '../../catalogue/wording.js';

export const PREPARER_LIST_WORDS = {
  title: { en: 'The preparer’s list', es: 'La lista del preparador' },
  intro: {
    en: 'Whoever prepares returns for compensation keeps this list for three years after a return period closes, and shows it to the IRS on request (IRC 6107(b)). A return period is the twelve months from July 1.',
    es: 'Quien prepara declaraciones a cambio de un pago guarda esta lista durante tres años tras el cierre del período de declaraciones y la muestra al IRS si la pide (IRC 6107(b)). Un período son los doce meses desde el 1 de julio.',
  },
  opens: {
    en: 'Opening a period shows names and numbers, and is an entry in the access log for each page.',
    es: 'Al abrir un período se muestran nombres y números, y cada página queda en el registro de accesos.',
  },
  none: { en: 'No return is on the list.', es: 'No hay ninguna declaración en la lista.' },
  period: { en: 'Return period', es: 'Período' },
  returns: { en: 'Returns', es: 'Declaraciones' },
  readyOn: { en: 'Ready to sign on', es: 'Lista para firmar el' },
  name: { en: 'Name', es: 'Nombre' },
  number: { en: 'Number', es: 'Número' },
  taxYear: { en: 'Tax year', es: 'Año tributario' },
  kind: { en: 'Return or claim', es: 'Declaración o reclamación' },
  preparer: { en: 'Preparer who signs', es: 'Preparador que firma' },
  nobody: { en: 'Could not be opened', es: 'No se pudo abrir' },
  preserved: { en: 'Kept past its day by a legal hold: it opens for nobody', es: 'Conservada pasado su día por una orden de conservación: no se abre para nadie' },
  noNumber: { en: 'None yet', es: 'Todavía ninguno' },
  next: { en: 'Next page', es: 'Página siguiente' },
  back: { en: 'All return periods', es: 'Todos los períodos' },
  print: { en: 'To hand it over, print each page of the period from your browser. Do not save it: a file is not destroyed on its day.', es: 'Para entregarla, imprima cada página del período desde su navegador. No la guarde: un archivo no se destruye en su día.' },
} as const satisfies Readonly<Record<string, Wording>>;
