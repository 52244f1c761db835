import type { VerifiedSubject } from '../../audit/verify/verified-subject.js';
import type { Wording } from '../../catalogue/wording.js';
import type { WitnessFailure } from '../../platform/event-log.js';
import type { SectionFindingKind } from '../../retention/verification/compare-sections.js';
import { numberInWords } from './dates-in-words.js';

export const VERIFICATION_RESULT_WORDS = {
  title: { en: 'What was looked at', es: 'Lo que se ha revisado' },
  sections: { en: 'Stored answers, without any key', es: 'Respuestas guardadas, sin ninguna llave' },
  sectionsNever: { en: 'They have not been compared with the log yet. It is done every night, after the destruction run.', es: 'Todavía no se han comparado con el registro. Se hace cada noche, después de la destrucción.' },
  log: { en: 'The whole log, entry by entry', es: 'Todo el registro, entrada por entrada' },
  logNever: { en: 'It has not been gone through yet. It is done every night, after the destruction run.', es: 'Todavía no se ha recorrido. Se hace cada noche, después de la destrucción.' },
  logAtAnyTime: { en: 'Whoever runs the server does it at any time with', es: 'Quien administra el servidor lo hace en cualquier momento con' },
  late: {
    en: 'For two nights it has not been done, so nobody knows what has happened since: whoever runs the server should see what keeps it from being done.',
    es: 'Hace dos noches que no se hace, así que nadie sabe qué ha pasado desde entonces: quien administra el servidor debería ver qué lo impide.',
  },
  notAsLogged: {
    en: 'The log has another result of it, or none: somebody changed what is noted here. Look up its entry in the log, and have it done again.',
    es: 'El registro tiene otro resultado, o ninguno: alguien cambió lo que se anotó aquí. Busque su entrada en el registro y pida que se haga otra vez.',
  },
  findingsNotAsLogged: {
    en: 'The list of what was found is not what the log says was found: somebody changed it, and it is not shown. Have it done again.',
    es: 'La lista de lo que se encontró no es lo que según el registro se encontró: alguien la cambió, y no se muestra. Pida que se haga otra vez.',
  },
  lastLooked: { en: 'The last time', es: 'La última vez' },
  witnesses: { en: 'Witnesses outside this organization', es: 'Testigos fuera de esta organización' },
  noWitnesses: { en: 'None is named in the settings of the server.', es: 'No hay ninguno en la configuración del servidor.' },
  neverCosigned: { en: 'has not cosigned anything yet.', es: 'todavía no ha firmado nada.' },
  lastTime: { en: 'The last time,', es: 'La última vez,' },
  askedNoMore: {
    en: 'It is not asked any more: the settings of the server do not name it, and only they say whose key this is.',
    es: 'Ya no se le pregunta: la configuración del servidor no lo nombra, y solo ella dice de quién es esta llave.',
  },
  atPlace: { en: 'Entry at place', es: 'Entrada en el lugar' },
} as const satisfies Readonly<Record<string, Wording>>;

const LOOKED_AT: Readonly<Record<VerifiedSubject, Wording>> = {
  log: { en: 'entries were looked at', es: 'entradas' },
  sections: { en: 'sealed sections were looked at', es: 'secciones selladas' },
};
const ONE_LOOKED_AT: Readonly<Record<VerifiedSubject, Wording>> = {
  log: { en: 'one entry was looked at', es: 'se revisó una entrada' },
  sections: { en: 'one sealed section was looked at', es: 'se revisó una sección sellada' },
};

/** How many were looked at, and how many are not as they were written, in a sentence. */
export function verifiedInWords(subject: VerifiedSubject, { lookedAt, found, unclear }: { readonly lookedAt: number; readonly found: number; readonly unclear: number }): Wording {
  const looked = lookedAt === 1 ? ONE_LOOKED_AT[subject] : { en: `${numberInWords(lookedAt, 'en')} ${LOOKED_AT[subject].en}`, es: `se revisaron ${numberInWords(lookedAt, 'es')} ${LOOKED_AT[subject].es}` };
  if (found === 0) return { en: `${looked.en}, and all of it is as it was written.`, es: `${looked.es}, y todo está como se escribió.` };
  if (found === unclear) return { en: `${looked.en}. Entries may be missing, or were under way when a process ended: ${found}.`, es: `${looked.es}. Pueden faltar entradas, o estaban en curso al terminar un proceso: ${found}.` };
  return { en: `${looked.en}, and not all of it is as it was written: ${numberInWords(found, 'en')} found.`, es: `${looked.es}, y no todo está como se escribió: ${numberInWords(found, 'es')} hallazgos.` };
}

