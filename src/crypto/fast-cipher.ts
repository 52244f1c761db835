import { equalBytes } from './bytes.js';
import { rawCipher, wrappedCipher, CELL_TAG_BYTES, type CellCipher } from './cell-cipher.js';
import { totalWidth } from './padded-cells.js';
import { loadRaw, rawOrWrapped, type RawLibsodium } from './raw-libsodium.js';

/**
 * The raw module where it does exactly what the wrappers do, else the wrappers: it is two to three times faster and no
 * official interface, so it is tried on known cells at every start, a forged one among them.
 */
export const cellCipher: CellCipher = await chooseCipher(loadRaw);

export function chooseCipher(load: () => Promise<RawLibsodium>): Promise<CellCipher> {
  return rawOrWrapped(load, rawCipher, agrees, wrappedCipher);
}

function agrees(raw: CellCipher): boolean {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
  const widths = [0, 1, 15, 64, 513];
  const plain = Uint8Array.from({ length: totalWidth(widths) }, (_, i) => i * 13);
  const [mine, theirs] = [raw, wrappedCipher].map((cipher) => {
    const section = new Uint8Array(3 + plain.length + widths.length * CELL_TAG_BYTES);
    cipher.seal(key, plain, widths, section, 3);
    return section;
  }) as [Uint8Array, Uint8Array];
  const forged = theirs.slice();
  forged[forged.length - 1]! ^= 1;
  const [whole, some] = [raw.open(key, theirs, 3, widths), raw.open(key, theirs, 3, widths, [4, 2])];
  return (
    equalBytes(mine, theirs) &&
    whole !== undefined &&
    equalBytes(whole, plain) &&
    some !== undefined &&
    equalBytes(some, Uint8Array.from([...plain.subarray(80), ...plain.subarray(1, 16)])) &&
    raw.open(key, forged, 3, widths) === undefined
  );
}
