import type { Wording } from '../../catalogue/wording.js';

type Words = Readonly<Record<string, Wording>>;

export const SIGN_IN_WORDS = {
  title: { en: 'Sign in', es: 'Iniciar sesión' },
  email: { en: 'E-mail address', es: 'Correo electrónico' },
  password: { en: 'Password', es: 'Contraseña' },
  code: { en: 'Code from your authenticator app', es: 'Código de su aplicación de autenticación' },
  codeHint: { en: 'Six digits.', es: 'Seis cifras.' },
  submit: { en: 'Sign in', es: 'Iniciar sesión' },
  failed: {
    en: 'The e-mail address and the password do not go together. Please try again.',
    es: 'El correo electrónico y la contraseña no coinciden. Inténtelo de nuevo.',
  },
  codeRequired: { en: 'Please enter the code from your authenticator app too.', es: 'Escriba también el código de su aplicación de autenticación.' },
  tooMany: {
    en: 'Too many attempts. Please wait a few minutes, then try again.',
    es: 'Demasiados intentos. Espere unos minutos e inténtelo de nuevo.',
  },
  timedOut: {
    en: 'You are no longer signed in. What you saved is kept.',
    es: 'Ya no tiene la sesión iniciada. Lo que guardó se conserva.',
  },
  kept: {
    en: 'What you typed was not saved yet, and it is not lost: sign in here, in this window.',
    es: 'Lo que escribió todavía no se ha guardado y no se ha perdido: inicie sesión aquí, en esta ventana.',
  },
  about: {
    en: 'Only signed-in preparers can read answers. While nobody is signed in, this server cannot read them either.',
    es: 'Solo los preparadores con sesión iniciada pueden leer las respuestas. Si nadie ha iniciado sesión, tampoco este servidor puede leerlas.',
  },
} as const satisfies Words;

export const KEPT_FORM_WORDS = {
  title: { en: 'What you typed is still here', es: 'Lo que escribió sigue aquí' },
  explain: {
    en: 'You are signed in again. What you typed before is kept in this window and not saved yet.',
    es: 'Ha iniciado sesión de nuevo. Lo que escribió antes se conserva en esta ventana y todavía no se ha guardado.',
  },
  submit: { en: 'Send it now', es: 'Enviarlo ahora' },
  discard: { en: 'Throw it away', es: 'Descartarlo' },
} as const satisfies Words;

export const SET_UP_WORDS = {
  title: { en: 'Set up your site', es: 'Configure su centro' },
  intro: {
    en: 'You are the first administrator. You will invite preparers next; you yourself will not be able to read answers.',
    es: 'Usted es el primer administrador. Después invitará a los preparadores; usted no podrá leer las respuestas.',
  },
  second: { en: 'A second administrator, from the first day', es: 'Un segundo administrador, desde el primer día' },
  secondHint: {
    en: 'Some acts take two people, and the second may not be somebody whom the first has invited, directly or through others. After this page everyone is invited by somebody, and an administrator whom no other one approved counts as one person with whoever invited them. So name one more person now: you get a link for them. If you leave this blank, such acts stay closed or have to wait.',
    es: 'Algunos actos exigen dos personas, y la segunda no puede ser alguien a quien la primera haya invitado, ni directamente ni a través de otros. Después de esta página, a todos los invita alguien, y un administrador que ningún otro aprobó cuenta como una sola persona con quien le invitó. Por eso, nombre ahora a otra persona: recibirá un enlace para ella. Si lo deja en blanco, esos actos quedarán cerrados o tendrán que esperar.',
  },
  secondName: { en: 'Their name', es: 'Su nombre' },
  secondEmail: { en: 'Their e-mail address', es: 'Su correo electrónico' },
  doneTitle: { en: 'Your site is ready', es: 'Su centro está listo' },
  doneExplain: {
    en: 'Give this link to the second administrator and to nobody else. It works once, is shown only now, and nobody can make another one.',
    es: 'Dé este enlace al segundo administrador y a nadie más. Sirve una sola vez, solo se muestra ahora y nadie puede crear otro.',
  },
  doneNext: { en: 'Keep it first, then sign in and invite a preparer.', es: 'Guárdelo primero; después inicie sesión e invite a un preparador.' },
  organisation: { en: 'Name of the organization', es: 'Nombre de la organización' },
  organisationHint: { en: 'The nonprofit that runs the site.', es: 'La organización sin fines de lucro que dirige el centro.' },
  siteName: { en: 'Name of the site', es: 'Nombre del centro' },
  siteHint: { en: 'As clients know it, for example the library’s name.', es: 'Como lo conocen los clientes, por ejemplo el nombre de la biblioteca.' },
  timeZone: { en: 'Time zone', es: 'Zona horaria' },
  timeZoneHint: {
    en: 'Days of destruction begin at midnight here. For example America/Chicago.',
    es: 'Los días de destrucción empiezan a medianoche en esta zona. Por ejemplo America/Chicago.',
  },
  submit: { en: 'Make the site', es: 'Crear el centro' },
} as const satisfies Words;

