import type { Wording } from '../../catalogue/wording.js';
import { POLICY_LIMITS } from '../../retention/policy-limits.js';
import type { RunReason, RunStep } from '../../retention/purge-run.js';

type Words = Readonly<Record<string, Wording>>;

export const DESTROYED_WORDS = {
  title: { en: 'These answers have been destroyed', es: 'Estas respuestas han sido destruidas' },
  explain: {
    en: 'Their day has come. Nobody can read them any more, anywhere: not here, not in a backup, not with any password. This was done by the published policy.',
    es: 'Llegó su día. Nadie puede leerlas ya en ningún lugar: ni aquí, ni en una copia de seguridad, ni con ninguna contraseña. Se hizo según las reglas publicadas.',
  },
  erased: {
    en: 'They were erased early, at the client’s own request. Nobody can read them any more.',
    es: 'Se borraron antes de tiempo, a petición del propio cliente. Nadie puede leerlas ya.',
  },
  receipt: { en: 'Receipt of the erasure at the client’s request', es: 'Comprobante del borrado a petición del cliente' },
  all: { en: 'Everything in this intake; the last of it closed on', es: 'Todo lo de este expediente; lo último se cerró el' },
  which: { en: 'What was destroyed, and since when it was closed', es: 'Qué se destruyó y desde cuándo estaba cerrado' },
  numbers: {
    en: 'Numbers can be entered again if the return comes back rejected. Until then have the client show them when the return is prepared.',
    es: 'Los números se pueden volver a escribir si la declaración es rechazada. Mientras tanto, pida al cliente que los muestre al preparar la declaración.',
  },
  rest: { en: 'See what can still be read', es: 'Ver lo que se puede leer todavía' },
  policy: { en: 'How long we keep answers', es: 'Cuánto tiempo guardamos las respuestas' },
} as const satisfies Words;

export const POLICY_WORDS = {
  title: { en: 'How long we keep your answers', es: 'Cuánto tiempo guardamos sus respuestas' },
  intro: {
    en: 'Every answer has a day of destruction. From that day nobody can read it: not we, not a thief, not a court, except what a court order makes us keep (see below). There is no archive.',
    es: 'Cada respuesta tiene un día de destrucción. Desde ese día nadie puede leerla: ni nosotros, ni un ladrón, ni un tribunal, salvo lo que una orden judicial nos obligue a conservar (vea más abajo). No hay archivo.',
  },
  of: { en: 'These are the rules of', es: 'Estas son las reglas de' },
  otherSites: { en: 'Our other sites', es: 'Nuestros otros centros' },
  version: { en: 'Version', es: 'Versión' },
  since: { en: 'in force since', es: 'vigente desde el' },
  what: { en: 'What', es: 'Qué' },
  destroyed: { en: 'Destroyed', es: 'Se destruye' },
  first: { en: 'Where several things are named, whatever comes first destroys it.', es: 'Donde se nombran varias cosas, lo destruye lo primero que llegue.' },
  noneGiven: { en: 'While no consent was given', es: 'Mientras no haya consentimientos' },
  given: { en: 'Once one was given', es: 'Desde que haya alguno' },
  collected: { en: 'Asked here', es: 'Se pregunta aquí' },
  seasonEnd: { en: 'Whatever else is said, all of it is destroyed at the end of the season, on', es: 'En todo caso, todo se destruye al final de la temporada, el' },
  history: { en: 'Earlier versions', es: 'Versiones anteriores' },
  announcedFor: { en: 'announced for', es: 'anunciada para el' },
  takenBack: { en: 'taken back', es: 'retirada' },
  takenBackOn: { en: 'It never came into force. It was taken back on', es: 'Nunca estuvo vigente. Se retiró el' },
  takenBackWhy: {
    en: 'A legal hold had been placed: while one stands, no period gets shorter. What it, or what was announced to follow it, made longer stands in another version.',
    es: 'Se había puesto una orden de conservación: mientras haya una vigente ningún plazo se acorta. Lo que alargaba ella, o lo que se anunció para después, está en otra versión.',
  },
  change: { en: 'A change is announced', es: 'Hay un cambio anunciado' },
  changeFrom: { en: 'New rules are in force from', es: 'Las nuevas reglas rigen desde el' },
  changeFair: {
    en: 'Two persons approved them. Nothing that you have already told us is destroyed with less than 30 days’ notice because of them.',
    es: 'Dos personas las aprobaron. Nada de lo que usted ya nos contó se destruye por ellas con menos de 30 días de aviso.',
  },
  hold: {
    en: 'A court can order that something be preserved. While such an order stands, what it names is not destroyed, and past its own day it is opened only for that order.',
    es: 'Un tribunal puede ordenar que algo se conserve. Mientras la orden esté vigente, lo que nombra no se destruye y, pasado su día, solo se abre para esa orden.',
  },
  consents: {
    en: 'Consents that you gave are the exception to the end of the season: with the names of who gave them, and nothing else, they are kept to show that they were given. Early erasure at your own request destroys them too.',
    es: 'Los consentimientos que usted dio son la excepción al final de la temporada: con los nombres de quienes los dieron, y nada más, se guardan para demostrar que se dieron. El borrado anticipado que usted pida también los destruye.',
  },
  leavers: {
    en: 'When somebody who works here leaves, their name and e-mail address are erased at the end of the season after that one, unless a court’s order is in force here.',
    es: 'Cuando alguien que trabaja aquí se va, su nombre y su correo electrónico se borran al final de la temporada siguiente a esa, salvo que haya aquí una orden judicial vigente.',
  },
  never: { en: 'Never kept here: citizenship, visas, race or ethnicity, papers for Form W-7.', es: 'Aquí nunca se guardan: ciudadanía, visas, raza u origen étnico, documentos para el Formulario W-7.' },
} as const satisfies Words;

