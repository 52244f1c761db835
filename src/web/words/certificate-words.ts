import type { Wording } from '../../catalogue/wording.js';

type Words = Readonly<Record<string, Wording>>;

export const CERTIFICATE_WORDS = {
  anotherSite: { en: 'another site', es: 'otro centro' },
  title: { en: 'Certificate of destruction', es: 'Certificado de destrucción' },
  statement: {
    en: 'On the day named here this system destroyed the keys listed below, looked for them again and did not find them. What was sealed under them cannot be read by anyone.',
    es: 'El día indicado, este sistema destruyó las llaves de esta lista, volvió a buscarlas y no las encontró. Nadie puede leer lo que estaba sellado con ellas.',
  },
  nothing: { en: 'Nothing was due; nothing was destroyed. The master key was replaced all the same.', es: 'No tocaba destruir nada y no se destruyó nada. La llave maestra se reemplazó igualmente.' },
  nothingButHeld: {
    en: 'Nothing was destroyed: what was due is kept by a legal hold. The master key was replaced all the same.',
    es: 'No se destruyó nada: lo que tocaba lo conserva una orden legal. La llave maestra se reemplazó igualmente.',
  },
  number: { en: 'Number', es: 'Número' },
  day: { en: 'For the day', es: 'Para el día' },
  finished: { en: 'Finished', es: 'Terminado' },
  policy: { en: 'Policy version', es: 'Versión de las reglas' },
  since: { en: 'in force since', es: 'vigente desde el' },
  digest: { en: 'Policy, SHA-256 of its text', es: 'Reglas, SHA-256 de su texto' },
  holds: { en: 'Legal holds in force', es: 'Órdenes de conservación vigentes' },
  held: { en: 'Keys past their day, kept by a hold', es: 'Llaves vencidas que una orden conserva' },
  reread: { en: 'Looked for again afterwards', es: 'Buscadas otra vez después' },
  notFound: { en: 'Every one of them, and none found', es: 'Todas, y no se encontró ninguna' },
  master: { en: 'Master key since then, number', es: 'Llave maestra desde entonces, número' },
  corrected: { en: 'Intakes whose dates were put right first, by the access log', es: 'Expedientes cuyas fechas se corrigieron antes, según el registro de accesos' },
  unlogged: {
    en: 'Keys destroyed of which the access log shows nothing, as where a start or a change was cut short, or the records came back from a backup that did not have it yet',
    es: 'Llaves destruidas de las que el registro de accesos no muestra nada, como donde un comienzo o un cambio se interrumpió, o los registros volvieron de una copia de seguridad que aún no lo tenía',
  },
  destroyed: { en: 'What was destroyed', es: 'Qué se destruyó' },
  site: { en: 'Site', es: 'Centro' },
  what: { en: 'What', es: 'Qué' },
  due: { en: 'Due on', es: 'Tocaba el' },
  keys: { en: 'Keys destroyed', es: 'Llaves destruidas' },
  emptyToo: {
    en: 'Every intake has a key for each kind of answer, also for what nobody was asked or answered, so that nobody can tell intakes apart. A key says nothing of whether anything was kept under it. Only a preparer’s list has one where there is a return on it.',
    es: 'Cada expediente tiene una llave para cada tipo de respuesta, también para lo que a nadie se preguntó o nadie contestó, para que no se distingan los expedientes. Una llave no dice si con ella se guardaba algo. Solo la lista del preparador la tiene únicamente donde hay en ella una declaración.',
  },
  counts: { en: 'What is held', es: 'Lo que se guarda' },
  before: { en: 'Before', es: 'Antes' },
  after: { en: 'After', es: 'Después' },
  sweep: {
    en: 'Sealed answers without a key are only noise. They are counted here until they are removed, which comes next.',
    es: 'Las respuestas selladas sin llave son solo ruido. Se cuentan aquí hasta que se borran, que es el paso siguiente.',
  },
  moved: { en: 'Keys that live on and were sealed anew:', es: 'Llaves que siguen vivas y se sellaron de nuevo:' },
  check: { en: 'How to check this', es: 'Cómo comprobarlo' },
  checkHow: {
    en: 'Anyone can check it, on another computer and without this service. Download the signed certificate, ask for an export of the access log, and compare the key with one that you kept from an earlier day.',
    es: 'Cualquiera puede comprobarlo, en otra computadora y sin este servicio. Descargue el certificado firmado, pida una exportación del registro de accesos y compare la llave con una que usted haya guardado antes.',
  },
  keyPlace: { en: 'KEY', es: 'LLAVE' },
  exportPlace: { en: 'EXPORT', es: 'EXPORTACIÓN' },
  fingerprint: { en: 'Fingerprint of the key, SHA-256', es: 'Huella de la llave, SHA-256' },
  log: { en: 'Access log', es: 'Registro de accesos' },
  intended: { en: 'Place of the intention in it', es: 'Lugar del propósito en él' },
  logPlace: { en: 'Place of the result in it', es: 'Lugar del resultado en él' },
  signature: { en: 'Signature', es: 'Firma' },
  signed: { en: 'Signed text, for checking with software', es: 'Texto firmado, para comprobarlo con un programa' },
  download: { en: 'Download the signed certificate', es: 'Descargar el certificado firmado' },
  print: { en: 'To print this page, use your browser’s print command.', es: 'Para imprimir esta página, use la orden de imprimir de su navegador.' },
} as const satisfies Words;

export const STORE_WORDS = {
  shares: { en: 'Keys that open answers', es: 'Llaves que abren respuestas' },
  buckets: { en: 'Days of destruction with such keys', es: 'Días de destrucción con tales llaves' },
  sections: { en: 'Sealed groups of answers', es: 'Grupos de respuestas selladas' },
  intakes: { en: 'Intakes', es: 'Expedientes' },
} as const satisfies Words;