export const PASSWORD_WORDS = {
  name: { en: 'Your name', es: 'Su nombre' },
  title: { en: 'Change your password', es: 'Cambiar su contraseña' },
  current: { en: 'Your current password', es: 'Su contraseña actual' },
  effect: {
    en: 'Wherever else you are signed in, that session ends. The old password opens nothing any more.',
    es: 'Si tiene otras sesiones abiertas, terminan. La contraseña anterior ya no abre nada.',
  },
  submit: { en: 'Change the password', es: 'Cambiar la contraseña' },
  nameHint: { en: 'As your colleagues know you. Auditors see it beside what you did.', es: 'Como lo conocen sus colegas. Los auditores lo ven junto a lo que usted hizo.' },
  password: { en: 'Choose a password', es: 'Elija una contraseña' },
  again: { en: 'The password again', es: 'La contraseña otra vez' },
  nobodyResets: {
    en: 'Your password opens your own key. Nobody can reset it for you: if you forget it, you are invited and admitted again.',
    es: 'Su contraseña abre su propia llave. Nadie puede cambiarla por usted: si la olvida, habrá que invitarlo y admitirlo de nuevo.',
  },
} as const satisfies Words;

/** The rule in words: length and nothing else (NIST SP 800-63B-4, 3.1.1.2). */
export function passwordHint(leastCharacters: number): Wording {
  return {
    en: `At least ${leastCharacters} characters. Four or five words of your own are easy to remember. No special characters are needed. You may paste it from a password manager.`,
    es: `Al menos ${leastCharacters} caracteres. Cuatro o cinco palabras suyas son fáciles de recordar. No hacen falta caracteres especiales. Puede pegarla desde un gestor de contraseñas.`,
  };
}

export const JOIN_WORDS = {
  title: { en: 'Join the site', es: 'Únase al centro' },
  yourName: { en: 'Your name, as it appears to your colleagues and in the access log:', es: 'Su nombre, como lo verán sus colegas y el registro de accesos:' },
  invitedTo: { en: 'You are invited to', es: 'Le han invitado a' },
  as: { en: 'as', es: 'como' },
  submit: { en: 'Join', es: 'Unirse' },
  notYet: { en: 'You cannot join yet', es: 'Todavía no puede unirse' },
  notYetExplain: {
    en: 'A new administrator takes two people. Another administrator can approve your invitation; open this link again once they have. Otherwise it works from',
    es: 'Un nuevo administrador requiere dos personas. Otro administrador puede aprobar su invitación; abra de nuevo este enlace cuando lo haya hecho. Si no, funcionará a partir del',
  },
} as const satisfies Words;

export const SIX_WORDS_WORDS = {
  title: { en: 'Your six words', es: 'Sus seis palabras' },
  waiting: { en: 'You are not admitted yet', es: 'Todavía no ha sido admitido' },
  explain: {
    en: 'A preparer who is already admitted has to let you in. Read these six words to them, in person or by telephone. They compare them with the six words on their own screen.',
    es: 'Un preparador que ya esté admitido tiene que darle acceso. Léale estas seis palabras, en persona o por teléfono. Esa persona las comparará con las seis palabras de su propia pantalla.',
  },
  mustMatch: {
    en: 'If even one word differs, stop, and tell your administrator: somebody may be in between.',
    es: 'Si una sola palabra es diferente, deténgase y avise a su administrador: puede haber alguien en medio.',
  },
  whoCanAdmit: { en: 'These people can admit you', es: 'Estas personas pueden admitirlo' },
  nobodyYet: { en: 'Nobody is admitted yet. You will be the first: open the intakes page.', es: 'Todavía no hay nadie admitido. Usted será la primera persona: abra la página de expedientes.' },
  checkAgain: { en: 'Check whether I am admitted', es: 'Comprobar si ya estoy admitido' },
} as const satisfies Words;