/** Who approved a version that nobody proposed: a legal hold. @param version the announced one that it took the place of */
export function inPlaceInWords(version: number): Wording {
  return {
    en: `Not two persons approved these rules: a legal hold put them in the place of version ${version}, without whatever would have made anything shorter.`,
    es: `No las aprobaron dos personas: una orden de conservación puso estas reglas en lugar de la versión ${version}, sin lo que habría acortado algo.`,
  };
}

export function dayCount(days: number): Wording {
  return days === 1 ? { en: '1 day', es: '1 día' } : { en: `${days} days`, es: `${days} días` };
}

/** Why the preparer's list is kept, and how long. @param years after the close of the return period */
export function listInWords(years: number): Wording {
  const longer = years === POLICY_LIMITS.listYears.least ? { en: '', es: '' } : { en: ` Here it is kept for ${years} years.`, es: ` Aquí se guarda durante ${years} años.` };
  return {
    en: `The preparer’s list is the exception: whoever prepares returns for compensation must by law (IRC 6107(b)) keep the name, the number, the tax year and the kind of return, and who prepared it, through June 30 three years after the close of the July-to-June period in which the return was ready to be signed, and show it to the IRS on request.${longer.en} Neither the end of the season nor your own request for erasure shortens that.`,
    es: `La lista del preparador es la excepción: quien prepara declaraciones a cambio de un pago debe por ley (sección 6107(b) del IRC) guardar el nombre, el número, el año tributario y el tipo de declaración, y quién la preparó, hasta el 30 de junio, tres años después del cierre del período de julio a junio en que la declaración quedó lista para firmar, y mostrarla al IRS si lo pide.${longer.es} No lo acortan ni el final de la temporada ni su propia petición de borrado.`,
  };
}

