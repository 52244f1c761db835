import type { Wording } from '../../catalogue/wording.js';

export const SITES_WORDS = {
  title: { en: 'Sites', es: 'Centros' },
  intro: {
    en: 'You belong to the whole organization and work at one site at a time. Each site has its own members, intakes, log entries and key, and nobody of one sees those of another. Destruction runs and certificates are of the whole organization: the members of every site see how much was destroyed and when, and no other site’s name.',
    es: 'Usted pertenece a toda la organización y trabaja en un centro a la vez. Cada centro tiene sus propios miembros, expedientes, registro y llave, y nadie de uno ve los de otro. La destrucción y sus certificados son de toda la organización: los miembros de cada centro ven cuánto se destruyó y cuándo, y no el nombre de otros centros.',
  },
  name: { en: 'Site', es: 'Centro' },
  timeZone: { en: 'Time zone', es: 'Zona horaria' },
  work: { en: 'Work', es: 'Trabajo' },
  here: { en: 'You work here', es: 'Usted trabaja aquí' },
  choose: { en: 'Work here', es: 'Trabajar aquí' },
  newTitle: { en: 'Open another site', es: 'Abrir otro centro' },
  newHint: {
    en: 'Then go there, look at its settings, and invite its first preparer, who makes its key.',
    es: 'Después vaya allí, revise sus ajustes e invite a su primer preparador, que creará su llave.',
  },
  open: { en: 'Open the site', es: 'Abrir el centro' },
  change: { en: 'Change site', es: 'Cambiar de centro' },
} as const satisfies Readonly<Record<string, Wording>>;

export const OTHER_SITE_WORDS = {
  title: { en: 'You work at another site now', es: 'Ahora trabaja en otro centro' },
  explain: {
    en: 'This form was opened at another site than the one you work at now, perhaps in another window. Nothing was changed. Go to the site that you mean, and open the page again.',
    es: 'Este formulario se abrió en un centro distinto de aquel en el que trabaja ahora, quizá en otra ventana. No se cambió nada. Vaya al centro que desea y abra de nuevo la página.',
  },
} as const satisfies Readonly<Record<string, Wording>>;