/** @param size how many entries the checkpoint counts: the last of them has the number before it */
export function cosignedInWords(size: number): Wording {
  if (size === 1) return { en: 'has cosigned the first entry of the log', es: 'ha firmado también la primera entrada del registro' };
  return { en: `has cosigned the first ${numberInWords(size, 'en')} entries of the log`, es: `ha firmado también las primeras ${numberInWords(size, 'es')} entradas del registro` };
}

export const SECTION_FINDING_WORDS: Readonly<Record<SectionFindingKind, Wording>> = {
  foreign: { en: 'belongs somewhere else, or the last save knows nothing of it', es: 'es de otro lugar, o el último guardado no lo conoce' },
  'rolled-back': { en: 'was brought back from an earlier save', es: 'se recuperó de un guardado anterior' },
  changed: { en: 'is as no save left it', es: 'no está como lo dejó ningún guardado' },
  missing: { en: 'was removed', es: 'se quitó' },
  'entry-damaged': { en: 'cannot be compared: the entry of its last save is gone or was changed', es: 'no se puede comparar: la entrada de su último guardado falta o fue cambiada' },
  'preserved-foreign': { en: 'an earlier version that a legal hold keeps belongs somewhere else', es: 'una versión anterior que guarda una orden de conservación es de otro lugar' },
  'preserved-changed': { en: 'an earlier version that a legal hold keeps is not as its save left it', es: 'una versión anterior que guarda una orden de conservación no está como la dejó su guardado' },
  'preserved-untold': { en: 'an earlier version that a legal hold keeps cannot be compared: the entry of its save is gone or was changed', es: 'una versión anterior que guarda una orden de conservación no se puede comparar: la entrada de su guardado falta o fue cambiada' },
  'preserved-missing': { en: 'an earlier version that a legal hold keeps was removed', es: 'se quitó una versión anterior que guarda una orden de conservación' },
};

export const WITNESS_FAILURE_WORDS: Readonly<Record<WitnessFailure, Wording>> = {
  UNREACHABLE: { en: 'it could not be reached.', es: 'no se pudo contactar.' },
  TIMEOUT: { en: 'it did not answer in time.', es: 'no respondió a tiempo.' },
  REDIRECTED: { en: 'it pointed somewhere else, which is not followed.', es: 'remitió a otro lugar, y eso no se sigue.' },
  ANSWER_TOO_LONG: { en: 'its answer was too long.', es: 'su respuesta era demasiado larga.' },
  ANSWER_MALFORMED: { en: 'its answer could not be read.', es: 'su respuesta no se pudo leer.' },
  BUSY: { en: 'it was busy.', es: 'estaba ocupado.' },
  LOG_UNKNOWN: { en: 'it does not know this log: its operator has to add it.', es: 'no conoce este registro: quien lo opera debe añadirlo.' },
  KEY_UNKNOWN: { en: 'it does not know the key of this log: its operator has to add it.', es: 'no conoce la llave de este registro: quien lo opera debe añadirla.' },
  REFUSED: { en: 'it refused what was sent.', es: 'rechazó lo enviado.' },
  SIZE_CHANGED: { en: 'it named two sizes one after the other.', es: 'nombró dos tamaños seguidos.' },
  AHEAD: { en: 'it has cosigned more of this log than there is now. Entries were removed.', es: 'ha firmado más de este registro de lo que hay ahora. Se quitaron entradas.' },
  FORKED: { en: 'it has cosigned another history of this log. Entries were changed.', es: 'ha firmado otra historia de este registro. Se cambiaron entradas.' },
  NO_COSIGNATURE: { en: 'it sent no signature of its key.', es: 'no envió ninguna firma de su llave.' },
  SIGNATURE_WRONG: { en: 'its signature was wrong.', es: 'su firma no era válida.' },
  TIME_WRONG: { en: 'its clock is wrong.', es: 'su reloj está mal.' },
};
