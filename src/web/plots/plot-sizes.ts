import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';

export type PlotWidth = 'narrow' | 'wide';

/** One panel a class: beside each other on a wide screen, below each other on a phone. In CSS pixels, so that text keeps its size. */
export const PANEL = { width: 328, height: 140 } as const;
export const PANELS_IN_A_ROW: Readonly<Record<PlotWidth, number>> = { narrow: 1, wide: 3 };

export const PLOT_SIZES = { narrow: sizeOf('narrow'), wide: sizeOf('wide') } as const;

/** One picture over the whole width. */
export const READINGS_PLOT_SIZES = { narrow: { width: 328, height: 340 }, wide: { width: 984, height: 340 } } as const;

function sizeOf(width: PlotWidth): { readonly width: number; readonly height: number } {
  const across = PANELS_IN_A_ROW[width];
  return { width: across * PANEL.width, height: Math.ceil(RETENTION_CLASSES.length / across) * PANEL.height };
}
