import type { Wording } from '../../catalogue/wording.js';

type Words = Readonly<Record<string, Wording>>;

export const SHELL_WORDS = {
  skipToContent: { en: 'Skip to main content', es: 'Ir al contenido principal' },
  mainNavigation: { en: 'Main', es: 'Principal' },
  signOut: { en: 'Sign out', es: 'Cerrar sesión' },
  password: { en: 'Password', es: 'Contraseña' },
  waiting: { en: 'waiting for you', es: 'en espera de usted' },
  errorPrefix: { en: 'Error:', es: 'Error:' },
  demonstration: {
    en: 'Demonstration: enter made-up people only.',
    es: 'Demostración: use solo datos de personas inventadas.',
  },
  footer: {
    en: 'Every reading of an answer is written into a log that cannot be edited. Every answer has a day from which nobody can read it.',
    es: 'Cada lectura de una respuesta queda en un registro que no se puede modificar. Cada respuesta tiene un día a partir del cual nadie puede leerla.',
  },
  help: { en: 'Questions? Ask the person who runs this site.', es: '¿Tiene preguntas? Hable con la persona responsable de este centro.' },
  howLong: { en: 'How long answers are kept', es: 'Cuánto tiempo se guardan las respuestas' },
} as const satisfies Words;

export const NAVIGATION_WORDS = {
  intakes: { en: 'Intakes', es: 'Expedientes' },
  members: { en: 'Members', es: 'Miembros' },
  runs: { en: 'Destruction runs', es: 'Destrucción de datos' },
  holds: { en: 'Legal holds', es: 'Conservación' },
  approvals: { en: 'Approvals', es: 'Aprobaciones' },
  entries: { en: 'Access log', es: 'Registro de accesos' },
  findings: { en: 'What stands out', es: 'Lo que llama la atención' },
  verification: { en: 'Verification', es: 'Verificación' },
  settings: { en: 'Site settings', es: 'Ajustes del centro' },
  policy: { en: 'How long we keep it', es: 'Cuánto tiempo lo guardamos' },
  whatWeHold: { en: 'What we ask and why', es: 'Qué preguntamos y por qué' },
} as const satisfies Words;

export const ROLE_WORDS = {
  preparer: { en: 'preparer', es: 'preparador' },
  administrator: { en: 'administrator', es: 'administrador' },
  auditor: { en: 'auditor', es: 'auditor' },
} as const satisfies Words;
