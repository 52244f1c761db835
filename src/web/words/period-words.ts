import type { Wording } from '../../catalogue/wording.js';
import type { PeriodPlace } from '../../retention/policies/compare-policies.js';
import type { Policy } from '../../retention/policy.js';
import type { PolicyLimit } from '../../retention/policy-limits.js';
import { CLASS_WORDS } from './class-words.js';
import { dayCount } from './retention-words.js';

type Period = PeriodPlace['period'];

const NO_LIMIT: Wording = { en: 'no limit', es: 'sin límite' };
const WITH_SEASON: Wording = { en: 'until season’s end', es: 'hasta fin de temporada' };
/** The last day on which a consent of the season may still hold. */
const RUN_OUT: Wording = {
  en: 'After December 31 of the year after the season, when every consent of it has run out',
  es: 'Después del 31 de diciembre del año siguiente a la temporada, cuando todos sus consentimientos han vencido',
};

const PERIODS: Readonly<Record<Exclude<Period, 'untouched'>, Wording>> = {
  done: { en: 'After the work is done', es: 'Después de terminar el trabajo' },
  prepared: { en: 'After the return is prepared', es: 'Después de preparar la declaración' },
  accepted: { en: 'After the IRS has accepted it', es: 'Después de que el IRS la acepte' },
  'season-end': { en: 'At the end of the season', es: 'Al final de la temporada' },
  'consent-expiry': { en: 'After the consents have run out', es: 'Después de que venzan los consentimientos' },
  cap: { en: 'At most, from its start', es: 'Como máximo, desde su inicio' },
  listYears: { en: 'After June 30 of the period in which the return was prepared', es: 'Después del 30 de junio del período en que se preparó la declaración' },
  entriesMonths: { en: 'Entries of the access log', es: 'Entradas del registro de accesos' },
  certificatesYears: { en: 'Destruction certificates, kept at least', es: 'Certificados de destrucción, se guardan al menos' },
};

/** It counts no longer once the end has come that the class waits for, however soon that period would be over. */
const UNTOUCHED: Readonly<Record<NonNullable<PeriodPlace['waitsFor']>, Wording>> = {
  done: { en: 'If it is not done yet and nobody works on it', es: 'Si aún no está terminado y nadie trabaja en ello' },
  prepared: { en: 'If the return is not prepared yet and nobody works on it', es: 'Si la declaración aún no está preparada y nadie trabaja en ello' },
};

function named({ period, waitsFor = 'done' }: Pick<PeriodPlace, 'period' | 'waitsFor'>): Wording {
  return period === 'untouched' ? UNTOUCHED[waitsFor] : PERIODS[period];
}

/** "After the work is done"; of consents, as long as none was given, with that said. */
export function periodInWords({ whileNoneGiven, ...place }: Omit<PeriodPlace, 'of'>): Wording {
  const { en, es } = named(place);
  return whileNoneGiven ? { en: `${en}, while no consent was given`, es: `${es}, mientras no haya consentimientos` } : { en, es };
}

/** The same, with what it is a period of. */
export function placeInWords(place: PeriodPlace): Wording {
  const period = periodInWords(place);
  if (place.of === 'log') return period;
  const { en, es } = CLASS_WORDS[place.of];
  return { en: `${en}: ${period.en}`, es: `${es}: ${period.es}` };
}

/** "30 days", "24 months", "at the end": as long as the period of this name is. */
export function lengthInWords(period: Period, value: number | undefined): Wording {
  if (value === undefined) return period === 'consent-expiry' ? WITH_SEASON : NO_LIMIT;
  if (period === 'entriesMonths') return { en: `${value} months`, es: `${value} meses` };
  if (period === 'certificatesYears' || period === 'listYears') return { en: `${value} years`, es: `${value} años` };
  return period === 'season-end' ? { en: 'that day', es: 'ese día' } : dayCount(value);
}

/** A rule of the published policy, whole: "After the work is done: 30 days", "At the end of the season". */
export function ruleInWords(place: Pick<PeriodPlace, 'period' | 'waitsFor'>, value: number): Wording {
  const { period } = place;
  if (period === 'listYears') {
    return { en: `After June 30, ${value} years after the close of the return period`, es: `Después del 30 de junio, ${value} años después del cierre del período de declaraciones` };
  }
  const { en, es } = period === 'consent-expiry' ? RUN_OUT : named(place);
  if (period === 'season-end') return { en, es };
  const length = lengthInWords(period, value);
  return { en: `${en}: ${length.en}`, es: `${es}: ${length.es}` };
}

/** What shows that the rules were kept, and how long that is kept itself. */
export function logInWords({ entriesMonths, certificatesYears }: Policy['log']): Wording {
  return {
    en: `The access log says who worked on what, when and why, and holds no answers. Its details are kept for ${entriesMonths} months; the certificates of what was destroyed, and the details that they rest on, for ${certificatesYears} years at least.`,
    es: `El registro de accesos dice quién trabajó en qué, cuándo y por qué, y no contiene respuestas. Sus detalles se guardan ${entriesMonths} meses; los certificados de lo destruido, y los detalles en que se basan, ${certificatesYears} años como mínimo.`,
  };
}

/** Beside each field: what holds now, and in which unit. */
export function nowInWords(period: Period, value: number | undefined): Wording {
  const { en, es } = lengthInWords(period, value);
  return { en: `Now ${en}`, es: `Ahora ${es}` };
}

/** "From 1 to 730 days (16 CFR 314.4(c)(6))." */
export function limitInWords({ least, most, citation }: PolicyLimit, unit: Wording): Wording {
  const cited = citation === undefined ? '' : ` (${citation})`;
  return { en: `From ${least} to ${most} ${unit.en}${cited}.`, es: `De ${least} a ${most} ${unit.es}${cited}.` };
}

export const UNITS = {
  days: { en: 'days', es: 'días' },
  months: { en: 'months', es: 'meses' },
  years: { en: 'years', es: 'años' },
} as const satisfies Readonly<Record<string, Wording>>;

export function notInLimit({ least, most }: PolicyLimit): Wording {
  return { en: `Enter a whole number from ${least} to ${most}.`, es: `Escriba un número entero de ${least} a ${most}.` };
}
