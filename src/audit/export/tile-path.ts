/** C2SP tlog-tiles: hashes of a tile, and entries of a bundle. */
export const TILE_WIDTH = 256;

/**
 * C2SP tlog-tiles, "Merkle Tree": `tile/<L>/<N>`, with `.p/<W>` when it is not full. Three digits to a directory, all but the
 * last with an `x`: 1234067 is `x001/x234/067`.
 */
export function tilePath(level: number | 'entries', number: number, width: number): string {
  return `tile/${level}/${numberedPath(number, width)}`;
}

/** The same for what stands beside the bundle of that number. */
export function partsPath(number: number, width: number): string {
  return `parts/${numberedPath(number, width)}`;
}

/** A number below zero is none of a tile. Somebody can have put one into the database, and it is named as it is. */
function numberedPath(number: number, width: number): string {
  const digits = Math.abs(number).toString();
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g)!;
  const path = (number < 0 ? '-' : '') + groups.map((three, at) => (at < groups.length - 1 ? `x${three}` : three)).join('/');
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}
