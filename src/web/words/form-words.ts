import type { Wording } from '../../catalogue/wording.js';

export const FORM_WORDS = {
  yes: { en: 'Yes', es: 'Sí' },
  no: { en: 'No', es: 'No' },
  notAnswered: { en: 'Not answered', es: 'Sin respuesta' },
  choose: { en: '- Select -', es: '- Elija -' },
  month: { en: 'Month', es: 'Mes' },
  day: { en: 'Day', es: 'Día' },
  year: { en: 'Year', es: 'Año' },
  dateHint: { en: 'For example: January 19 2000', es: 'Primero el mes: enero · 19 · 2000' },
  taxpayerIdHint: {
    en: 'Nine digits as on the card or letter, with or without spaces.',
    es: 'Nueve cifras como en la tarjeta o la carta, con o sin espacios.',
  },
  phoneHint: { en: 'Ten digits, area code first.', es: 'Diez cifras, empezando por el código de área.' },
  why: { en: 'Why we ask', es: 'Por qué lo preguntamos' },
  thereIsAProblem: { en: 'There is a problem', es: 'Hay un problema' },
  nothingLost: {
    en: 'Nothing was saved yet, and nothing you typed is lost.',
    es: 'Todavía no se ha guardado nada, y no se ha perdido nada de lo que escribió.',
  },
  errorPrefix: { en: 'Error:', es: 'Error:' },
  readableUntil: { en: 'Readable until', es: 'Se puede leer hasta el' },
  thenDestroyed: { en: 'Nobody can read it after that day.', es: 'Después de ese día nadie podrá leerlo.' },
  keptSince: { en: 'Kept under a legal hold, closed since', es: 'Conservado por orden legal, cerrado desde el' },
  destroyedSince: { en: 'Destroyed; closed since', es: 'Destruido; cerrado desde el' },
  storedNow: { en: 'Stored now:', es: 'Guardado ahora:' },
  blank: { en: 'left blank', es: 'sin respuesta' },
  required: { en: '(required)', es: '(obligatorio)' },
} as const satisfies Readonly<Record<string, Wording>>;

export function atMostCharacters(count: number): Wording {
  return { en: `At most ${count} characters.`, es: `Como máximo ${count} caracteres.` };
}
