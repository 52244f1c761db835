import type { Wording } from '../../catalogue/wording.js';
import type { WarningKind } from '../../retention/warnings/operator-warning.js';

/** What is wrong, and what to do about it. */
export interface WarningWords {
  readonly what: Wording;
  readonly act: Wording;
}

export const WARNING_WORDS: Readonly<Record<WarningKind, WarningWords>> = {
  'run-late': {
    what: { en: 'A night has passed without a finished destruction run.', es: 'Ha pasado una noche sin que terminara la destrucción.' },
    act: { en: 'Look at the runs below. If none failed, see that the service is running at night.', es: 'Mire las ejecuciones más abajo. Si ninguna falló, compruebe que el servicio esté en marcha por la noche.' },
  },
  'run-failed': {
    what: { en: 'The last destruction run failed.', es: 'La última destrucción falló.' },
    act: { en: 'It is tried again every hour. If it fails again, call whoever runs the server.', es: 'Se intenta de nuevo cada hora. Si vuelve a fallar, llame a quien administra el servidor.' },
  },
  'date-unconfirmed': {
    what: { en: 'Nothing is destroyed until an administrator confirms the date.', es: 'No se destruye nada hasta que un administrador confirme la fecha.' },
    act: { en: 'Read today’s date off a calendar and enter it with the runs, or use: npm run cli -- purge --confirm-today DATE', es: 'Lea la fecha de hoy en un calendario e introdúzcala en las ejecuciones, o use: npm run cli -- purge --confirm-today FECHA' },
  },
  'clocks-differ': {
    what: { en: 'The clocks of the service and of a database differ.', es: 'Los relojes del servicio y de una base de datos no coinciden.' },
    act: { en: 'Set the wrong one. Until then destruction goes by the earliest.', es: 'Ponga en hora el que esté mal. Mientras tanto la destrucción se rige por el más atrasado.' },
  },
  'disk-filling': {
    what: { en: 'A disk is nearly full.', es: 'Un disco está casi lleno.' },
    act: { en: 'Make room. On a full disk nothing can be saved and no run can finish.', es: 'Libere espacio. Con el disco lleno no se puede guardar nada ni terminar ninguna destrucción.' },
  },
  'master-unreachable': {
    what: { en: 'A place of the master file cannot be reached.', es: 'No se puede acceder a una ubicación del archivo maestro.' },
    act: { en: 'Bring its disk back. Until then no run can finish, and old backups stay readable.', es: 'Restablezca su disco. Hasta entonces no termina ninguna destrucción y las copias viejas siguen siendo legibles.' },
  },
  'standby-away': {
    what: { en: 'The standby of the key store does not answer.', es: 'La réplica del almacén de llaves no responde.' },
    act: { en: 'Start it again. Saving waits for it.', es: 'Vuelva a iniciarla. Guardar depende de ella.' },
  },
  'key-store-uncopied': {
    what: { en: 'There is no copy of the key store since the last run.', es: 'No hay copia del almacén de llaves desde la última destrucción.' },
    act: { en: 'On the server: npm run cli -- backup-keys DIRECTORY. Losing the key store is losing every answer.', es: 'En el servidor: npm run cli -- backup-keys DIRECTORIO. Perder el almacén de llaves es perder todas las respuestas.' },
  },
  'records-restored': {
    what: { en: 'The records were restored from a backup and are closed.', es: 'Los registros se restauraron desde una copia y están cerrados.' },
    act: { en: 'On the server: npm run cli -- restore-check. Then two administrators release them.', es: 'En el servidor: npm run cli -- restore-check. Después los liberan dos administradores.' },
  },
  'log-hashes-missing': {
    what: { en: 'Hashes of the access log are missing from the records database.', es: 'Faltan en la base de datos de registros códigos de verificación del registro de accesos.' },
    act: { en: 'Proofs cannot be given from there on. It does not happen by itself: keep everything as it is, and run on the server: npm run cli -- verify-log', es: 'A partir de ahí no se pueden dar pruebas. No ocurre por sí solo: deje todo como está y ejecute en el servidor: npm run cli -- verify-log' },
  },
  'log-unsigned': {
    what: { en: 'The access log is no longer signed.', es: 'El registro de accesos ya no se firma.' },
    act: {
      en: 'Entries are still written, but nobody can prove any more that they are the ones. Look whether the first secrets directory can be written to and has room. If it can, keep everything as it is, and run on the server: npm run cli -- verify-log',
      es: 'Se siguen escribiendo entradas, pero ya nadie puede probar que son las mismas. Mire si se puede escribir en el primer directorio de secretos y si tiene espacio. Si es así, deje todo como está y ejecute en el servidor: npm run cli -- verify-log',
    },
  },
  'not-as-written': {
    what: { en: 'Something stored is not as it was written.', es: 'Algo guardado no está como se escribió.' },
    act: {
      en: 'It does not happen by itself: keep everything as it is, and tell an auditor, who finds what it is under Verification. On the server: npm run cli -- verify-log, and the same with --sections',
      es: 'No ocurre por sí solo: deje todo como está y avise a quien audita, que encuentra qué es en Verificación. En el servidor: npm run cli -- verify-log, y lo mismo con --sections',
    },
  },
  'verification-late': {
    what: { en: 'For two nights nobody has looked whether everything is still as it was written.', es: 'Hace dos noches que nadie comprueba si todo sigue como se escribió.' },
    act: {
      en: 'The service does it every night, and tries again every hour when it fails: see that it is running at night, and what its messages say. To look now, on the server: npm run cli -- verify-log, and the same with --sections.',
      es: 'El servicio lo hace cada noche, y si falla lo intenta de nuevo cada hora: compruebe que esté en marcha por la noche y qué dicen sus mensajes. Para mirar ahora, en el servidor: npm run cli -- verify-log, y lo mismo con --sections.',
    },
  },
  'witness-silent': {
    what: { en: 'A witness has not cosigned the access log for a day.', es: 'Un testigo lleva un día sin refrendar el registro de accesos.' },
    act: { en: 'Look whether it can be reached. KEY_UNKNOWN and LOG_UNKNOWN: give its operator the log’s key, which is at /api/audit/vkey.', es: 'Mire si se puede llegar a él. KEY_UNKNOWN y LOG_UNKNOWN: dé a quien lo administra la llave del registro, que está en /api/audit/vkey.' },
  },
  'witness-contradicts': {
    what: { en: 'A witness has cosigned another access log under the name of this one, or more of it than there is.', es: 'Un testigo ha refrendado otro registro de accesos con el nombre de este, o más de lo que hay.' },
    act: { en: 'Keep everything as it is, and have an auditor compare the log with the checkpoints that they have kept.', es: 'Deje todo como está y pida a quien audita que compare el registro con los puntos de control que ha guardado.' },
  },
  'not-checked': {
    what: { en: 'Something could not be checked in time.', es: 'Algo no se pudo comprobar a tiempo.' },
    act: { en: 'Look again in a minute. If it stays, call whoever runs the server.', es: 'Vuelva a mirar en un minuto. Si sigue igual, llame a quien administra el servidor.' },
  },
};

