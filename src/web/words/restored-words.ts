import type { Wording } from '../../catalogue/wording.js';
import type { RecordsDifference } from '../../vault/restored/compare-records.js';

export const RESTORED_WORDS = {
  title: { en: 'Restored records', es: 'Registros restaurados' },
  none: { en: 'The records are the ones this service remembers. There is nothing to release.', es: 'Los registros son los que este servicio recuerda. No hay nada que liberar.' },
  closed: {
    en: 'These records were brought back from a backup. Until two persons release them no preparer can sign in and nothing is destroyed.',
    es: 'Estos registros vienen de una copia de seguridad. Hasta que dos personas los liberen, ningún preparador puede iniciar sesión y no se destruye nada.',
  },
  explains: {
    en: 'Records that were brought back from a backup are not released yet. That the log has fewer entries than before, or is not signed, can come of that. Whoever knows who brought them back looks again the morning after their release. If nobody did, somebody changed the database: see that everything is kept as it is.',
    es: 'Unos registros recuperados de una copia de seguridad todavía no se han liberado. Que el registro de accesos tenga menos entradas que antes, o no se firme, puede deberse a eso. Quien sepa quién los recuperó, que vuelva a mirar la mañana siguiente a su liberación. Si nadie lo hizo, alguien cambió la base de datos: procure que todo se deje como está.',
  },
  found: { en: 'Found', es: 'Detectados' },
  known: { en: 'What came after the backup is lost. It was last seen', es: 'Lo posterior a la copia se perdió. Se vio por última vez' },
  entries: { en: 'Entries of the access log: there now, and known before', es: 'Entradas del registro de accesos: las que hay y las conocidas antes' },
  why: { en: 'How it was noticed', es: 'Cómo se detectó' },
  check: {
    en: 'First, on the server: npm run cli -- restore-check. It removes what has been destroyed since the backup and says what is lost.',
    es: 'Primero, en el servidor: npm run cli -- restore-check. Quita lo destruido desde la copia y dice qué se perdió.',
  },
  checked: { en: 'Checked and swept', es: 'Revisados y limpiados' },
  ask: {
    en: 'Ask for their release when you know why they were restored and what is lost. A second administrator decides within a day.',
    es: 'Pida su liberación cuando sepa por qué se restauraron y qué se perdió. Otro administrador decide en el plazo de un día.',
  },
  reason: { en: 'Why', es: 'Por qué' },
  reasonHint: {
    en: 'Why they were restored, and what you have looked at. 10 to 500 characters; nothing about clients.',
    es: 'Por qué se restauraron y qué ha revisado usted. De 10 a 500 caracteres; nada sobre clientes.',
  },
  submit: { en: 'Ask for the release', es: 'Pedir la liberación' },
  request: { en: 'The request for their release', es: 'La solicitud de liberación' },
  own: {
    en: 'You asked for this. Another administrator decides, one whom you did not invite; you can take it back.',
    es: 'Usted lo pidió. Decide otro administrador, a quien usted no haya invitado; usted puede retirarlo.',
  },
  second: {
    en: 'If you agree, release them: preparers can sign in again, and what is due is destroyed. If not, decline: the records stay closed, and the release can be asked for again.',
    es: 'Si está de acuerdo, libérelos: los preparadores podrán iniciar sesión y se destruirá lo que venza. Si no, deniéguelo: los registros siguen cerrados y la liberación se puede pedir otra vez.',
  },
  release: { en: 'Release these records', es: 'Liberar estos registros' },
} as const satisfies Readonly<Record<string, Wording>>;

export const DIFFERENCE_WORDS: Readonly<Record<RecordsDifference, Wording>> = {
  'log-shorter': { en: 'Entries of the access log are missing', es: 'Faltan entradas del registro de accesos' },
  'log-other': { en: 'The access log is another one', es: 'El registro de accesos es otro' },
  'run-missing': { en: 'A destruction that took place is not in them', es: 'No consta en ellos una destrucción que tuvo lugar' },
  'readers-changed': {
    en: 'Who may read, or a policy, changed without an entry in the access log. That is no backup: somebody changed the database',
    es: 'Cambió quién puede leer, o una regla, sin una entrada en el registro. Eso no es una copia: alguien modificó la base de datos',
  },
  'intakes-older': { en: 'Intakes are as they were before their last save', es: 'Hay expedientes como estaban antes de guardarse por última vez' },
};