export const MEMBERS_WORDS = {
  title: { en: 'Members of this site', es: 'Miembros de este centro' },
  holders: {
    en: 'Preparers marked “can read” hold the key of this site. Everyone here can see who does, and who let them in.',
    es: 'Los preparadores marcados con «puede leer» tienen la llave de este centro. Aquí todos pueden ver quiénes son y quién los admitió.',
  },
  oneHolder: { en: 'Only one person can read this site’s answers', es: 'Solo una persona puede leer las respuestas de este centro' },
  oneHolderAct: {
    en: 'If they forget their password or are no longer here, nobody can open what is kept here any more, and nobody can admit another preparer. Invite a second preparer, and ask the first one to admit them once they have joined.',
    es: 'Si olvida su contraseña o ya no está, nadie podrá abrir lo que se guarda aquí ni admitir a otro preparador. Invite a un segundo preparador y pida al primero que lo admita cuando se haya unido.',
  },
  name: { en: 'Name', es: 'Nombre' },
  role: { en: 'Role', es: 'Función' },
  state: { en: 'State', es: 'Estado' },
  actions: { en: 'Actions', es: 'Acciones' },
  organisationWide: { en: 'of every site', es: 'de todos los centros' },
  organisationWideQuestion: { en: 'Of every site of the organization', es: 'De todos los centros de la organización' },
  organisationWideHint: {
    en: 'Administrators and auditors only. They work at one site at a time.',
    es: 'Solo administradores y auditores. Trabajan en un centro a la vez.',
  },
  invited: { en: 'Invited, has not joined', es: 'Invitado, aún no se ha unido' },
  waiting: { en: 'Joined, waits to be admitted', es: 'Se unió, espera ser admitido' },
  holdsKey: { en: 'Can read', es: 'Puede leer' },
  active: { en: 'Active, cannot read answers', es: 'Activo, no puede leer respuestas' },
  disabled: { en: 'Disabled', es: 'Desactivado' },
  admittedBy: { en: 'admitted by', es: 'admitido por' },
  approvedBy: { en: 'approved by', es: 'aprobado por' },
  joinedAfterNotice: {
    en: 'joined after seven days’ notice to everyone; where it takes two, one person with whoever invited them',
    es: 'se unió tras siete días de aviso a todos; donde hacen falta dos, una sola persona con quien le invitó',
  },
  firstHolder: { en: 'first preparer of this site', es: 'primer preparador de este centro' },
  admit: { en: 'Admit', es: 'Admitir' },
  disable: { en: 'Disable', es: 'Desactivar' },
  withdraw: { en: 'Take back the invitation', es: 'Retirar la invitación' },
  nameHint: { en: 'As colleagues know them. Auditors see it beside what they did.', es: 'Como lo conocen sus colegas. Los auditores lo ven junto a lo que hizo.' },
  inviteTitle: { en: 'Invite somebody', es: 'Invitar a alguien' },
  invite: { en: 'Make the invitation', es: 'Crear la invitación' },
  roleQuestion: { en: 'What will they do?', es: '¿Qué va a hacer esta persona?' },
  madeTitle: { en: 'Invitation made', es: 'Invitación creada' },
  madeExplain: {
    en: 'Give this link to nobody else. It works once and is shown only now.',
    es: 'No dé este enlace a nadie más. Sirve una sola vez y solo se muestra ahora.',
  },
  madeWaits: {
    en: 'Another administrator has to approve this first. Until then the link opens nothing; every member is told who is to become an administrator. If nobody declines, it works from',
    es: 'Antes debe aprobarlo otro administrador. Hasta entonces el enlace no abre nada; a todos los miembros se les dice quién va a ser administrador. Si nadie lo deniega, funcionará a partir del',
  },
  madeLink: { en: 'Link to give to', es: 'Enlace para' },
  expires: { en: 'It runs out', es: 'Vence el' },
  back: { en: 'Back to members', es: 'Volver a los miembros' },
} as const satisfies Words;

