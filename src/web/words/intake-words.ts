import type { Wording } from '../../catalogue/wording.js';
import type { Stage } from '../../intake/stage.js';

type Words = Readonly<Record<string, Wording>>;

export const STAGE_WORDS: Readonly<Record<Stage, Wording>> = {
  open: { en: 'Open', es: 'Abierto' },
  prepared: { en: 'Prepared', es: 'Preparado' },
  filed: { en: 'Filed', es: 'Presentado' },
  accepted: { en: 'Accepted', es: 'Aceptado' },
  rejected: { en: 'Rejected', es: 'Rechazado' },
  done: { en: 'Done', es: 'Terminado' },
  withdrawn: { en: 'Withdrawn', es: 'Cancelado por el cliente' },
  abandoned: { en: 'Abandoned', es: 'Abandonado' },
};

export const STAGE_EXPLANATIONS: Readonly<Record<Stage, Wording>> = {
  open: { en: 'Answers are still being gathered.', es: 'Todavía se están reuniendo las respuestas.' },
  prepared: { en: 'The return is ready. Taxpayer and bank numbers are destroyed soon after.', es: 'La declaración está lista. Los números de contribuyente y de banco se destruyen poco después.' },
  filed: { en: 'The return was sent to the IRS.', es: 'La declaración se envió al IRS.' },
  accepted: { en: 'The IRS took the return.', es: 'El IRS aceptó la declaración.' },
  rejected: { en: 'The IRS sent the return back. Taxpayer numbers may be entered again.', es: 'El IRS devolvió la declaración. Se pueden volver a escribir los números de contribuyente.' },
  done: { en: 'Nothing is left to do. The last days of all answers begin now. There is no way back.', es: 'No queda nada por hacer. Empiezan los últimos días de todas las respuestas. No hay vuelta atrás.' },
  withdrawn: { en: 'The client no longer wants help. Counts as done. There is no way back.', es: 'El cliente ya no quiere ayuda. Cuenta como terminado. No hay vuelta atrás.' },
  abandoned: { en: 'The client did not come back. Counts as done. There is no way back.', es: 'El cliente no volvió. Cuenta como terminado. No hay vuelta atrás.' },
};

/** No way leads back from these: somebody is told in plain words what each means before they confirm it. */
export const LAST_STAGES = {
  done: {
    title: { en: 'Is the intake done?', es: '¿Está terminado el expediente?' },
    confirm: { en: 'Confirm: the intake is done', es: 'Confirmar: el expediente está terminado' },
  },
  withdrawn: {
    title: { en: 'The client has withdrawn', es: 'El cliente ya no quiere seguir' },
    confirm: { en: 'Confirm: the client has withdrawn', es: 'Confirmar: el cliente ya no quiere seguir' },
  },
  abandoned: {
    title: { en: 'The client did not come back', es: 'El cliente no volvió' },
    confirm: { en: 'Confirm: the client did not come back', es: 'Confirmar: el cliente no volvió' },
  },
} as const satisfies Partial<Record<Stage, { readonly title: Wording; readonly confirm: Wording }>>;

/** Led to by links of their own, apart from the steps of a return. */
export const EARLY_ENDS = ['withdrawn', 'abandoned'] as const satisfies readonly (keyof typeof LAST_STAGES)[];

