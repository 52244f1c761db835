import type { PaddedCells } from '../../src/crypto/padded-cells.js';

export function joined(cells: readonly Uint8Array[]): PaddedCells {
  return { bytes: new Uint8Array(Buffer.concat(cells)), widths: cells.map((cell) => cell.length) };
}

export function apart({ bytes, widths }: PaddedCells): Uint8Array[] {
  let at = 0;
  return widths.map((width) => {
    const start = at;
    at += width;
    return bytes.slice(start, at);
  });
}
