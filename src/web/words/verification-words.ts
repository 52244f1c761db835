import type { PastedVerdict } from '../../audit/check-pasted.js';
import type { LogFaultCode } from '../../audit/log-fault.js';
import type { LeafRange } from '../../audit/tiles/leaf-range.js';
import type { Wording } from '../../catalogue/wording.js';
import { numberInWords } from './dates-in-words.js';
import type { Language } from './language.js';

export const VERIFICATION_WORDS = {
  title: { en: 'Verification', es: 'Verificación' },
  intro: {
    en: 'Whether the access log is the whole truth. Every entry is sealed into a tree; a signed checkpoint says how the tree was at one moment. Whoever kept an old one can tell whether anything was changed or removed since.',
    es: 'Si el registro de accesos es toda la verdad. Cada entrada queda sellada en un árbol; un punto de control firmado dice cómo era el árbol en un momento. Quien guardó uno antiguo puede saber si desde entonces se cambió o quitó algo.',
  },
  now: { en: 'The log now', es: 'El registro ahora' },
  allWell: { en: 'The log is being signed.', es: 'El registro se está firmando.' },
  never: { en: 'Nothing has been signed yet.', es: 'Todavía no se ha firmado nada.' },
  newest: { en: 'Newest checkpoint', es: 'Último punto de control' },
  keep: {
    en: 'Copy it, whole, to a place outside this building and outside this service: an e-mail to your board will do. Paste it here at any later time.',
    es: 'Cópielo entero a un lugar fuera de este edificio y de este servicio: basta un correo a su junta. Péguelo aquí en cualquier momento posterior.',
  },
  paste: { en: 'Check an old checkpoint', es: 'Comprobar un punto de control antiguo' },
  pasted: { en: 'The checkpoint, as you kept it', es: 'El punto de control, tal como lo guardó' },
  pastedHint: { en: 'From its first line, which begins with thinfile/, to the line that begins with a dash.', es: 'Desde la primera línea, que empieza por thinfile/, hasta la que empieza por una raya.' },
  check: { en: 'Check', es: 'Comprobar' },
  meaning: { en: 'What this means', es: 'Qué significa' },
} as const satisfies Readonly<Record<string, Wording>>;

export const FAULT_WORDS: Readonly<Record<LogFaultCode, Wording>> = {
  LOG_ROLLED_BACK: {
    en: 'Nothing more is signed: the database holds fewer entries than were signed before. It was rolled back, or entries were removed.',
    es: 'Ya no se firma nada: la base de datos tiene menos entradas de las que se firmaron. Se revirtió, o se quitaron entradas.',
  },
  LOG_FORKED: {
    en: 'Nothing more is signed: the database holds another log than the one that was signed.',
    es: 'Ya no se firma nada: la base de datos tiene otro registro que el que se firmó.',
  },
  LOG_ENTRY_CHANGED: {
    en: 'Nothing more is signed: an entry was changed or is gone.',
    es: 'Ya no se firma nada: una entrada fue cambiada o falta.',
  },
  LOG_TILE_CHANGED: {
    en: 'Nothing more is signed: the stored tiles of the tree do not lead to it. They were changed.',
    es: 'Ya no se firma nada: las teselas guardadas del árbol no conducen a él. Fueron cambiadas.',
  },
  LOG_STATE_MISSING: {
    en: 'Nothing more is signed: the key, or the note of what was signed last, is missing from the secrets directory or belongs to another log.',
    es: 'Ya no se firma nada: la llave o la constancia de lo último firmado falta en el directorio de secretos o es de otro registro.',
  },
  LOG_HEAD_MOVED: {
    en: 'Nothing more is signed: two processes write the log at once.',
    es: 'Ya no se firma nada: dos procesos escriben el registro a la vez.',
  },
};

/** @param unsignedFor seconds; while it is no longer than it may take, all is well */
export function signingInWords({ checkpoint, fault, unsignedFor = 0 }: { readonly checkpoint?: unknown; readonly fault?: LogFaultCode | undefined; readonly unsignedFor?: number | undefined }): Wording {
  if (fault) return FAULT_WORDS[fault];
  if (unsignedFor === 0) return checkpoint ? VERIFICATION_WORDS.allWell : VERIFICATION_WORDS.never;
  const minutes = Math.floor(unsignedFor / 60);
  return {
    en: `The log is not being signed: entries wait for it, and nothing has been signed for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}. Tell whoever runs the server.`,
    es: `El registro no se está firmando: hay entradas a la espera y no se firma nada desde hace ${minutes} ${minutes === 1 ? 'minuto' : 'minutos'}. Avise a quien administra el servidor.`,
  };
}

/** @param pending written and not yet in the tree */
export function sizeInWords(size: number, pending: number): (language: Language) => string {
  return (language) => {
    const [all, waiting] = [numberInWords(size, language), numberInWords(pending, language)];
    return language === 'en' ? `${all} entries are in the tree, and ${waiting} wait to be taken up.` : `Hay ${all} entradas en el árbol y ${waiting} a la espera de incorporarse.`;
  };
}

/** Signing goes on without these hashes, so that nothing else on the page would tell. */
export function missingInWords({ from, to }: LeafRange): Wording {
  const [en, es] = to - from === 1 ? [`place ${numberInWords(from, 'en')}`, `el lugar ${numberInWords(from, 'es')}`] : [`places ${numberInWords(from, 'en')} to ${numberInWords(to - 1, 'en')}`, `los lugares ${numberInWords(from, 'es')} a ${numberInWords(to - 1, 'es')}`];
  return {
    en: `What the tree is made of is missing from the database at ${en}. No proofs can be given for entries from there on, although new ones are still written and signed. It does not happen by itself: somebody removed it, or the database was damaged. Keep your checkpoints, and ask whoever runs the server to verify the whole log.`,
    es: `En la base de datos falta aquello de lo que está hecho el árbol, en ${es}. A partir de ahí no se pueden dar pruebas, aunque se siguen escribiendo y firmando entradas nuevas. No ocurre por sí solo: alguien lo quitó o la base de datos se dañó. Guarde sus puntos de control y pida a quien administra el servidor que verifique todo el registro.`,
  };
}