export const INTAKE_LIST_WORDS = {
  title: { en: 'Intakes', es: 'Expedientes' },
  start: { en: 'Start a new intake', es: 'Empezar un expediente nuevo' },
  client: { en: 'Client', es: 'Cliente' },
  taxYear: { en: 'Tax year', es: 'Año tributario' },
  stage: { en: 'Stage', es: 'Etapa' },
  readableUntil: { en: 'Readable until', es: 'Se puede leer hasta' },
  noName: { en: 'No name', es: 'Sin nombre' },
  started: { en: 'Started on', es: 'Empezado el' },
  preserved: { en: 'Kept past its day by a legal hold: it opens for nobody', es: 'Conservado pasado su día por una orden de conservación: no se abre para nadie' },
  allDestroyed: { en: 'All destroyed', es: 'Todo destruido' },
  none: { en: 'There are no intakes here yet.', es: 'Todavía no hay expedientes aquí.' },
  more: { en: 'Older intakes', es: 'Expedientes anteriores' },
  searchTitle: { en: 'Has this person been here?', es: '¿Ya ha venido esta persona?' },
  searchExplain: {
    en: 'Fill in one of the boxes, whole. A part of a name or number finds nothing. The taxpayer and the spouse are searched, not the other people of the home. What you type is not kept.',
    es: 'Rellene una de las casillas, completa. Una parte de un nombre o número no encuentra nada. Se busca al contribuyente y a su cónyuge, no a las demás personas del hogar. Lo que escriba no se guarda.',
  },
  byPhone: { en: 'By telephone number', es: 'Por número de teléfono' },
  byName: { en: 'By last name and date of birth', es: 'Por apellidos y fecha de nacimiento' },
  byTaxpayerId: { en: 'By taxpayer number', es: 'Por número de contribuyente' },
  phone: { en: 'Telephone number', es: 'Número de teléfono' },
  lastName: { en: 'Last name (all of it, as in the intake)', es: 'Apellidos (todos, como en el expediente)' },
  dateOfBirth: { en: 'Date of birth', es: 'Fecha de nacimiento' },
  taxpayerId: { en: 'Social Security number, ITIN or ATIN', es: 'Número de Seguro Social, ITIN o ATIN' },
  search: { en: 'Search', es: 'Buscar' },
  found: { en: 'Found', es: 'Encontrado' },
  all: { en: 'All intakes', es: 'Todos los expedientes' },
  result: { en: 'Result', es: 'Resultado' },
  foundNone: {
    en: 'Nothing was found. Try all of the last names, another telephone number or the spouse. What has been destroyed cannot be found.',
    es: 'No se encontró nada. Pruebe con los dos apellidos, otro teléfono o el cónyuge. Lo destruido no se puede encontrar.',
  },
} as const satisfies Words;

export const NEW_INTAKE_WORDS = {
  title: { en: 'Start a new intake', es: 'Empezar un expediente nuevo' },
  explain: {
    en: 'Tell the client first: every answer is voluntary, is locked away when saved, and has a day from which nobody can read it.',
    es: 'Dígaselo antes al cliente: toda respuesta es voluntaria, se guarda bajo llave y tiene un día a partir del cual nadie puede leerla.',
  },
  untouched: { en: 'If nobody works on it, it can be read until these days:', es: 'Si nadie trabaja en él, se puede leer hasta estos días:' },
  taxYear: { en: 'Which tax year is it for?', es: '¿Para qué año tributario es?' },
  submit: { en: 'Start', es: 'Empezar' },
} as const satisfies Words;

export const TOPIC_WORDS = {
  topics: { en: 'Topics of this intake', es: 'Temas de este expediente' },
  allTopics: { en: 'All topics', es: 'Todos los temas' },
  saveFirst: { en: 'Save first: these links do not.', es: 'Guarde primero: estos enlaces no guardan.' },
  saveAndContinue: { en: 'Save and continue', es: 'Guardar y continuar' },
  saveAndReview: { en: 'Save and see everything', es: 'Guardar y ver el resumen' },
  voluntary: {
    en: 'Every answer may be left blank. Save before you get up: only what is saved is kept.',
    es: 'Puede dejar en blanco cualquier respuesta. Guarde antes de levantarse: solo se conserva lo guardado.',
  },
  howLong: { en: 'How long answers on this page can be read', es: 'Hasta cuándo se pueden leer las respuestas de esta página' },
  review: { en: 'Everything entered', es: 'Resumen de respuestas' },
  changeStage: { en: 'Change the stage', es: 'Cambiar la etapa' },
  taxYear: { en: 'Tax year', es: 'Año tributario' },
  number: { en: 'Intake number, for an administrator who asks for it', es: 'Número de expediente, para un administrador que lo pida' },
  destroyed: { en: 'destroyed', es: 'destruido' },
  kept: { en: 'kept under a legal hold', es: 'conservado por orden legal' },
} as const satisfies Words;