export const HELD_WORDS = {
  at: { en: 'This is what is asked at', es: 'Esto es lo que se pregunta en' },
  title: { en: 'What we ask and why', es: 'Qué preguntamos y por qué' },
  intro: {
    en: 'This is the whole list. Nothing else can be entered into this system. Every answer may be left blank.',
    es: 'Esta es la lista completa. En este sistema no se puede escribir nada más. Puede dejar en blanco cualquier respuesta.',
  },
  list: {
    en: 'Asked when your return is ready to be signed. The law makes us keep it for three years, so this cannot be left blank.',
    es: 'Se pregunta cuando su declaración está lista para firmar. La ley nos obliga a guardarlo tres años, así que esto no puede quedar en blanco.',
  },
  off: { en: 'This site does not ask for these.', es: 'Este centro no pregunta esto.' },
  question: { en: 'Question', es: 'Pregunta' },
  why: { en: 'Why', es: 'Por qué' },
  source: { en: 'From', es: 'Fuente' },
  page: { en: 'page', es: 'página' },
} as const satisfies Words;

export const RUN_WORDS = {
  title: { en: 'Destruction runs', es: 'Destrucción de datos' },
  intro: {
    en: 'Every night a run destroys what is due by the published policy, and nothing else. A run is for every site of the organization: the numbers here are of all of them together.',
    es: 'Cada noche se destruye lo que toca según las reglas publicadas, y nada más. Se hace para todos los centros de la organización: los números de aquí son de todos juntos.',
  },
  due: { en: 'Due on', es: 'Toca el' },
  class: { en: 'What', es: 'Qué' },
  counted: {
    en: 'Counted in intakes, each once: a run either destroys this of an intake, or a legal hold keeps it although its day has come.',
    es: 'Contado en expedientes, cada uno una vez: o se destruye esto de un expediente, o una orden legal lo conserva aunque haya llegado su día.',
  },
  destroys: { en: 'A run destroys', es: 'Se destruye' },
  keeps: { en: 'A legal hold keeps', es: 'Lo conserva una orden legal' },
  nothingDue: { en: 'Nothing is due.', es: 'No toca destruir nada.' },
  runNow: { en: 'Start the run', es: 'Iniciar la ejecución' },
  past: { en: 'Runs', es: 'Ejecuciones' },
  started: { en: 'Started', es: 'Inicio' },
  state: { en: 'State', es: 'Estado' },
  certificate: { en: 'Certificate', es: 'Certificado' },
  open: { en: 'Open', es: 'Abrir' },
  noRuns: { en: 'No run yet.', es: 'Todavía no hay ninguna.' },
  running: { en: 'Running', es: 'En curso' },
  finished: { en: 'Finished', es: 'Terminada' },
  failed: { en: 'Failed: plan afresh and run again', es: 'Falló: se planifica de nuevo y se repite' },
  waiting: { en: 'Waiting for somebody', es: 'Esperando a alguien' },
  dateDoubt: {
    en: 'Nothing is destroyed before an administrator has confirmed the date: the last run is days ago, or the log knows a later time than the clock.',
    es: 'No se destruye nada hasta que un administrador confirme la fecha: la última destrucción fue hace días, o el registro conoce una hora posterior a la del reloj.',
  },
  confirmToday: { en: 'Today’s date', es: 'La fecha de hoy' },
  confirmHint: { en: 'From a calendar or a telephone, not from this computer.', es: 'De un calendario o un teléfono, no de este ordenador.' },
  confirmAndRun: { en: 'Confirm the date and destroy what is due', es: 'Confirmar la fecha y destruir lo que toca' },
} as const satisfies Words;

export const PROGRESS_WORDS = {
  title: { en: 'Destruction run', es: 'Destrucción en curso' },
  again: { en: 'Look again', es: 'Volver a mirar' },
  watch: { en: 'Watch it go on', es: 'Ver cómo avanza' },
  stopWatching: { en: 'Stop watching', es: 'Dejar de mirar' },
  progress: { en: 'Progress', es: 'Avance' },
  of: { en: 'of', es: 'de' },
  back: { en: 'Back to all runs', es: 'Volver a todas las ejecuciones' },
  seeCertificate: { en: 'Open the certificate', es: 'Abrir el certificado' },
} as const satisfies Words;

