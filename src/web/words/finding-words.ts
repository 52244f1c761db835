import type { DetectorName } from '../../audit/findings/finding.js';
import type { ReviewOutcome } from '../../audit/entry-parts.js';
import type { WatchRules } from '../../audit/findings/finding.js';
import type { Wording } from '../../catalogue/wording.js';
import { clockInWords, numberInWords, weekdayInWords } from './dates-in-words.js';
import type { Language } from './language.js';

export const FINDING_WORDS = {
  title: { en: 'What stands out', es: 'Lo que llama la atención' },
  intro: {
    en: 'Entries of the access log that are worth a look. Most have a good reason. Nobody is stopped for being listed here, and it is proof of nothing.',
    es: 'Entradas del registro de accesos que vale la pena mirar. Casi todas tienen una buena razón. A nadie se le impide nada por aparecer aquí, y no prueba nada.',
  },
  days: { en: 'Look back', es: 'Mirar hacia atrás' },
  open: { en: 'Still to look at', es: 'Por revisar' },
  settled: { en: 'Looked at', es: 'Revisado' },
  nothingOpen: { en: 'Nothing is left to look at in these days.', es: 'No queda nada por revisar en estos días.' },
  none: { en: 'Nothing.', es: 'Nada.' },
  noneLeft: { en: 'Nothing that nobody has looked at yet.', es: 'Nada que esté por revisar.' },
  more: { en: 'There are more than these. Look back over fewer days, or raise the number in the site settings.', es: 'Hay más que estos. Mire menos días o suba el número en los ajustes del centro.' },
  unknownAccount: { en: 'No account of this site', es: 'Ninguna cuenta de este centro' },
  entries: { en: 'See the entries', es: 'Ver las entradas' },
  write: { en: 'Write what you found', es: 'Escribir lo que encontró' },
  grown: { en: 'There are new entries since somebody looked.', es: 'Hay entradas nuevas desde la última revisión.' },
  onlyByThemselves: { en: 'Whom it is about has written; it stays open until another auditor has looked.', es: 'Escribió la persona de quien se trata; sigue abierto hasta que otro auditor lo revise.' },
  rules: { en: 'Numbers and hours are set by administrators under Site settings; each change is an entry of the log.', es: 'Los números y horarios los fijan los administradores en Ajustes del centro; cada cambio queda en el registro.' },
  differing: {
    en: 'Somebody changed site settings in the database, or the log’s entries about them. What is listed here goes by what the log says was set. Not as the log says, or not to be known from it:',
    es: 'Alguien cambió ajustes del centro en la base de datos, o las entradas del registro sobre ellos. Lo que se muestra aquí sigue lo que el registro dice que se fijó. No coincide con el registro, o no se puede saber por él:',
  },
  reviews: { en: 'What auditors wrote', es: 'Lo que escribieron los auditores' },
  noReviews: { en: 'Nobody has written anything yet.', es: 'Nadie ha escrito nada todavía.' },
  outcome: { en: 'What came of it', es: 'Resultado' },
  note: { en: 'Because', es: 'Porque' },
  noteHint: {
    en: 'Nobody can change or delete it later. Leave out clients’ names and numbers.',
    es: 'Nadie podrá cambiarlo ni borrarlo después. No escriba nombres ni números de clientes.',
  },
  save: { en: 'Write it down', es: 'Dejar constancia' },
  changed: { en: 'The note is not what the log says was written. Somebody changed or removed it.', es: 'La nota no es lo que el registro dice que se escribió. Alguien la cambió o la quitó.' },
  unreadable: { en: 'A review that cannot be read', es: 'Una revisión que no se puede leer' },
  unreadableMeans: {
    en: 'Its entry in the log is not what was written, or is gone: somebody changed it in the database. It may have been about this.',
    es: 'Su entrada en el registro no es lo que se escribió, o ya no está: alguien la cambió en la base de datos. Puede que tratara de esto.',
  },
  back: { en: 'Back to what stands out', es: 'Volver a lo que llama la atención' },
  backToEntries: { en: 'Back to the access log', es: 'Volver al registro de accesos' },
  overTime: { en: 'Reading over time', es: 'Lecturas a lo largo del tiempo' },
} as const satisfies Readonly<Record<string, Wording>>;

export const DETECTOR_WORDS: Readonly<Record<DetectorName, Wording>> = {
  'many-intakes': { en: 'Many intakes in an hour', es: 'Muchos expedientes en una hora' },
  'outside-hours': { en: 'Reading outside the site’s hours', es: 'Lecturas fuera del horario del centro' },
  'credentials-opened': { en: 'Taxpayer or bank numbers opened', es: 'Números de contribuyente o de banco abiertos' },
  'reads-without-change': { en: 'Reading without a change', es: 'Lecturas sin ningún cambio' },
  'failed-sign-ins': { en: 'Sign-ins that failed again and again', es: 'Inicios de sesión fallidos repetidos' },
  'refused-attempts': { en: 'Attempts that were refused', es: 'Intentos rechazados' },
};

export const OUTCOME_WORDS: Readonly<Record<ReviewOutcome, Wording>> = {
  fine: { en: 'Looked at, fine', es: 'Revisado, todo en orden' },
  explained: { en: 'Asked, and explained', es: 'Preguntado y aclarado' },
  'follow-up': { en: 'To come back to: it stays open', es: 'Hay que volver a verlo: sigue abierto' },
  incident: { en: 'Not fine: reported', es: 'No está bien: informado' },
};

