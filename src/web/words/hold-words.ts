import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { HoldScope } from '../../vault/holds.js';
import { dayInWords, numberInWords } from './dates-in-words.js';
import { classesInWords } from './preview-words.js';

type Words = Readonly<Record<string, Wording>>;

export const HOLDS_WORDS = {
  title: { en: 'Legal holds', es: 'Órdenes de conservación' },
  intro: {
    en: 'While a hold stands, nothing that it names is destroyed, whatever its day. Everything else goes on being destroyed. A hold gives nobody a right to read.',
    es: 'Mientras una orden está vigente, nada de lo que nombra se destruye, sea cual sea su día. Todo lo demás se sigue destruyendo. Una orden no da a nadie derecho a leer.',
  },
  placeLink: { en: 'Place a hold', es: 'Poner una orden' },
  none: { en: 'There has been no legal hold here.', es: 'Aquí no ha habido ninguna orden de conservación.' },
  hold: { en: 'Hold', es: 'Orden' },
  matter: { en: 'Matter', es: 'Asunto' },
  names: { en: 'What it names', es: 'Qué nombra' },
  matchesNothing: { en: 'matches nothing here', es: 'no coincide con nada de aquí' },
  placed: { en: 'Placed', es: 'Puesta' },
  state: { en: 'State', es: 'Estado' },
  unnamed: { en: 'Hold of', es: 'Orden del' },
  back: { en: 'All legal holds', es: 'Todas las órdenes de conservación' },
} as const satisfies Words;

export const HOLD_STATE_WORDS = {
  'in-force': { en: 'In force', es: 'Vigente' },
  'release-asked': { en: 'In force; its release has been asked for', es: 'Vigente; se ha pedido levantarla' },
  released: { en: 'Released', es: 'Levantada' },
} as const satisfies Words;

export const NEW_HOLD_WORDS = {
  title: { en: 'Place a legal hold', es: 'Poner una orden de conservación' },
  intro: {
    en: 'Name what the order or the letter names, and no more: what is kept too long can harm those it is about. The next page shows what it would keep, before anything is placed.',
    es: 'Nombre lo que nombra la orden o la carta, y nada más: lo que se conserva de más puede perjudicar a quienes trata. La página siguiente muestra qué conservaría, antes de poner nada.',
  },
  matter: { en: 'Reference of the matter', es: 'Referencia del asunto' },
  matterHint: {
    en: 'As on the letter, such as a docket number. No names and no reasons: 1 to 100 characters.',
    es: 'Como en la carta, por ejemplo un número de expediente judicial. Sin nombres ni motivos: de 1 a 100 caracteres.',
  },
  badMatter: {
    en: 'Enter 1 to 100 characters, without taxpayer or account numbers.',
    es: 'Escriba de 1 a 100 caracteres, sin números de contribuyente ni de cuenta.',
  },
  site: { en: 'Site', es: 'Centro' },
  everySite: { en: 'Every site of the organization', es: 'Todos los centros de la organización' },
  noSuchSite: { en: 'Choose one of the sites.', es: 'Elija uno de los centros.' },
  what: { en: 'What must be kept?', es: '¿Qué se debe conservar?' },
  everything: { en: 'Everything there', es: 'Todo lo que haya' },
  named: { en: 'Only what I name below', es: 'Solo lo que nombro abajo' },
  nameSomething: { en: 'Name something below, or choose to keep everything.', es: 'Nombre algo abajo, o elija conservar todo.' },
  everythingAndMore: {
    en: 'You chose everything, and something is named below too. Empty the fields below, or choose to keep only what they name.',
    es: 'Eligió todo, y abajo también se nombra algo. Vacíe los campos de abajo, o elija conservar solo lo que nombran.',
  },
  all: {
    en: 'Below, leave blank what the order does not name. What matches all that you fill in is kept.',
    es: 'Abajo, deje en blanco lo que la orden no nombra. Se conserva lo que cumple todo lo que usted escriba.',
  },
  intakes: { en: 'Intake numbers', es: 'Números de expediente' },
  intakesHint: { en: 'One on each line, at most 200. Blank: every intake.', es: 'Uno por línea, 200 como máximo. En blanco: todos los expedientes.' },
  badIntakes: {
    en: 'At least one of these is not an intake number, or there are more than 200. Copy whole numbers.',
    es: 'Al menos uno no es un número de expediente, o son más de 200. Copie los números completos.',
  },
  tooManyIntakes: { en: 'These are more than 200. Place several holds.', es: 'Son más de 200. Ponga varias órdenes.' },
  classes: { en: 'Kinds of answers', es: 'Tipos de respuestas' },
  classesHint: { en: 'None ticked: every kind.', es: 'Ninguno marcado: todos los tipos.' },
  taxYear: { en: 'Tax year', es: 'Año tributario' },
  taxYearHint: { en: 'Four digits. Blank: every year.', es: 'Cuatro cifras. En blanco: todos los años.' },
  badTaxYear: { en: 'Enter four digits, such as 2026.', es: 'Escriba cuatro cifras, como 2026.' },
  from: { en: 'Started on or after', es: 'Empezados desde el' },
  to: { en: 'Started on or before', es: 'Empezados hasta el' },
  badTo: { en: 'Choose a day of the calendar that is not before the first.', es: 'Elija un día del calendario que no sea anterior al primero.' },
  submit: { en: 'See what it would keep', es: 'Ver qué conservaría' },
  cancel: { en: 'Go back without placing a hold', es: 'Volver sin poner ninguna orden' },
} as const satisfies Words;