/** The steps of a run in their order; `finished` is none. */
export const STEP_WORDS: Readonly<Record<Exclude<RunStep, 'finished'>, Wording>> = {
  clock: { en: 'The date is checked', es: 'Se comprueba la fecha' },
  intended: { en: 'The intention is written into the log', es: 'La intención se escribe en el registro' },
  inputs: { en: 'Days, facts and policies are compared with the log', es: 'Las fechas, los hechos y las reglas se comparan con el registro' },
  'clean-buckets': { en: 'Keys under which everything is due are destroyed', es: 'Se destruyen las llaves cuyo contenido toca por completo' },
  'mixed-buckets': { en: 'What survives gets new keys, and the old ones are destroyed', es: 'Lo que sigue vivo recibe llaves nuevas y se destruyen las viejas' },
  master: { en: 'The master key is replaced; what was destroyed is looked for, and not found', es: 'Se reemplaza la llave maestra; se busca lo destruido y no se encuentra' },
  certificate: { en: 'The certificate is signed', es: 'Se firma el certificado' },
  sweep: { en: 'Unreadable remains are swept away', es: 'Se barren los restos ilegibles' },
};

/** Why a run stopped before its end, or waits, and what that means. */
export const RUN_REASON_WORDS: Readonly<Record<RunReason, Wording>> = {
  'log-in-future': {
    en: 'The newest entry of the access log lies in the future. Nothing is destroyed before an administrator has confirmed the date.',
    es: 'La última entrada del registro de accesos está en el futuro. No se destruye nada hasta que una persona administradora confirme la fecha.',
  },
  'long-since-last-run': {
    en: 'The last run is more than three days back. Nothing is destroyed before an administrator has confirmed the date.',
    es: 'La última destrucción fue hace más de tres días. No se destruye nada hasta que una persona administradora confirme la fecha.',
  },
  'sentinel-missing': {
    en: 'The key store did not show the row by which a run knows that it sees all legal holds. Nothing was destroyed. Somebody has changed the key store.',
    es: 'El almacén de llaves no mostró la fila con la que se sabe que se ven todas las órdenes de conservación. No se destruyó nada. Alguien ha cambiado el almacén de llaves.',
  },
  'inputs-changed': {
    en: 'Something was not as the access log has it: a date, a policy, a legal hold or a site. No certificate was issued. Find out who wrote into a database.',
    es: 'Algo no era como dice el registro de accesos: una fecha, las reglas, una orden de conservación o un centro. No se emitió certificado. Averigüe quién escribió en una base de datos.',
  },
  'master-unreachable': {
    en: 'The new master key could not be written everywhere. See that every place of it is there and can be written to; the next run goes on.',
    es: 'La nueva llave maestra no se pudo escribir en todos sus lugares. Compruebe que todos están y se puede escribir en ellos; la próxima destrucción continúa.',
  },
  'not-destroyed': {
    en: 'A key that was to be destroyed was still there, or could not be opened to be carried over. No certificate was issued.',
    es: 'Una llave que debía destruirse seguía allí, o no se pudo abrir para conservarla. No se emitió certificado.',
  },
  'process-ended': {
    en: 'The service ended while it ran. The next run goes on where this one stopped.',
    es: 'El servicio terminó durante la destrucción. La próxima continúa donde esta se detuvo.',
  },
  'key-store-failed': {
    en: 'The key store did not answer, or refused. The next run goes on where this one stopped.',
    es: 'El almacén de llaves no respondió o se negó. La próxima destrucción continúa donde esta se detuvo.',
  },
  'records-failed': {
    en: 'The records database did not answer, or refused. The next run goes on where this one stopped.',
    es: 'La base de registros no respondió o se negó. La próxima destrucción continúa donde esta se detuvo.',
  },
  LOG_STALLED: {
    en: 'The access log did not keep up, so no certificate could be issued. The next run issues it.',
    es: 'El registro de accesos no avanzó, así que no se pudo emitir el certificado. Lo emite la próxima destrucción.',
  },
};