export const NOTE_FLAW_WORDS = {
  blank: { en: 'Please say why.', es: 'Diga por qué.' },
  'too long': { en: 'Please use at most 1,000 characters.', es: 'Use como máximo 1000 caracteres.' },
} as const satisfies Readonly<Record<string, Wording>>;

/** The rule as the site has set it, whole. */
export function ruleInWords(detector: DetectorName, rules: WatchRules, language: Language): string {
  return RULES[detector](rules, language)[language];
}

const RULES: Readonly<Record<DetectorName, (rules: WatchRules, language: Language) => Wording>> = {
  'many-intakes': ({ manyIntakes: n }) => ({
    en: `One member opened ${n} or more different intakes within 60 minutes.`,
    es: `Un miembro abrió ${n} o más expedientes distintos en 60 minutos.`,
  }),
  'outside-hours': ({ opensAt, closesAt, openDays }, language) => {
    const [opens, closes, closed] = [clockInWords(opensAt, language), clockInWords(closesAt, language), closedDays(openDays, language)];
    return {
      en: `Answers were read, searched or listed before ${opens}${closed ? `, from ${closes} on, or on ${closed}` : ` or from ${closes} on`}.`,
      es: `Se leyeron, buscaron o listaron respuestas antes de las ${opens}${closed ? `, desde las ${closes}, o en ${closed}` : ` o desde las ${closes}`}.`.replace(/\.\.$/, '.'),
    };
  },
  'credentials-opened': () => ({
    en: 'Social Security and other taxpayer numbers, PINs or bank numbers were opened. It is often needed; it should be few people, and for a reason.',
    es: 'Se abrieron números de Seguro Social u otros de contribuyente, PIN o números de banco. A menudo hace falta; deberían ser pocas personas y con motivo.',
  }),
  'reads-without-change': ({ readsWithoutChange: n }) => ({
    en: `On one day, one member opened ${n} or more different intakes which they neither started nor saved nor moved to another stage within 60 minutes before or after.`,
    es: `En un día, un miembro abrió ${n} o más expedientes distintos que no creó, ni guardó, ni cambió de etapa en los 60 minutos anteriores o posteriores.`,
  }),
  'failed-sign-ins': ({ failedSignIns: n }) => ({
    en: `${n} or more sign-ins were refused within 60 minutes for one account; those for accounts that do not exist count together.`,
    es: `Se rechazaron ${n} o más inicios de sesión en 60 minutos para una cuenta; los de cuentas que no existen se cuentan juntos.`,
  }),
  'refused-attempts': ({ refusedAttempts: n }) => ({
    en: `On one day, one member asked ${n} times or more for something that their role may not do.`,
    es: `En un día, un miembro pidió ${n} veces o más algo que su función no permite.`,
  }),
};

function closedDays(openDays: number, language: Language): string {
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => ((openDays >> (day - 1)) & 1) === 0).map((day) => weekdayInWords(day, language)).join(', ');
}

/** What was found, without whose it is. */
export function findingInWords(detector: DetectorName, counts: { readonly entries: number; readonly intakes?: number }, language: Language): string {
  const { en, es } = FOUND[detector](numberInWords(counts.entries, language), numberInWords(counts.intakes ?? 0, language));
  const ofOneEntry = (text: string): string => (counts.entries === 1 ? text.replace('readings', 'reading').replace('lecturas', 'lectura') : text);
  const ofOneIntake = (text: string): string =>
    counts.intakes === 1
      ? text.replace('different intakes', 'intake').replace('left as they were', 'left as it was').replace('expedientes distintos', 'expediente').replace('leídos y dejados como estaban', 'leído y dejado como estaba')
      : text;
  return ofOneIntake(ofOneEntry({ en, es }[language]));
}

const FOUND: Readonly<Record<DetectorName, (entries: string, intakes: string) => Wording>> = {
  'many-intakes': (entries, intakes) => ({ en: `up to ${intakes} different intakes within an hour; ${entries} readings`, es: `hasta ${intakes} expedientes distintos en una hora; ${entries} lecturas` }),
  'outside-hours': (entries, intakes) => ({ en: `${entries} readings, of ${intakes} different intakes`, es: `${entries} lecturas, de ${intakes} expedientes distintos` }),
  'credentials-opened': (entries, intakes) => ({ en: `${entries} readings of numbers, in ${intakes} different intakes`, es: `${entries} lecturas de números, en ${intakes} expedientes distintos` }),
  'reads-without-change': (entries, intakes) => ({ en: `${intakes} different intakes read and left as they were; ${entries} readings`, es: `${intakes} expedientes distintos leídos y dejados como estaban; ${entries} lecturas` }),
  'failed-sign-ins': (entries) => ({ en: `${entries} refused sign-ins`, es: `${entries} inicios de sesión rechazados` }),
  'refused-attempts': (entries) => ({ en: `${entries} refused attempts`, es: `${entries} intentos rechazados` }),
};

export function daysInWords(days: number): Wording {
  return { en: `${days} days`, es: `${days} días` };
}

export function showAllInWords(shown: number, count: number, language: Language): Wording {
  const [newest, all] = [numberInWords(shown, language), numberInWords(count, language)];
  return { en: `These are the newest ${newest}: show all ${all}`, es: `Estos son los ${newest} más recientes: mostrar los ${all}` };
}