const MOST_LINES = 10;

/** @param lines from 1 */
export function badIntakesInWords(lines: readonly number[]): Wording {
  const [some, more] = [lines.slice(0, MOST_LINES).join(', '), lines.length > MOST_LINES];
  return {
    en: `Not an intake number: line ${some}${more ? ' and others' : ''}. Copy whole numbers.`,
    es: `No es un número de expediente: línea ${some}${more ? ' y otras' : ''}. Copie los números completos.`,
  };
}

export const HOLD_CHECK_WORDS = {
  title: { en: 'Check the hold before you place it', es: 'Revise la orden antes de ponerla' },
  notYet: { en: 'Nothing has been placed yet.', es: 'Todavía no se ha puesto nada.' },
  wouldKeep: { en: 'What it would keep now', es: 'Qué conservaría ahora' },
  keepsNothing: {
    en: 'Nothing that is here now. It would still keep whatever comes to match it while it stands.',
    es: 'Nada de lo que hay ahora. Aun así conservaría lo que llegue a coincidir mientras esté vigente.',
  },
  unknown: { en: 'It would keep nothing of these numbers', es: 'No conservaría nada de estos números' },
  unknownExplain: {
    en: 'Look for typing errors, and whether the other conditions fit. Of what was destroyed in an earlier season not even the number is left here.',
    es: 'Busque errores al copiar y vea si se cumplen las demás condiciones. De lo destruido en una temporada anterior no queda aquí ni el número.',
  },
  happens: { en: 'If you place it', es: 'Si la pone' },
  atOnce: {
    en: 'It is in force at once, for tonight’s run too. Nothing that it names is destroyed, and what an edit replaces is kept as well.',
    es: 'Rige de inmediato, también para la destrucción de esta noche. Nada de lo que nombra se destruye, y se guarda también lo que una corrección reemplaza.',
  },
  noReading: {
    en: 'Nobody may read more because of it. Past its day, what is kept opens for nobody at this site.',
    es: 'Nadie puede leer más a causa de ella. Pasado su día, lo conservado no se abre para nadie en este centro.',
  },
  two: { en: 'One person places it; two have to agree to release it.', es: 'La pone una persona; para levantarla tienen que estar de acuerdo dos.' },
  logged: {
    en: 'The access log says what it names, and not the matter.',
    es: 'El registro de accesos dice qué nombra, y no el asunto.',
  },
  place: { en: 'Place the hold', es: 'Poner la orden' },
  change: { en: 'Change something', es: 'Cambiar algo' },
} as const satisfies Words;

