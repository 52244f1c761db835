import type { Wording } from '../../catalogue/wording.js';
import type { ErasureState } from '../../intake/erasure/find-erasure.js';

type Words = Readonly<Record<string, Wording>>;

export const ERASURE_WORDS = {
  title: { en: 'Erase early, at the client’s own request', es: 'Borrar antes de tiempo, a petición del propio cliente' },
  intro: {
    en: 'Everything goes on the days below anyway. Use this only when the client wants it gone now.',
    es: 'De todos modos, todo se borra en las fechas de abajo. Use esto solo si el cliente quiere que desaparezca ya.',
  },
  number: { en: 'Intake number', es: 'Número de expediente' },
  taxYear: { en: 'Tax year', es: 'Año tributario' },
  days: { en: 'Without an early erasure', es: 'Sin borrado anticipado' },
  happens: { en: 'What happens', es: 'Qué sucede' },
  decided: {
    en: 'An administrator decides. Until then nothing changes, and you can take the request back.',
    es: 'Decide un administrador. Hasta entonces no cambia nada y usted puede retirar la solicitud.',
  },
  unreadable: {
    en: 'From the approval on, nobody can read anything of this intake, you included. There is no way back.',
    es: 'Desde la aprobación, nadie puede leer nada de este expediente, tampoco usted. No hay vuelta atrás.',
  },
  keys: {
    en: 'With the next nightly run its keys are destroyed, in backups too.',
    es: 'Con la próxima destrucción nocturna se destruyen sus llaves, también en las copias de seguridad.',
  },
  receipt: {
    en: 'Then you can print a receipt for the client.',
    es: 'Después usted puede imprimir un comprobante para el cliente.',
  },
  reason: { en: 'How did the client ask for it?', es: '¿Cómo lo pidió el cliente?' },
  reasonHint: {
    en: 'For the administrator who decides. 10 to 500 characters. No names, no numbers, nothing about the client.',
    es: 'Para el administrador que decide. De 10 a 500 caracteres. Sin nombres, sin números, nada sobre el cliente.',
  },
  submit: { en: 'Ask for the erasure', es: 'Pedir el borrado' },
  cancel: { en: 'Go back without asking', es: 'Volver sin pedirlo' },
  asked: { en: 'The erasure has been asked for and waits for a decision.', es: 'El borrado ya se pidió y espera una decisión.' },
  declined: { en: 'The last request was declined. The client can ask again.', es: 'La última solicitud fue denegada. El cliente puede pedirlo otra vez.' },
  expired: { en: 'The last request lapsed before anybody decided it. The client can ask again.', es: 'La última solicitud venció antes de que alguien la decidiera. El cliente puede pedirlo otra vez.' },
  seeRequest: { en: 'See the request', es: 'Ver la solicitud' },
  kept: {
    en: 'A legal hold keeps this intake, or a part of it. It cannot be erased early. Tell the client so; an administrator knows about the hold.',
    es: 'Una orden de conservación mantiene este expediente, o una parte. No se puede borrar antes de tiempo. Dígaselo al cliente; un administrador conoce la orden.',
  },
  listStays: {
    en: 'Its return is on the preparer’s list. The law (IRC 6107(b)) makes compensated preparers keep that until its own day: name, number, tax year, kind of return and preparer stay, and an erasure does not change it. Tell the client so.',
    es: 'Su declaración está en la lista del preparador. La ley (sección 6107(b) del IRC) obliga a los preparadores remunerados a guardarla hasta su propio día: nombre, número, año tributario, tipo de declaración y preparador se quedan, y un borrado no lo cambia. Dígaselo al cliente.',
  },
  onlyList: {
    en: 'Nothing is left of this intake but its return on the preparer’s list, which the law (IRC 6107(b)) keeps until the day below. It cannot be erased early. Tell the client so.',
    es: 'De este expediente solo queda su declaración en la lista del preparador, que la ley (sección 6107(b) del IRC) conserva hasta la fecha de abajo. No se puede borrar antes de tiempo. Dígaselo al cliente.',
  },
  link: { en: 'Erase it now, at the client’s own request', es: 'Borrarlo ya, a petición del propio cliente' },
} as const satisfies Words;

