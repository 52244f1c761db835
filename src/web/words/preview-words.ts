import { PREPARER_LIST, type RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { Day } from '../../platform/clock.js';
import type { Limit } from '../../retention/due-days.js';
import type { DueReason } from '../../retention/due-reasons.js';
import type { HoldKind } from '../../vault/hold-scope.js';
import { dayInWords, numberInWords } from './dates-in-words.js';
import { LANGUAGES, type Language } from './language.js';
import { dayCount } from './retention-words.js';

type Words = Readonly<Record<string, Wording>>;

export const PREVIEW_WORDS = {
  title: { en: 'What will be destroyed', es: 'Qué se destruirá' },
  intro: {
    en: 'Nothing here is destroyed by looking at it, and nothing can be hurried. Work on an intake moves its days; this is how it stands now.',
    es: 'Mirar esta página no destruye nada, y nada se puede adelantar. Trabajar en un expediente cambia sus días; así está ahora.',
  },
  ofSite: { en: 'This is about', es: 'Esto trata de' },
  rules: { en: 'Version of the rules:', es: 'Versión de las reglas:' },
  chooseDay: { en: 'Another day', es: 'Otro día' },
  day: { en: 'Everything due by', es: 'Todo lo que toca hasta el' },
  show: { en: 'Show', es: 'Mostrar' },
  notADay: { en: 'Choose today or a day within the next 400 days, or until the last day on which anything here is due.', es: 'Elija hoy o un día dentro de los próximos 400 días, o hasta el último día en que aquí venza algo.' },
  byClass: { en: 'By kind of answers, until', es: 'Por tipo de respuestas, hasta el' },
  what: { en: 'What', es: 'Qué' },
  goes: { en: 'Will be destroyed', es: 'Se destruirá' },
  held: { en: 'Kept by a legal hold', es: 'Retenido por orden legal' },
  stays: { en: 'Not due yet', es: 'Aún no toca' },
  numbers: { en: 'The numbers are intakes.', es: 'Los números son expedientes.' },
  notAsked: { en: 'not asked here', es: 'no se pregunta aquí' },
  notAskedExplain: {
    en: 'Of what this site does not ask for, every intake still has an empty place, so that nobody can tell them apart. Empty places are destroyed like answers.',
    es: 'De lo que este centro no pregunta, cada expediente tiene un lugar vacío, para que nadie los distinga. Los lugares vacíos se destruyen como las respuestas.',
  },
  intakes: { en: 'Which intakes, and why', es: 'Qué expedientes y por qué' },
  intakesExplain: {
    en: 'Intakes go by a random number. Who they are about is for preparers alone to see.',
    es: 'Cada expediente tiene un número al azar. De quién tratan solo lo ven los preparadores.',
  },
  noIntakes: { en: 'None.', es: 'Ninguno.' },
  intake: { en: 'Intake', es: 'Expediente' },
  why: { en: 'Why', es: 'Por qué' },
  on: { en: 'Day', es: 'Día' },
  more: { en: 'More intakes', es: 'Más expedientes' },
  firstPage: { en: 'Back to the first', es: 'Volver a los primeros' },
  calendar: { en: 'The next 90 days', es: 'Los próximos 90 días' },
  calendarExplain: { en: 'If nobody works on anything. Days on which nothing is due are left out.', es: 'Si nadie trabaja en nada. Faltan los días en los que no toca nada.' },
  calendarEmpty: { en: 'Nothing is due in the next 90 days.', es: 'No toca nada en los próximos 90 días.' },
  overTime: { en: 'What is held over time', es: 'Lo que se guarda con el tiempo' },
  overTimeExplain: {
    en: 'How many intakes can be opened, by kind of answers: as each night’s run left it, and as it will shrink if nobody works on anything.',
    es: 'Cuántos expedientes se pueden abrir, por tipo de respuestas: como quedó cada noche, y como disminuirá si nadie trabaja en nada.',
  },
  figures: { en: 'The same in figures', es: 'Lo mismo en cifras' },
  today: { en: 'now', es: 'ahora' },
  past: { en: 'past', es: 'pasado' },
  coming: { en: 'to come', es: 'por venir' },
  link: { en: 'See what will be destroyed next, of which intakes, and why', es: 'Ver qué se destruirá a continuación, de qué expedientes y por qué' },
} as const satisfies Words;

/** The classes inside a sentence. */
export const CLASSES_IN_SENTENCE: Readonly<Record<RetentionClass, Wording>> = {
  contact: { en: 'contact details', es: 'datos de contacto' },
  identity: { en: 'names and birth dates', es: 'nombres y fechas de nacimiento' },
  address: { en: 'mailing addresses', es: 'direcciones postales' },
  household: { en: 'people in the home', es: 'personas del hogar' },
  situation: { en: 'facts of the tax year', es: 'datos del año tributario' },
  credentials: { en: 'taxpayer and bank numbers', es: 'números de contribuyente y de banco' },
  documents: { en: 'papers', es: 'documentos' },
  notes: { en: 'notes between preparers', es: 'notas entre preparadores' },
  consents: { en: 'consents given', es: 'consentimientos dados' },
  preparer_list: { en: 'the preparer’s list of returns', es: 'la lista de declaraciones del preparador' },
};

/** "names and birth dates, mailing addresses, and papers" */
export function classesInWords(classes: readonly RetentionClass[]): Wording {
  return inEach((language) => new Intl.ListFormat(language, { type: 'conjunction' }).format(classes.map((name) => CLASSES_IN_SENTENCE[name][language])));
}

export interface Foreseen {
  readonly when: 'tonight' | 'today' | 'later';
  readonly asOf: Day;
  /** Intakes of which something goes that the site asks for, and what. */
  readonly intakes: number;
  readonly classes: readonly RetentionClass[];
  /** Intakes of which something due stays. */
  readonly held: number;
}

/** The first sentence: who has never seen the page can tell from it what will be gone. */
export function foreseenInWords({ when, asOf, intakes, classes, held }: Foreseen): Wording {
  const start = WHEN[when](asOf);
  const what = classesInWords(classes);
  return {
    en: `${start.en}, ${intakes === 0 ? 'nothing will be destroyed' : `answers of ${intakesInWords(intakes).en} will be destroyed: ${what.en}`}.${heldInWords(held).en}`,
    es: `${start.es} ${intakes === 0 ? 'no se destruirá nada' : `se destruirán respuestas de ${intakesInWords(intakes).es}: ${what.es}`}.${heldInWords(held).es}`,
  };
}

const WHEN: Readonly<Record<Foreseen['when'], (day: Day) => Wording>> = {
  tonight: (day) => ({ en: `Tonight, in the run of ${dayInWords(day, 'en')}`, es: `Esta noche, en la destrucción del ${dayInWords(day, 'es')},` }),
  today: (day) => ({ en: `Today, ${dayInWords(day, 'en')}, in the next run`, es: `Hoy, ${dayInWords(day, 'es')}, en la próxima destrucción,` }),
  later: (day) => ({
    en: `Until and on ${dayInWords(day, 'en')}, if nobody works on anything`,
    es: `Hasta el ${dayInWords(day, 'es')} inclusive, si nadie trabaja en nada,`,
  }),
};

function heldInWords(held: number): Wording {
  if (held === 0) return { en: '', es: '' };
  const of = intakesInWords(held);
  return { en: ` Of ${of.en}, answers that are due stay: a legal hold keeps them.`, es: ` De ${of.es}, lo que toca no se destruye: lo retiene una orden legal.` };
}

/** "12 intakes" */
export function intakesInWords(count: number): Wording {
  const number = inEach((language) => numberInWords(count, language));
  return count === 1 ? { en: '1 intake', es: '1 expediente' } : { en: `${number.en} intakes`, es: `${number.es} expedientes` };
}

/** Which rule gave a class its day. */
export function reasonInWords(reason: DueReason): Wording {
  switch (reason.rule) {
    case 'differs': {
      const [day, rule] = [inEach((language) => dayInWords(reason.expected.day, language)), limitInWords(reason.expected)];
      return { en: `another day is stored than the rules give: ${day.en}, ${rule.en}`, es: `está guardado otro día que el de las reglas: ${day.es}, ${rule.es}` };
    }
    case 'unrecorded':
      return {
        en: 'nothing is saved in it: its start broke off, or the records came back from a backup that did not have it yet',
        es: 'no hay nada guardado en él: no se terminó de empezar, o los registros volvieron de una copia de seguridad que aún no lo tenía',
      };
    default:
      return limitInWords(reason);
  }
}

function limitInWords({ rule, from, days = 0 }: Limit): Wording {
  const since = inEach((language) => (from === undefined ? '' : dayInWords(from, language)));
  const period = dayCount(days);
  switch (rule) {
    case 'done':
      return { en: `done on ${since.en}, and ${period.en}`, es: `terminado el ${since.es}, más ${period.es}` };
    case 'prepared':
      return { en: `prepared on ${since.en}, and ${period.en}`, es: `preparado el ${since.es}, más ${period.es}` };
    case 'accepted':
      return { en: `accepted on ${since.en}, and ${period.en}`, es: `aceptado el ${since.es}, más ${period.es}` };
    case 'consent-expiry':
      return { en: `run out by ${since.en}, and ${period.en}`, es: `vencido el ${since.es} a más tardar, más ${period.es}` };
    case 'untouched':
      return { en: `untouched since ${since.en}, and ${period.en}`, es: `sin tocar desde el ${since.es}, más ${period.es}` };
    case 'cap':
      return { en: `started on ${since.en}, and ${period.en} at most`, es: `empezado el ${since.es}, más ${period.es} como máximo` };
    case 'policy':
      return { en: 'the day on which the announced policy takes effect', es: 'el día en que entran en vigor las reglas anunciadas' };
    case 'season-end':
      return { en: 'the end of the season', es: 'el final de la temporada' };
    case 'year-end':
      return { en: 'the end of the year', es: 'el final del año' };
    case 'return-period':
      return {
        en: 'the years after the close of the return period for which the law keeps the preparer’s list',
        es: 'los años tras el cierre del período de declaraciones durante los cuales la ley conserva la lista del preparador',
      };
    case 'erasure':
      return { en: 'the client’s own early erasure', es: 'el borrado anticipado que pidió el cliente' };
  }
}

const HOLD_KIND_WORDS: Readonly<Record<HoldKind, Wording>> = {
  intakes: { en: 'this intake', es: 'este expediente' },
  classes: { en: 'this kind of answers', es: 'este tipo de respuestas' },
  taxYear: { en: 'its tax year', es: 'su año tributario' },
  created: { en: 'the days on which it was started', es: 'los días en que se empezó' },
  site: { en: 'the whole site', es: 'todo el centro' },
  everything: { en: 'everything', es: 'todo' },
};

/**
 * "Gone in 3 days: names and birth dates". From the day itself on nobody reads it. Nobody sees from outside whether numbers
 * were entered: "Gone in 3 days, if entered: taxpayer and bank numbers".
 */
export function goneSoonInWords(classes: readonly RetentionClass[], days: number): Wording {
  const what = goingInWords(classes);
  const gone = classes.every((name) => name === PREPARER_LIST) ? 'Desaparece' : 'Desaparecen';
  if (days === 1) return { en: `Gone tomorrow${what.en}`, es: `${gone} mañana${what.es}` };
  return { en: `Gone in ${days} days${what.en}`, es: `${gone} en ${days} días${what.es}` };
}

function goingInWords(classes: readonly RetentionClass[]): Wording {
  const what = classesInWords(classes);
  if (classes.every((name) => name === 'credentials')) return { en: `, if entered: ${what.en}`, es: `, si los hay: ${what.es}` };
  const { en, es } = CLASSES_IN_SENTENCE.credentials;
  return { en: `: ${what.en.replace(en, `${en} (if entered)`)}`, es: `: ${what.es.replace(es, `${es} (si los hay)`)}` };
}

/** By what legal holds name what they keep. @param kinds at least one */
export function heldByInWords(kinds: readonly HoldKind[]): Wording {
  const names = inEach((language) => new Intl.ListFormat(language, { type: 'conjunction' }).format(kinds.map((kind) => HOLD_KIND_WORDS[kind][language])));
  return { en: `Kept: a legal hold names ${names.en}.`, es: `Retenido: una orden legal nombra ${names.es}.` };
}

/** What a screen reader says in the picture's place. */
export function plotInWords(first: Day, last: Day): Wording {
  return {
    en: `How many intakes can be opened, by kind of answers, from ${dayInWords(first, 'en')} to ${dayInWords(last, 'en')}. The figures are in the table below.`,
    es: `Cuántos expedientes se pueden abrir, por tipo de respuestas, del ${dayInWords(first, 'es')} al ${dayInWords(last, 'es')}. Las cifras están en la tabla de abajo.`,
  };
}

function inEach(say: (language: Language) => string): Wording {
  return Object.fromEntries(LANGUAGES.map((language) => [language, say(language)])) as unknown as Wording;
}
