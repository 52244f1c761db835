/** Padded cells one behind the other, in one piece of memory: of a section, or those of it that were asked for. */
export interface PaddedCells {
  readonly bytes: Uint8Array;
  /** Of each, in order. */
  readonly widths: readonly number[];
}

export function totalWidth(widths: readonly number[]): number {
  let total = 0;
  for (const width of widths) total += width;
  return total;
}
