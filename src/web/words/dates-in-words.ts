import type { Day } from '../../platform/clock.js';
import type { Language } from './language.js';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

/** January to December, in their order. */
export const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  es: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
};

/** `May 14, 2027`; `14 de mayo de 2027`. What is not an ISO day comes back as it is, so that nothing shown is invented. */
export function dayInWords(day: Day | string, language: Language): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const name = MONTHS[language][Number(month) - 1];
  if (year === undefined || name === undefined) return day;
  return language === 'en' ? `${name} ${Number(date)}, ${year}` : `${Number(date)} de ${name} de ${year}`;
}

/** `May 14`; `14 may`: for a plot, where there is no room for more. */
export function dayAndMonth(day: Day, language: Language): string {
  const [month, date] = [MONTHS[language][Number(day.slice(5, 7)) - 1]!.slice(0, 3), Number(day.slice(8))];
  return language === 'en' ? `${month} ${date}` : `${date} ${month}`;
}

/** A moment on the site's own clock, with the zone named: `Apr 3, 2027, 2:05 PM EDT`. */
export function momentInWords(at: Date, timeZone: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

/** @param day 1 for Monday to 7 for Sunday */
export function weekdayInWords(day: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)));
}

/** @param minutes since midnight; `8:00 AM`, `8:00 a. m.` */
export function clockInWords(minutes: number, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(minutes * 60_000));
}

export function numberInWords(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}
