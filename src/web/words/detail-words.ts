import { parseFindingKey } from '../../audit/findings/finding.js';
import type { Context } from '../../audit/entry.js';
import type { Damage } from '../../audit/stored-parts.js';
import type { Wording } from '../../catalogue/wording.js';
import { clockInWords, numberInWords, weekdayInWords } from './dates-in-words.js';
import { DETECTOR_WORDS, OUTCOME_WORDS } from './finding-words.js';
import { LANGUAGES, type Language } from './language.js';

/** What an entry counts, or a number that was set, by its name in the log. */
export const COUNT_WORDS: Readonly<Record<string, Wording>> = {
  entries: { en: 'entries', es: 'entradas' },
  firstIndex: { en: 'from place', es: 'desde el lugar' },
  findings: { en: 'findings', es: 'hallazgos' },
  verifications: { en: 'verifications', es: 'verificaciones' },
  notes: { en: 'notes', es: 'notas' },
  days: { en: 'days', es: 'días' },
  found: { en: 'found not as it was written', es: 'hallazgos que no están como se escribieron' },
  unclear: { en: 'of them, what a crash can have left', es: 'de ellos, lo que pudo dejar una interrupción' },
  sections: { en: 'sealed sections', es: 'secciones selladas' },
  intakes: { en: 'intakes', es: 'expedientes' },
  living: { en: 'intakes of which something can be opened', es: 'expedientes de los que algo se puede abrir' },
  lost: { en: 'intakes lost', es: 'expedientes perdidos' },
  sharesTried: { en: 'keys tried that did not open', es: 'llaves probadas que no abrieron' },
  missing: { en: 'entries missing', es: 'entradas que faltan' },
  sessions: { en: 'sessions ended', es: 'sesiones terminadas' },
  invitations: { en: 'invitations ended', es: 'invitaciones terminadas' },
  requests: { en: 'requests for approval ended', es: 'solicitudes de aprobación terminadas' },
  buckets: { en: 'days of destruction of a class at a site', es: 'días de destrucción de una clase en un centro' },
  shares: { en: 'keys destroyed', es: 'llaves destruidas' },
  unlogged: { en: 'of them, keys of which this log shows nothing', es: 'de ellas, llaves de las que este registro no muestra nada' },
  moved: { en: 'keys sealed anew', es: 'llaves selladas de nuevo' },
  holds: { en: 'legal holds in force', es: 'órdenes de conservación vigentes' },
  held: { en: 'keys kept by a hold', es: 'llaves que una orden conserva' },
  corrected: { en: 'intakes put right', es: 'expedientes corregidos' },
  rows: { en: 'search entries', es: 'entradas de búsqueda' },
  late: { en: 'intakes with a day too late', es: 'expedientes con una fecha demasiado tardía' },
  early: { en: 'intakes with a day too early', es: 'expedientes con una fecha demasiado temprana' },
  place: { en: 'intakes filed where a hold could miss them', es: 'expedientes archivados donde una orden podría no alcanzarlos' },
  facts: { en: 'intakes with facts of which the log says otherwise', es: 'expedientes con datos que el registro dice de otro modo' },
  opensAt: { en: 'the site opens at', es: 'el centro abre a las' },
  closesAt: { en: 'the site closes at', es: 'el centro cierra a las' },
  openDays: { en: 'open on', es: 'abre los' },
  manyIntakes: { en: 'different intakes in an hour that are many, from', es: 'expedientes distintos en una hora que son muchos, desde' },
  readsWithoutChange: { en: 'intakes read without a change that are many, from', es: 'expedientes leídos sin cambio que son muchos, desde' },
  failedSignIns: { en: 'refused sign-ins that are many, from', es: 'inicios de sesión rechazados que son muchos, desde' },
  refusedAttempts: { en: 'refused attempts that are many, from', es: 'intentos rechazados que son muchos, desde' },
};

/** Numbers that stand for something else: minutes since midnight, a bit for each day of the week from Monday on. */
const VALUES: Readonly<Record<string, (value: number, language: Language) => string>> = {
  opensAt: minutesInWords,
  closesAt: minutesInWords,
  openDays: (bits, language) => [1, 2, 3, 4, 5, 6, 7].filter((day) => ((bits >> (day - 1)) & 1) === 1).map((day) => weekdayInWords(day, language)).join(', ') || '–',
};

/** What an entry counted, what came of a review, and of which finding: each in words. A count that has none keeps its name. */
export function contextInWords({ counts = {}, outcome, finding }: Context): readonly Wording[] {
  return [
    ...Object.entries(counts).map(([name, value]) => countInWords(name, value!)),
    ...(finding === undefined ? [] : [namedFinding(finding)]),
    ...(outcome === undefined ? [] : [OUTCOME_WORDS[outcome]]),
  ];
}

function countInWords(name: string, value: number): Wording {
  const words = Object.hasOwn(COUNT_WORDS, name) ? COUNT_WORDS[name] : undefined;
  const inWords = (Object.hasOwn(VALUES, name) ? VALUES[name] : undefined) ?? numberInWords;
  return inBoth((language) => `${words?.[language] ?? name}: ${inWords(value, language)}`);
}

const DAY_MINUTES = 1440;

/** What is no minute of a day somebody made up. */
function minutesInWords(value: number, language: Language): string {
  return (value <= DAY_MINUTES ? clockInWords : numberInWords)(value, language);
}

function namedFinding(key: string): Wording {
  const named = parseFindingKey(key);
  if (!named) return { en: key, es: key };
  const { en, es } = DETECTOR_WORDS[named.detector];
  return { en: `${en}, from entry number ${named.first} on`, es: `${es}, desde la entrada número ${named.first}` };
}

const DAMAGE_WORDS: Readonly<Record<Damage, Wording>> = {
  kind: { en: 'its kind', es: 'su tipo' },
  time: { en: 'its time', es: 'su hora' },
  actor: { en: 'who did it', es: 'quién lo hizo' },
  subject: { en: 'what it is about', es: 'sobre qué es' },
  context: { en: 'the circumstances', es: 'las circunstancias' },
};

/** An entry that somebody changed in the database: what of it, which is not shown, or shown as it was signed. */
export function damageInWords(damaged: readonly Damage[]): Wording {
  const list = (language: Language) => damaged.map((one) => DAMAGE_WORDS[one][language]).join(', ');
  return { en: `Damaged. Its details are not what was written: ${list('en')}.`, es: `Dañada. Sus detalles no son los que se escribieron: ${list('es')}.` };
}

function inBoth(said: (language: Language) => string): Wording {
  const [en, es] = LANGUAGES.map(said);
  return { en: en!, es: es! };
}
