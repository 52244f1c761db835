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
  apply: { en: 'Show', es: 'Mostrar' },
  time: { en: 'Time', es: 'Hora' },
  who: { en: 'Who', es: 'Quién' },
  what: { en: 'About', es: 'Sobre' },
  place: { en: 'Place in the log', es: 'Lugar en el registro' },
  pending: { en: 'Pending', es: 'Pendiente' },
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
  purpose: { en: 'purpose', es: 'finalidad' },
  fields: { en: 'fields', es: 'campos' },
} as const satisfies Readonly<Record<string, Wording>>;