/** Entries wait for less than a second when all is well; after five minutes nothing is opened any more. */
export function waitingInWords(seconds: number): Wording {
  const minutes = Math.floor(seconds / 60);
  return {
    en: `The oldest of them has waited for ${minutes} minutes. The log is not keeping up; after five minutes no answers are opened.`,
    es: `La más antigua espera desde hace ${minutes} minutos. El registro va con retraso; a los cinco minutos no se abre ninguna respuesta.`,
  };
}

interface Told {
  readonly said: Wording;
  readonly means: Wording;
}

/** The answer in a sentence, and what follows from it. */
export function verdictInWords(verdict: PastedVerdict): Told {
  switch (verdict.verdict) {
    case 'unreadable':
      return {
        said: { en: 'This is not a checkpoint, or a part of it is missing.', es: 'Esto no es un punto de control, o le falta una parte.' },
        means: {
          en: 'It has at least five lines: a name, a number, a line of letters, an empty line, and a signature that begins with a dash. Copy it again, whole. Nothing follows from this about the log.',
          es: 'Tiene al menos cinco líneas: un nombre, un número, una línea de letras, una línea vacía y una firma que empieza por una raya. Cópielo de nuevo, entero. De esto no se deduce nada sobre el registro.',
        },
      };
    case 'not-signed':
      return {
        said: { en: 'This checkpoint was not signed by this log’s key.', es: 'Este punto de control no fue firmado con la llave de este registro.' },
        means: {
          en: 'It is of another service, or something in it was changed after it was signed. If you are sure that you copied it here, and whole, then what you are looking at is not the service that you copied it from: tell your organization.',
          es: 'Es de otro servicio, o algo en él se cambió después de firmarlo. Si está seguro de haberlo copiado aquí, y entero, entonces lo que ve no es el servicio del que lo copió: avise a su organización.',
        },
      };
    case 'contained':
      return {
        said: {
          en: `Genuine, and the log of today contains all of it: the hashes of the ${numberInWords(verdict.size, 'en')} entries that it had then are unchanged and in their order among the ${numberInWords(verdict.now, 'en')} of now.`,
          es: `Auténtico, y el registro de hoy lo contiene entero: los códigos de verificación de las ${numberInWords(verdict.size, 'es')} entradas que tenía siguen sin cambios y en su orden entre las ${numberInWords(verdict.now, 'es')} de ahora.`,
        },
        means: {
          en: 'What was compared here are the hashes of all entries that were there when this was signed, and their order: none was put in, taken out or moved. Whether the entries still say what their hashes stand for takes going through the whole log, which is done every night. About entries since then it says nothing: keep the newest one too.',
          es: 'Aquí se compararon los códigos de verificación de todas las entradas que existían cuando se firmó, y su orden: ninguno se añadió, quitó ni movió. Si las entradas siguen diciendo aquello de lo que responden sus códigos se sabe recorriendo todo el registro, lo que se hace cada noche. De las posteriores no dice nada: guarde también el más reciente.',
        },
      };
    case 'not-contained':
      return {
        said: verdict.shorter
          ? {
              en: `Signed by this log, but the log of today does not contain it: it had ${numberInWords(verdict.size, 'en')} entries then, and has ${numberInWords(verdict.now, 'en')} now.`,
              es: `Firmado por este registro, pero el de hoy no lo contiene: entonces tenía ${numberInWords(verdict.size, 'es')} entradas y ahora tiene ${numberInWords(verdict.now, 'es')}.`,
            }
          : {
              en: `Signed by this log, but the log of today does not contain it: its first ${numberInWords(verdict.size, 'en')} entries are not the ones that were signed.`,
              es: `Firmado por este registro, pero el de hoy no lo contiene: sus primeras ${numberInWords(verdict.size, 'es')} entradas no son las que se firmaron.`,
            },
        means: verdict.isEarlierName ? RESTORED_SINCE : CHANGED_SINCE,
      };
  }
}

const RESTORED_SINCE: Wording = {
  en: 'The log was started anew since, under another name, as is done when records are brought back from a backup. What was written after that backup is lost, and this checkpoint is from that time. There is an entry “Restored records released” for it; if nobody in your organization knows of a restore, treat it as tampering.',
  es: 'Desde entonces el registro comenzó de nuevo con otro nombre, como se hace al recuperar registros de una copia de seguridad. Lo escrito después de esa copia se perdió, y este punto de control es de ese tiempo. Hay una entrada «Registros restaurados liberados»; si nadie en su organización sabe de una restauración, trátelo como manipulación.',
};

const CHANGED_SINCE: Wording = {
  en: 'Entries were removed, changed or put in another order after this was signed, by somebody with the database in hand, or an old copy of it was put in place. Keep this checkpoint as evidence, export the log now, and tell your organization. Do not restart or restore anything before.',
  es: 'Después de firmarse esto, alguien con acceso a la base de datos quitó, cambió o reordenó entradas, o puso en su lugar una copia antigua. Guarde este punto de control como prueba, exporte el registro ahora y avise a su organización. No reinicie ni restaure nada antes.',
};