export const ROLE_EXPLANATIONS = {
  preparer: { en: 'Preparer: enters and reads answers, once admitted', es: 'Preparador: escribe y lee respuestas, una vez admitido' },
  administrator: { en: 'Administrator: people, settings, destruction; cannot read answers', es: 'Administrador: personas, ajustes, destrucción; no puede leer respuestas' },
  auditor: { en: 'Auditor: checks the log; can neither read answers nor destroy', es: 'Auditor: revisa el registro; no puede leer respuestas ni destruirlas' },
} as const satisfies Words;

export const ADMIT_WORDS = {
  title: { en: 'Admit a preparer', es: 'Admitir a un preparador' },
  explain: {
    en: 'Ask them to read the six words from their screen to you, in person or by telephone. Compare every word.',
    es: 'Pídale que le lea las seis palabras de su pantalla, en persona o por teléfono. Compare cada palabra.',
  },
  theirWords: { en: 'The six words of', es: 'Las seis palabras de' },
  effect: {
    en: 'From then on they can read every answer of this site that is still alive. The log keeps that you admitted them.',
    es: 'Desde ese momento podrá leer todas las respuestas de este centro que sigan vivas. El registro conserva que usted lo admitió.',
  },
  question: { en: 'Are all six words the same?', es: '¿Son iguales las seis palabras?' },
  same: { en: 'Yes, all six words are the same', es: 'Sí, las seis palabras son iguales' },
  different: { en: 'No, or I could not compare them', es: 'No, o no pude compararlas' },
  submit: { en: 'Continue', es: 'Continuar' },
} as const satisfies Words;

export const DISABLE_WORDS = {
  title: { en: 'Disable a member', es: 'Desactivar a un miembro' },
  about: { en: 'You are about to disable', es: 'Va a desactivar a' },
  effect: {
    en: 'Their sessions end at once and their password opens nothing any more. What they did stays in the log.',
    es: 'Sus sesiones terminan de inmediato y su contraseña ya no abre nada. Lo que hizo queda en el registro.',
  },
  afterwards: {
    en: 'Name and address of this account are erased at the end of the season after this one. They can be invited again under the same e-mail address, which also helps somebody who forgot the password.',
    es: 'El nombre y el correo de esta cuenta se borran al final de la temporada siguiente a esta. Se le puede volver a invitar con el mismo correo electrónico; así se ayuda también a quien olvidó la contraseña.',
  },
  lastHolder: {
    en: 'This is the last person who can read this site’s answers. After this nobody can read them, and nobody can admit another preparer.',
    es: 'Es la última persona que puede leer las respuestas de este centro. Después nadie podrá leerlas ni admitir a otro preparador.',
  },
  submit: { en: 'Disable this member', es: 'Desactivar a este miembro' },
  cancel: { en: 'Go back without disabling', es: 'Volver sin desactivar' },
} as const satisfies Words;

export const WITHDRAW_INVITATION_WORDS = {
  title: { en: 'Take back an invitation', es: 'Retirar una invitación' },
  about: { en: 'You are about to take back the invitation of', es: 'Va a retirar la invitación de' },
  effect: {
    en: 'From then on the link opens nothing, whoever has it. Name and address of this invitation are erased at once. The log keeps that you took it back.',
    es: 'Desde ese momento el enlace no abre nada, lo tenga quien lo tenga. El nombre y el correo de esta invitación se borran de inmediato. El registro conserva que usted la retiró.',
  },
  request: { en: 'If it still waits for the approval of another administrator, that request ends too.', es: 'Si todavía espera la aprobación de otro administrador, esa solicitud termina también.' },
  afterwards: { en: 'They can be invited again at any time, and get another link.', es: 'Se puede volver a invitar a esta persona cuando se quiera; recibirá otro enlace.' },
  fromSetUp: {
    en: 'This is the second administrator, whom the set-up named. Nobody can make such an invitation again: whoever you invite instead counts as invited by you, and what takes two administrators may stay closed.',
    es: 'Es el segundo administrador, nombrado en la configuración inicial. Nadie puede crear otra invitación así: a quien usted invite en su lugar lo habrá invitado usted, y lo que exige dos administradores puede quedar cerrado.',
  },
  submit: { en: 'Take back this invitation', es: 'Retirar esta invitación' },
  cancel: { en: 'Go back and let it stand', es: 'Volver y mantenerla' },
} as const satisfies Words;