export const GROUP_WORDS = {
  taxpayer: { en: 'You', es: 'Usted' },
  spouse: { en: 'Your spouse', es: 'Su cónyuge' },
  household: { en: 'People in the home', es: 'Personas del hogar' },
  contact: { en: 'Telephone, e-mail, language', es: 'Teléfono, correo, idioma' },
  address: { en: 'Mailing address', es: 'Dirección postal' },
  situation: { en: 'The household', es: 'El hogar' },
  bank: { en: 'Bank account for the refund', es: 'Cuenta bancaria para el reembolso' },
  notes: { en: 'Notes', es: 'Notas' },
  consents: { en: 'Consents', es: 'Consentimientos' },
  preparerList: { en: 'The preparer’s list', es: 'La lista del preparador' },
} as const satisfies Words;

export const HOUSEHOLD_WORDS = {
  remove: { en: 'Take this person out when saving', es: 'Quitar a esta persona al guardar' },
  removeEffect: {
    en: 'The answers about this person are cleared. In backups they stay locked, and can be recovered, until their own last day.',
    es: 'Las respuestas sobre esta persona se borran. En las copias de seguridad siguen bajo llave, y se pueden recuperar, hasta su último día.',
  },
} as const satisfies Words;

export function personNumber(number: number): Wording {
  return { en: `Person ${number}`, es: `Persona ${number}` };
}

export function topicOf(number: number, total: number): Wording {
  return { en: `Topic ${number} of ${total}`, es: `Tema ${number} de ${total}` };
}

export const REVIEW_WORDS = {
  title: { en: 'Everything entered', es: 'Resumen de respuestas' },
  check: { en: 'Read it through with the client. Each topic can be changed.', es: 'Léalo todo con el cliente. Cada tema se puede cambiar.' },
  checkWhatLives: {
    en: 'Read it through with the client. What can still be read can be changed.',
    es: 'Léalo todo con el cliente. Lo que todavía se puede leer se puede cambiar.',
  },
  change: { en: 'Change', es: 'Cambiar' },
  nothing: { en: 'Nothing entered.', es: 'Sin respuestas.' },
  ownPage: { en: 'Opened only on their own page.', es: 'Se abren solo en su propia página.' },
  askedAnew: { en: 'Destroyed. They may be entered again on their own page.', es: 'Destruidos. Se pueden volver a escribir en su propia página.' },
  destroyed: { en: 'Destroyed. The day is below.', es: 'Destruido. Abajo está el día.' },
  kept: { en: 'Past its day and kept under a legal hold. Nobody can read it here.', es: 'Pasó su día y se conserva por orden legal. Aquí nadie puede leerlo.' },
  missing: { en: 'Often needed and still blank', es: 'Suele hacer falta y está sin respuesta' },
  missingNone: { en: 'Nothing that is often needed is blank.', es: 'No falta nada de lo que suele hacer falta.' },
  howLong: { en: 'How long each part can be read', es: 'Hasta cuándo se puede leer cada parte' },
  endedEarly: {
    en: 'The client has withdrawn, or wants everything erased now',
    es: 'El cliente ya no quiere seguir, o quiere que todo se borre ya',
  },
  corrected: {
    en: 'An answer that you corrected stays recoverable from backups until its own last day.',
    es: 'Una respuesta corregida se puede recuperar de las copias de seguridad hasta su último día.',
  },
} as const satisfies Words;

export const WHAT_IS_LEFT_WORDS = {
  'preparer-list': {
    title: { en: 'On the preparer’s list', es: 'En la lista del preparador' },
    intro: {
      en: 'This intake is over, and what is not kept longer has been destroyed. The law (IRC 6107(b)) makes compensated preparers keep this, and show it to the IRS on request. It cannot be changed any more.',
      es: 'Este expediente ha terminado, y lo que no se guarda más tiempo ha sido destruido. La ley (sección 6107(b) del IRC) obliga a los preparadores remunerados a guardar esto y a mostrarlo al IRS si lo pide. Ya no se puede cambiar.',
    },
  },
  consents: {
    title: { en: 'Consents that are kept', es: 'Consentimientos que se guardan' },
    intro: {
      en: 'This intake is over, and what is not kept longer has been destroyed. The policy keeps the consents that were given, with the names of who gave them, so that they can be shown later. They cannot be changed any more.',
      es: 'Este expediente ha terminado, y lo que no se guarda más tiempo ha sido destruido. La política guarda los consentimientos dados, con los nombres de quienes los dieron, para poder mostrarlos después. Ya no se pueden cambiar.',
    },
  },
  lives: { en: 'What can be read until when, and what is gone', es: 'Qué se puede leer hasta cuándo y qué ya no está' },
} as const;