export const WARNING_LIST_WORDS = {
  title: { en: 'To be seen to', es: 'Pendiente de atender' },
  /** In place of what to do about something that a restore explains. */
  afterRestored: {
    en: 'This can come of the restore: see to the restored records first, and look again the morning after their release. If nobody brought back a backup, keep everything as it is and tell an auditor.',
    es: 'Puede deberse a la restauración: atienda primero los registros restaurados y vuelva a mirar la mañana siguiente a su liberación. Si nadie recuperó una copia de seguridad, deje todo como está y avise a quien audita.',
  },
} as const satisfies Readonly<Record<string, Wording>>;

/** Names of what a warning is about. */
export const WARNING_FACT_WORDS = {
  lastDay: { en: 'The last one was for', es: 'La última fue para el' },
  location: { en: 'Number in the settings', es: 'Número en la configuración' },
  records: { en: 'Records database', es: 'Base de datos de registros' },
  keys: { en: 'Key store', es: 'Almacén de llaves' },
  runs: { en: 'Runs', es: 'Ejecuciones' },
  clock: { en: 'Clocks', es: 'Relojes' },
  disk: { en: 'Disks', es: 'Discos' },
  master: { en: 'Master file', es: 'Archivo maestro' },
  'key-copy': { en: 'Copy of the key store', es: 'Copia del almacén de llaves' },
  witnesses: { en: 'Witnesses', es: 'Testigos' },
  log: { en: 'Access log', es: 'Registro de accesos' },
  sections: { en: 'Stored answers', es: 'Respuestas guardadas' },
  signing: { en: 'Signing of the access log', es: 'Firma del registro de accesos' },
  verification: { en: 'Results of verification', es: 'Resultados de la verificación' },
  days: { en: 'days', es: 'días' },
  waiting: { en: 'The oldest entry without a signature is this many minutes old', es: 'Minutos que tiene la entrada más antigua sin firmar' },
  entry: { en: 'From place', es: 'Desde el lugar' },
  restored: { en: 'Restored records', es: 'Registros restaurados' },
} as const satisfies Readonly<Record<string, Wording>>;