export const HOLD_WORDS = {
  title: { en: 'Legal hold', es: 'Orden de conservación' },
  number: { en: 'Number of the hold', es: 'Número de la orden' },
  matterHidden: { en: 'Shown to administrators at work at the site that it names', es: 'La ven los administradores que trabajan en el centro que nombra' },
  where: { en: 'Site', es: 'Centro' },
  released: { en: 'Released', es: 'Levantada' },
  keepsNow: { en: 'What it keeps now', es: 'Qué conserva ahora' },
  keepsNothing: { en: 'Nothing that is here now.', es: 'Nada de lo que hay ahora.' },
  tooLate: { en: 'What it came too late for', es: 'Para qué llegó tarde' },
  wouldBeTooLate: { en: 'What it would come too late for', es: 'Para qué llegaría tarde' },
  nothingGone: {
    en: 'Nothing recorded here says that anything it names was destroyed before.',
    es: 'Nada de lo registrado aquí dice que algo de lo que nombra se destruyera antes.',
  },
  runsExplain: {
    en: 'Each run destroyed what the policy said was due, or what clients had wanted erased, before this hold. Certificates count kinds of answers and know no tax year and no day of starting: where the hold names those, the numbers may be of other intakes.',
    es: 'Cada destrucción borró lo que según la política tocaba, o lo que los clientes habían pedido borrar, antes de esta orden. Los certificados cuentan tipos de respuestas y no conocen el año tributario ni el día de inicio: si la orden los nombra, los números pueden ser de otros expedientes.',
  },
  intakesExplain: {
    en: 'These were due on the days that the policy, or an erasure at the client’s own request, gave them, and were destroyed before this hold. Where it is known which run did it, its certificate says under which version of the rules.',
    es: 'A esto le tocaba en los días que le daba la política, o un borrado a petición del propio cliente, y se destruyó antes de esta orden. Si se sabe qué destrucción lo hizo, su certificado dice con qué versión de las reglas.',
  },
  atRequest: { en: 'at the client’s own request', es: 'a petición del propio cliente' },
  notLookedAt: { en: 'Older runs were not looked at: those before', es: 'No se miraron las destrucciones más antiguas: las anteriores al' },
  runs: { en: 'Runs that destroyed it', es: 'Destrucciones que lo borraron' },
  uncertified: { en: 'Not issued yet', es: 'Aún no emitido' },
  day: { en: 'Day of the run', es: 'Día de la destrucción' },
  dueOn: { en: 'Day', es: 'Día' },
  version: { en: 'Version of the rules', es: 'Versión de las reglas' },
  gone: { en: 'Destroyed', es: 'Destruido' },
  all: { en: 'Everything', es: 'Todo' },
  certificate: { en: 'Certificate', es: 'Certificado' },
  open: { en: 'Open', es: 'Abrir' },
  intake: { en: 'Intake number', es: 'Número de expediente' },
  kind: { en: 'Kind of answers', es: 'Tipo de respuestas' },
  intakes: { en: 'Intakes', es: 'Expedientes' },
  release: { en: 'Release it', es: 'Levantarla' },
  releaseIntro: {
    en: 'Another administrator has to approve. Until then it stays in force. After it, what this hold alone kept past its day is destroyed with the next nightly run.',
    es: 'Otro administrador tiene que aprobarlo. Hasta entonces sigue vigente. Después, lo que solo esta orden conservaba pasado su día se destruye con la próxima destrucción nocturna.',
  },
  reason: { en: 'Why can it end?', es: '¿Por qué puede terminar?' },
  reasonHint: {
    en: 'For the administrator who decides. 10 to 500 characters. Nothing about clients.',
    es: 'Para el administrador que decide. De 10 a 500 caracteres. Nada sobre clientes.',
  },
  askRelease: { en: 'Ask for the release', es: 'Pedir que se levante' },
  asked: { en: 'Its release has been asked for and waits for a decision.', es: 'Se ha pedido levantarla y se espera una decisión.' },
  seeRequest: { en: 'See the request', es: 'Ver la solicitud' },
  notYours: {
    en: 'This hold is of the whole organization. Its administrators release it.',
    es: 'Esta orden es de toda la organización. La levantan sus administradores.',
  },
} as const satisfies Words;

/** What a hold names, a line for each part: it keeps what matches all of them. Its site is said apart. */
export function holdScopeInWords({ intakes, classes, taxYear, from, to }: HoldScope): readonly Wording[] {
  const lines = [
    intakes && numbersInWords(intakes.length),
    classes && onlyInWords(classes),
    taxYear === undefined ? undefined : { en: `Tax year ${taxYear}`, es: `Año tributario ${taxYear}` },
    startedInWords(from, to),
  ].filter((line) => line !== undefined);
  return lines.length > 0 ? lines : [{ en: 'Everything', es: 'Todo' }];
}

/** "2 intake numbers": there need be no such intakes. */
function numbersInWords(count: number): Wording {
  if (count === 1) return { en: '1 intake number', es: '1 número de expediente' };
  return { en: `${numberInWords(count, 'en')} intake numbers`, es: `${numberInWords(count, 'es')} números de expediente` };
}

/** "names 2 intake numbers", of a hold in the log. */
export function namedInWords(count: number): Wording {
  const { en, es } = numbersInWords(count);
  return { en: `names ${en}`, es: `nombra ${es}` };
}

function onlyInWords(classes: readonly RetentionClass[]): Wording {
  const { en, es } = classesInWords(classes);
  return { en: `Only ${en}`, es: `Solo ${es}` };
}

function startedInWords(from: string | undefined, to: string | undefined): Wording | undefined {
  const [first, last] = [from, to].map((day) => ({ en: dayInWords(day ?? '', 'en'), es: dayInWords(day ?? '', 'es') })) as [Wording, Wording];
  if (from !== undefined && to !== undefined) return { en: `Started from ${first.en} to ${last.en}`, es: `Empezados del ${first.es} al ${last.es}` };
  if (from !== undefined) return { en: `Started on or after ${first.en}`, es: `Empezados desde el ${first.es}` };
  if (to !== undefined) return { en: `Started on or before ${last.en}`, es: `Empezados hasta el ${last.es}` };
  return undefined;
}
