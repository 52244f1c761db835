import type { Wording } from './wording.js';

/** What is wrong with an answer and how to mend it. Never with the answer itself: these words go into pages and errors. */
export const PROBLEMS = {
  yesOrNo: { en: 'Choose yes or no.', es: 'Elija sí o no.' },
  text: { en: 'Enter this in words.', es: 'Escríbalo con palabras.' },
  choice: { en: 'Choose one from the list.', es: 'Elija una opción de la lista.' },
  date: {
    en: 'Enter a real date: month, day and a year of four digits.',
    es: 'Escriba una fecha que exista: mes, día y un año de cuatro cifras.',
  },
  dateIncomplete: {
    en: 'The month, the day or the year is missing. Fill in all three.',
    es: 'Falta el mes, el día o el año. Rellene los tres.',
  },
  dateOutOfRange: {
    en: 'The date must not be in the future or before 1890. Check the year.',
    es: 'La fecha no puede ser futura ni anterior a 1890. Revise el año.',
  },
  email: {
    en: 'Enter an e-mail address with an @ and a dot, such as name@example.org.',
    es: 'Escriba un correo electrónico con una @ y un punto, como nombre@example.org.',
  },
  phone: {
    en: 'Enter a U.S. telephone number of ten digits, area code first.',
    es: 'Escriba un número de teléfono de EE. UU. de diez cifras, con el código de área.',
  },
  taxpayerId: {
    en: 'Enter the nine digits of the Social Security, ITIN or ATIN number as on the card or letter.',
    es: 'Escriba las nueve cifras del número de Seguro Social, ITIN o ATIN como aparecen en la tarjeta o la carta.',
  },
  taxpayerIdImpossible: {
    en: 'This cannot be a Social Security number, ITIN or ATIN. Compare the nine digits with the card or letter.',
    es: 'Este no puede ser un número de Seguro Social, ITIN o ATIN. Compare las nueve cifras con la tarjeta o la carta.',
  },
  numberAlike: {
    en: 'Somebody above has the same number. Compare both with the cards or letters; if it is right all the same, save again.',
    es: 'Alguien más arriba tiene el mismo número. Compare los dos con las tarjetas o cartas; si aun así es correcto, guarde otra vez.',
  },
  identityProtectionPin: {
    en: 'Enter the six digits of this year’s identity protection PIN.',
    es: 'Escriba las seis cifras del PIN de protección de identidad de este año.',
  },
  routingNumber: {
    en: 'This is no bank’s routing number. Compare all nine digits with a check or the bank’s app.',
    es: 'Este no es el número de ruta de ningún banco. Compare las nueve cifras con un cheque o la aplicación del banco.',
  },
  accountNumber: {
    en: 'Enter the account number: 5 to 17 digits, or digits and letters.',
    es: 'Escriba el número de cuenta: de 5 a 17 cifras, o cifras y letras.',
  },
  state: {
    en: 'Choose a state, territory or military mail region from the list.',
    es: 'Elija de la lista un estado, un territorio o una región de correo militar.',
  },
  zip: { en: 'Enter a ZIP code of five or nine digits.', es: 'Escriba un código postal de cinco o nueve cifras.' },
  textHash: {
    en: 'Enter the fingerprint (SHA-256) of the text: 64 characters, 0 to 9 and a to f.',
    es: 'Escriba la huella (SHA-256) del texto: 64 caracteres, de 0 a 9 y de la «a» a la «f».',
  },
  notAsked: { en: 'This is not asked here.', es: 'Esto no se pregunta aquí.' },
  byService: {
    en: 'The service writes this itself. Take it out.',
    es: 'Este dato lo escribe el propio sistema. Quítelo.',
  },
  neverStored: {
    en: 'This is asked in person and never kept. Take it out.',
    es: 'Esto se pregunta en persona y nunca se guarda. Quítelo.',
  },
  listNeeds: {
    en: 'A compensated preparer has to keep this for three years (IRC 6107(b)). Enter it.',
    es: 'Un preparador remunerado debe guardar este dato durante tres años (sección 6107(b) del IRC). Escríbalo.',
  },
  listYear: {
    en: 'The tax year is the one this intake is for.',
    es: 'El año tributario es el de este expediente.',
  },
  notCollected: {
    en: 'This site does not collect this. Take it out.',
    es: 'Este centro no recoge este dato. Quítelo.',
  },
  group: { en: 'A group of answers is expected here.', es: 'Aquí se espera un grupo de respuestas.' },
  people: {
    en: 'Give the other people of the home as a list of at most twelve.',
    es: 'Indique a las demás personas del hogar en una lista de doce como máximo.',
  },
} as const satisfies Record<string, Wording>;

export function tooLong(maxCharacters: number): Wording {
  return { en: `Use at most ${maxCharacters} characters.`, es: `Use como máximo ${maxCharacters} caracteres.` };
}

export function wholeNumberBetween(min: number, max: number): Wording {
  return { en: `Enter a whole number from ${min} to ${max}.`, es: `Escriba un número entero de ${min} a ${max}.` };
}
