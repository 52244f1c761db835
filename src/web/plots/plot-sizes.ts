export type PlotWidth = 'narrow' | 'wide';

/** One panel a class: beside each other on a wide screen, below each other on a phone. In CSS pixels, so that text keeps its size. */
export const PANEL = { width: 328, height: 140 } as const;
export const PANELS_IN_A_ROW: Readonly<Record<PlotWidth, number>> = { narrow: 1, wide: 3 };

/** One picture over the whole width. */
export const READINGS_PLOT_SIZES = { narrow: { width: 328, height: 440 }, wide: { width: 984, height: 340 } } as const;

/** Of a picture with so many panels. */
export function livingPlotSize(width: PlotWidth, panels: number): { readonly width: number; readonly height: number } {
  const across = PANELS_IN_A_ROW[width];
  return { width: across * PANEL.width, height: Math.ceil(panels / across) * PANEL.height };
}
