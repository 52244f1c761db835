import type { Wording } from '../../catalogue/wording.js';

/** What can be wrong in the forms that are about members and the site, and how to mend it. */
export const PROBLEM_WORDS = {
  blank: { en: 'Please fill this in.', es: 'Complete este dato.' },
  tooLong: { en: 'Please use at most 120 characters.', es: 'Use como máximo 120 caracteres.' },
  email: { en: 'Enter a whole e-mail address, such as name@example.org.', es: 'Escriba un correo electrónico completo, como nombre@example.org.' },
  emailTaken: { en: 'There is a member with this e-mail address already.', es: 'Ya hay un miembro con este correo electrónico.' },
  anotherPerson: { en: 'This is your own address. Name another person.', es: 'Es su propio correo. Nombre a otra persona.' },
  siteNameTaken: { en: 'There is a site of this name already.', es: 'Ya hay un centro con este nombre.' },
  preparerOfOneSite: {
    en: 'A preparer belongs to one site: take the tick away, or choose another role.',
    es: 'Un preparador pertenece a un solo centro: quite la marca o elija otra función.',
  },
  loggedField: {
    en: 'There is no such field. Choose a name from the list, such as taxpayer.lastName or contact.',
    es: 'No existe ese campo. Elija un nombre de la lista, como taxpayer.lastName o contact.',
  },
  count: { en: 'Enter a whole number from 1 to 10,000.', es: 'Escriba un número entero entre 1 y 10 000.' },
  hours: { en: 'Enter a time such as 08:00. A site opens before it closes, on the same day.', es: 'Escriba una hora como 08:00. El centro abre antes de cerrar, el mismo día.' },
  choose: { en: 'Please choose one.', es: 'Elija una opción.' },
  timeZone: { en: 'Enter a name such as America/New_York.', es: 'Escriba un nombre como America/New_York.' },
  timeZoneLocked: {
    en: 'While a legal hold is in force, the site’s days cannot begin sooner.',
    es: 'Mientras rija una orden de conservación, los días del centro no pueden empezar antes.',
  },
  seasonLocked: {
    en: 'While a legal hold is in force, the season end cannot come sooner.',
    es: 'Mientras rija una orden de conservación, el final de la temporada no puede adelantarse.',
  },
  seasonEnd: {
    en: 'Choose a day at least 30 days from now, at the latest December 31 of next year, or leave it blank.',
    es: 'Elija un día dentro de 30 días o más, como muy tarde el 31 de diciembre del próximo año, o déjelo en blanco.',
  },
  passwordShort: { en: 'Use at least 15 characters.', es: 'Use al menos 15 caracteres.' },
  passwordLong: { en: 'Use at most 256 characters.', es: 'Use como máximo 256 caracteres.' },
  passwordGuessable: {
    en: 'This is made of common words, of names or of rows of keys, and would be guessed first. Use words of your own.',
    es: 'Está hecha de palabras comunes, nombres o filas de teclas, y sería de las primeras que alguien probaría. Use palabras suyas.',
  },
  passwordsDiffer: { en: 'The two passwords are not the same. Type both again.', es: 'Las dos contraseñas no son iguales. Escriba ambas de nuevo.' },
  passwordWrong: { en: 'That is not your current password.', es: 'Esa no es su contraseña actual.' },
  wordsDiffer: {
    en: 'Then do not admit them. Tell your administrator: somebody may be in between.',
    es: 'Entonces no lo admita. Avise a su administrador: puede haber alguien en medio.',
  },
  wordsChanged: {
    en: 'The words have changed since this page was opened. Compare the new ones from the start.',
    es: 'Las palabras cambiaron desde que se abrió esta página. Compare las nuevas desde el principio.',
  },
  intakeNumber: { en: 'Copy the whole number from an entry.', es: 'Copie el número completo de una entrada.' },
  day: { en: 'Choose a day of the calendar.', es: 'Elija un día del calendario.' },
  endsBefore: { en: 'This day is before the first one.', es: 'Este día es anterior al primero.' },
  notToday: {
    en: 'That is not the date on the clocks of this server. Look at a calendar; if you are right, have the clocks set first.',
    es: 'No es la fecha de los relojes de este servidor. Mire un calendario; si usted tiene razón, haga ajustar antes los relojes.',
  },
} as const satisfies Readonly<Record<string, Wording>>;
