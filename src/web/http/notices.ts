import type { Wording } from '../../catalogue/wording.js';

/** What a page may say has just been done, by the word in its address (`?said=saved`): a closed list, so that no link can put words in. */
const NOTICES = {
  saved: { en: 'Saved.', es: 'Guardado.' },
  created: { en: 'The intake has been started.', es: 'Se ha abierto el expediente.' },
  'started-before': {
    en: 'That form had started this intake before, with another tax year. The intake is as it was, and nothing new was started. To start another one, open a new form.',
    es: 'Ese formulario ya había abierto este expediente, con otro año tributario. El expediente sigue igual y no se ha abierto ninguno nuevo. Para abrir otro, use un formulario nuevo.',
  },
  staged: { en: 'The stage has been changed.', es: 'Se ha cambiado la etapa.' },
  admitted: { en: 'They can read now.', es: 'Ya puede leer.' },
  disabled: { en: 'They are out, and their sessions have ended.', es: 'Ya no tiene acceso y sus sesiones han terminado.' },
  uninvited: { en: 'The invitation has been taken back. Its link opens nothing any more.', es: 'Se ha retirado la invitación. Su enlace ya no abre nada.' },
  'no-invitation': { en: 'There is no such invitation at this site any more.', es: 'Esa invitación ya no existe en este centro.' },
  approved: {
    en: 'Approved. It takes effect on the day that it names, and at once where it names none.',
    es: 'Aprobado. Surte efecto el día que indica, y de inmediato si no indica ninguno.',
  },
  declined: { en: 'Declined. Nothing comes of it.', es: 'Denegado. No tendrá ningún efecto.' },
  withdrawn: { en: 'Taken back.', es: 'Solicitud retirada.' },
  'release-asked': { en: 'Asked for. Another administrator decides within a day.', es: 'Solicitado. Otro administrador decide en el plazo de un día.' },
  released: { en: 'Released. Preparers can sign in again.', es: 'Liberados. Los preparadores pueden volver a iniciar sesión.' },
  'erasure-asked': { en: 'Asked for. An administrator decides.', es: 'Solicitado. Un administrador decide.' },
  'hold-placed': { en: 'The hold is in force.', es: 'La orden está vigente.' },
  'hold-placed-beside-save': {
    en: 'The hold is in force. A change that somebody had begun before it has not come to its end: if it still does, what it replaces is not kept. Everything after it is.',
    es: 'La orden está vigente. Un cambio que alguien había empezado antes no ha terminado: si aún termina, lo que reemplace no se conserva. Todo lo posterior sí.',
  },
  'hold-release-asked': { en: 'Asked for. Another administrator decides; until then the hold stays in force.', es: 'Solicitado. Otro administrador decide; hasta entonces la orden sigue vigente.' },
  'policy-proposed': {
    en: 'Proposed. Another administrator decides; until then nothing changes.',
    es: 'Propuesto. Otro administrador decide; hasta entonces nada cambia.',
  },
  joined: { en: 'Your account is ready. Sign in.', es: 'Su cuenta está lista. Inicie sesión.' },
  'password-changed': {
    en: 'Your password has been changed, and your other sessions have ended.',
    es: 'Se cambió su contraseña y sus demás sesiones han terminado.',
  },
  'set-up': { en: 'Your site is ready. Sign in, then invite a preparer.', es: 'Su centro está listo. Inicie sesión e invite a un preparador.' },
  'site-opened': { en: 'The site is open. Go there to invite its members.', es: 'El centro está abierto. Vaya allí para invitar a sus miembros.' },
  'not-yours': {
    en: 'What had been typed in this window was another member’s, and has not been handed on.',
    es: 'Lo que se había escrito en esta ventana era de otro miembro y no se ha entregado.',
  },
  'signed-out': { en: 'You have signed out.', es: 'Ha cerrado la sesión.' },
} as const satisfies Record<string, Wording>;

export type Notice = keyof typeof NOTICES;

export function noticeOf(query: unknown): Wording | undefined {
  const said = typeof query === 'object' && query !== null ? (query as { said?: unknown }).said : undefined;
  return typeof said === 'string' && Object.hasOwn(NOTICES, said) ? NOTICES[said as Notice] : undefined;
}
