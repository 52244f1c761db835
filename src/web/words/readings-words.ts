import type { Wording } from '../../catalogue/wording.js';

export const READINGS_WORDS = {
  title: { en: 'Reading over time', es: 'Lecturas a lo largo del tiempo' },
  intro: {
    en: 'How often answers of clients were opened, searched or listed at this site, on each of the last 90 days.',
    es: 'Cuántas veces se abrieron, buscaron o listaron respuestas de clientes en este centro, en cada uno de los últimos 90 días.',
  },
  by: { en: 'Divided', es: 'Dividido' },
  purpose: { en: 'by purpose', es: 'por finalidad' },
  member: { en: 'by member', es: 'por miembro' },
  none: { en: 'Nothing was read in these days.', es: 'No se leyó nada en estos días.' },
  figures: { en: 'The same in figures', es: 'Lo mismo en cifras' },
  day: { en: 'Day', es: 'Día' },
  all: { en: 'All', es: 'Todo' },
  others: { en: 'others', es: 'otros' },
  back: { en: 'Back to the access log', es: 'Volver al registro de accesos' },
} as const satisfies Readonly<Record<string, Wording>>;

/** @param total readings on all days together, and the most on one */
export function readingsPlotInWords(total: number, most: number): Wording {
  return {
    en: `Readings a day in the last 90 days: ${total} in all, ${most} at the most on one day. The figures follow as a table.`,
    es: `Lecturas por día en los últimos 90 días: ${total} en total, ${most} como máximo en un día. Las cifras siguen en una tabla.`,
  };
}