export const ERASURE_RECEIPT_WORDS = {
  title: { en: 'Receipt: erased at your request', es: 'Comprobante: borrado a petición suya' },
  intro: {
    en: 'You asked us to erase the tax intake below. This paper says what has been done.',
    es: 'Usted nos pidió borrar el expediente de impuestos indicado abajo. Este papel dice qué se ha hecho.',
  },
  site: { en: 'From', es: 'De' },
  askedDay: { en: 'You asked on', es: 'Usted lo pidió el' },
  day: { en: 'Nobody can read it since', es: 'Nadie puede leerlo desde el' },
  keys: { en: 'Its keys', es: 'Sus llaves' },
  destroyedOn: { en: 'Destroyed on', es: 'Destruidas el' },
  certificate: { en: 'Certificate of destruction', es: 'Certificado de destrucción' },
  remains: { en: 'What remains', es: 'Qué queda' },
  remainsList: {
    en: 'Your return on the preparer’s list: name, number, tax year, kind of return and who prepared it. The law (IRC 6107(b)) makes compensated preparers keep it and show it to the IRS on request; your wish cannot change that. It can be read until',
    es: 'Su declaración en la lista del preparador: nombre, número, año tributario, tipo de declaración y quién la preparó. La ley (sección 6107(b) del IRC) obliga a los preparadores remunerados a guardarla y a mostrarla al IRS si la pide; su petición no puede cambiarlo. Se puede leer hasta el',
  },
  introList: {
    en: 'You asked us to erase the tax intake below. This paper says what has been done, and what the law makes us keep.',
    es: 'Usted nos pidió borrar el expediente de impuestos indicado abajo. Este papel dice qué se ha hecho y qué nos obliga a guardar la ley.',
  },
  dayList: { en: 'Save for what remains, nobody can read it since', es: 'Salvo lo que queda, nadie puede leerlo desde el' },
  remainsLog: {
    en: 'The access log: who worked on this number, and when. It holds no answers, and the number is random: without the intake it points at nobody.',
    es: 'El registro de accesos: quién trabajó en este número y cuándo. No contiene respuestas y el número es aleatorio: sin el expediente no señala a nadie.',
  },
  remainsRecord: {
    en: 'A note that this number was erased, with the days above, until the end of the year; and the request, with who asked and who approved.',
    es: 'Una nota de que este número se borró, con las fechas de arriba, hasta fin de año; y la solicitud, con quién la hizo y quién la aprobó.',
  },
  remainsBackups: {
    en: 'Backups hold locked bytes. Once the keys are destroyed nothing opens them any more; until then they stay locked as they were.',
    es: 'Las copias de seguridad guardan datos bloqueados. Cuando las llaves se han destruido, ya nada los abre; hasta entonces siguen bloqueados como estaban.',
  },
  remainsElsewhere: {
    en: 'A tax return that was already sent to the IRS, and any paper that was printed for you, are not ours to erase.',
    es: 'Una declaración ya enviada al IRS y los papeles que se le imprimieron no los podemos borrar nosotros.',
  },
  print: { en: 'To print this page, use your browser’s print command.', es: 'Para imprimir esta página, use la orden de imprimir de su navegador.' },
} as const satisfies Words;

/** What has become of the keys. */
export const ERASURE_STATE_WORDS: Readonly<Record<ErasureState, Wording>> = {
  waiting: { en: 'Destroyed with the next nightly run, in backups too', es: 'Se destruyen con la próxima destrucción nocturna, también en las copias de seguridad' },
  held: {
    en: 'Kept under a legal order that came after your request; nobody can read the answers meanwhile, and the keys are destroyed when the order ends',
    es: 'Conservadas por una orden legal posterior a su petición; mientras tanto nadie puede leer las respuestas, y las llaves se destruyen cuando termine la orden',
  },
  destroyed: { en: 'Destroyed, in backups too', es: 'Destruidas, también en las copias de seguridad' },
};