export const STAGE_CHANGE_WORDS = {
  title: { en: 'Change the stage', es: 'Cambiar la etapa' },
  now: { en: 'Stage now:', es: 'Etapa actual:' },
  question: { en: 'What is the new stage?', es: '¿Cuál es la nueva etapa?' },
  none: { en: 'This is a last stage. It cannot be changed any more.', es: 'Esta es una etapa final. Ya no se puede cambiar.' },
  submit: { en: 'Change the stage', es: 'Cambiar la etapa' },
  choose: { en: 'Choose the new stage.', es: 'Elija la nueva etapa.' },
  changed: {
    en: 'This intake was saved elsewhere meanwhile, so the stage was not changed. Look at the stage it has now and choose again.',
    es: 'Este expediente se guardó mientras tanto en otro lugar y no se cambió la etapa. Mire la etapa actual y elija de nuevo.',
  },
  list: { en: 'For the preparer’s list', es: 'Para la lista del preparador' },
  listFor: { en: 'Needed with the stage', es: 'Hace falta con la etapa' },
  listExplain: {
    en: 'Compensated preparers have to keep this for three years after the close of the return period; tell the client so. Name and number may be left blank where they stand in the intake: they are taken from there.',
    es: 'Los preparadores remunerados deben guardar esto tres años después del cierre del período de declaraciones; dígaselo al cliente. El nombre y el número pueden quedar en blanco si están en el expediente: se toman de ahí.',
  },
  cancel: { en: 'Go back without changing', es: 'Volver sin cambiar' },
  ended: { en: 'Has it ended early?', es: '¿Ha terminado antes de tiempo?' },
  look: {
    en: 'Look first at what it means for how long the answers can be read. Nothing changes before you confirm.',
    es: 'Vea primero qué significa para el tiempo en que se pueden leer las respuestas. Nada cambia antes de que lo confirme.',
  },
  means: { en: 'If you confirm it today', es: 'Si lo confirma hoy' },
  sooner: {
    en: 'If the client wants everything gone now, ask for an early erasure instead.',
    es: 'Si el cliente quiere que todo desaparezca ya, pida en su lugar un borrado anticipado.',
  },
} as const satisfies Words;

export const CONFLICT_WORDS = {
  title: { en: 'Somebody else saved first', es: 'Otra persona guardó antes' },
  explain: {
    en: 'While you were typing, this intake was saved elsewhere. Nothing of yours is saved yet and nothing is lost. Below is what you typed, with what is stored now beside it where the two differ; where you typed nothing is what is stored now. Put right what should be kept, then save.',
    es: 'Mientras usted escribía, este expediente se guardó en otro lugar. Lo suyo todavía no se ha guardado y no se ha perdido nada. Abajo está lo que escribió y, donde no coincide, al lado lo guardado ahora; donde no escribió nada está lo guardado ahora. Corrija lo que deba quedar y guarde.',
  },
  question: { en: 'Question', es: 'Pregunta' },
  yours: { en: 'You typed', es: 'Usted escribió' },
  stored: { en: 'Stored now', es: 'Guardado ahora' },
  discard: { en: 'Throw mine away and open what is stored', es: 'Descartar lo mío y abrir lo guardado' },
  same: { en: 'What you typed is the same as what is stored now.', es: 'Lo que usted escribió es igual a lo que está guardado ahora.' },
  submit: { en: 'Save what is below', es: 'Guardar lo de abajo' },
} as const satisfies Words;
