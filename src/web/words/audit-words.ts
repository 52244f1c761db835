import type { Actor, EntryKind } from '../../audit/entry.js';
import type { Wording } from '../../catalogue/wording.js';

export const ENTRIES_WORDS = {
  title: { en: 'Access log', es: 'Registro de accesos' },
  intro: {
    en: 'Who did what, when. Answers themselves are never in the log. That you read it is written into it too.',
    es: 'Quién hizo qué y cuándo. Las respuestas nunca están en el registro. También queda escrito que usted lo leyó.',
  },
  filter: { en: 'Show only', es: 'Mostrar solo' },
  kind: { en: 'Kind', es: 'Tipo' },
  member: { en: 'Member', es: 'Miembro' },
  intake: { en: 'Intake number', es: 'Número de expediente' },
  from: { en: 'From', es: 'Desde' },
  to: { en: 'To', es: 'Hasta' },
  everything: { en: 'Everything', es: 'Todo' },
  everyone: { en: 'Everyone', es: 'Todos' },
  apply: { en: 'Show', es: 'Mostrar' },
  time: { en: 'Time', es: 'Hora' },
  who: { en: 'Who', es: 'Quién' },
  what: { en: 'About', es: 'Sobre' },
  place: { en: 'Place in the log', es: 'Lugar en el registro' },
  pending: { en: 'pending', es: 'pendiente' },
  integrated: { en: 'in the tree, not yet published', es: 'en el árbol, aún sin publicar' },
  published: { en: 'published', es: 'publicado' },
  pruned: { en: 'Details pruned by age; the entry still counts.', es: 'Detalles eliminados por antigüedad; la entrada sigue contando.' },
  none: { en: 'No entries match.', es: 'Ninguna entrada coincide.' },
  older: { en: 'Older entries', es: 'Entradas anteriores' },
  checkpoint: { en: 'Newest checkpoint', es: 'Último punto de control' },
  checkpointExplain: {
    en: 'Keep a copy outside this building. Whoever holds an older one finds any entry that was changed or removed.',
    es: 'Guarde una copia fuera de este edificio. Con una anterior se descubre cualquier entrada cambiada o quitada.',
  },
  intakes: { en: 'intakes', es: 'expedientes' },
  run: { en: 'See the run', es: 'Ver la destrucción' },
  purpose: { en: 'purpose', es: 'finalidad' },
  fields: { en: 'fields', es: 'campos' },
} as const satisfies Readonly<Record<string, Wording>>;

/** A part of the system that did something with nobody signed in. */
export type SystemActor = NonNullable<Actor['system']>;

export const SYSTEM_WORDS: Readonly<Record<SystemActor, Wording>> = {
  visitor: { en: 'a visitor, not signed in', es: 'un visitante sin sesión' },
  'set-up': { en: 'the set-up', es: 'la configuración inicial' },
  session: { en: 'the time limit of sessions', es: 'el límite de tiempo de las sesiones' },
  run: { en: 'the nightly run', es: 'la destrucción nocturna' },
  command: { en: 'a command on the server', es: 'una orden en el servidor' },
  signer: { en: 'the signer of the log', es: 'el firmante del registro' },
};

export const ENTRY_KIND_WORDS: Readonly<Record<EntryKind, Wording>> = {
  'answers.read': { en: 'Answers read', es: 'Respuestas leídas' },
  'answers.written': { en: 'Answers written', es: 'Respuestas escritas' },
  'intake.created': { en: 'Intake started', es: 'Expediente abierto' },
  'intake.searched': { en: 'Intakes searched', es: 'Búsqueda de expedientes' },
  'intake.listed': { en: 'Intakes listed', es: 'Lista de expedientes vista' },
  'intake.staged': { en: 'Stage changed', es: 'Etapa cambiada' },
  'signed-in': { en: 'Signed in', es: 'Sesión iniciada' },
  'sign-in-failed': { en: 'Sign-in refused', es: 'Inicio de sesión rechazado' },
  'signed-out': { en: 'Signed out', es: 'Sesión cerrada' },
  'session.expired': { en: 'Session ran out', es: 'Sesión vencida' },
  'password.changed': { en: 'Password changed', es: 'Contraseña cambiada' },
  'access.refused': { en: 'Refused to a role', es: 'Rechazado por la función' },
  'member.invited': { en: 'Member invited', es: 'Miembro invitado' },
  'member.joined': { en: 'Member joined', es: 'Miembro unido' },
  'member.admitted': { en: 'Preparer admitted', es: 'Preparador admitido' },
  'member.disabled': { en: 'Member disabled', es: 'Miembro desactivado' },
  'vault.created': { en: 'Site key made', es: 'Llave del centro creada' },
  'vault.pinned': { en: 'Site key pinned by its holder', es: 'Llave del centro fijada por quien la tiene' },
  'organisation.created': { en: 'Organization set up', es: 'Organización creada' },
  'site.created': { en: 'Site set up', es: 'Centro creado' },
  'site.changed': { en: 'Site settings changed', es: 'Ajustes del centro cambiados' },
  'policy.approved': { en: 'Policy published', es: 'Reglas publicadas' },
  'purge.intended': { en: 'Run began', es: 'Destrucción iniciada' },
  'bucket.destroyed': { en: 'Keys destroyed', es: 'Llaves destruidas' },
  'bucket.moved': { en: 'Keys renewed', es: 'Llaves renovadas' },
  'master.rotated': { en: 'Master key replaced', es: 'Llave maestra reemplazada' },
  'purge.finished': { en: 'Run destroyed what was due', es: 'Destrucción cumplida' },
  'purge.failed': { en: 'Run failed', es: 'Destrucción fallida' },
  'clock.confirmed': { en: 'Date confirmed', es: 'Fecha confirmada' },
  'log.read': { en: 'Log read', es: 'Registro leído' },
  'log.origin': { en: 'Log begun', es: 'Registro comenzado' },
};
