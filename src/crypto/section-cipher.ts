import { equalBytes, uuidBytes, wipe } from './bytes.js';
import { CELL_TAG_BYTES, type CellPlace } from './cell-cipher.js';
import { cellCipher } from './fast-cipher.js';
import { keyedHash, keyedHash64 } from './keyed-hash.js';
import { randomBytes } from './random.js';
import { SealRefusal } from './seal-refusal.js';

/** Where a sealed section belongs. All of it is in the header and in the key, and is checked on opening. */
export interface SectionPlace {
  readonly siteId: string;
  readonly intakeId: string;
  /** The retention class's number in docs/formats.md. */
  readonly classNumber: number;
  readonly catalogueVersion: number;
  readonly intakeVersion: number;
}

const MAGIC = [0x54, 0x46, 0x53, 0x01] as const; // "TFS", format version 1
const HEADER_BYTES = 4 + 16 + 16 + 1 + 2 + 4;
const SALT_BYTES = 32;
const COMMITMENT_BYTES = 32;
const CELLS_AT = HEADER_BYTES + SALT_BYTES + COMMITMENT_BYTES;

/** Bytes a section takes beside its padded cells. */
export function sectionOverhead(cells: number): number {
  return CELLS_AT + cells * CELL_TAG_BYTES;
}

/**
 * Seals the padded cells of one class, each with its own tag (docs/formats.md, "Section").
 * The salt is made from fresh random bytes and the cells together, so that a generator that repeats itself still gives
 * another key to other cells.
 */
export function sealSection(classKey: Uint8Array, place: SectionPlace, cells: readonly Uint8Array[]): Uint8Array {
  const header = headerOf(place);
  const salt = keyedHash(classKey, 'section-salt', randomBytes(32), ...cells);
  const { sectionKey, commitment } = deriveSectionKey(classKey, header, salt);
  const out = new Uint8Array(cells.reduce((sum, cell) => sum + cell.length, sectionOverhead(cells.length)));
  out.set(header, 0);
  out.set(salt, HEADER_BYTES);
  out.set(commitment, HEADER_BYTES + SALT_BYTES);
  const places = placesOf(cells.map((cell) => cell.length));
  for (const { number, at } of places) out.set(cells[number]!, at);
  cellCipher.seal(sectionKey, out, places);
  wipe(sectionKey);
  return out;
}

/**
 * Opens some cells of a section, or all of them. What is not asked for stays sealed.
 * @param widths padded width of every cell of the class, in order
 * @throws SealRefusal before any cell is opened, or NOT_AUTHENTIC at the first cell that was changed
 */
export function openSection(
  classKey: Uint8Array,
  place: SectionPlace,
  section: Uint8Array,
  widths: readonly number[],
  wanted?: readonly number[],
): Map<number, Uint8Array> {
  const header = headerOf(place);
  checkShape(section, header, widths);
  const salt = section.subarray(HEADER_BYTES, HEADER_BYTES + SALT_BYTES);
  const { sectionKey, commitment } = deriveSectionKey(classKey, header, salt);
  try {
    if (!equalBytes(commitment, section.subarray(HEADER_BYTES + SALT_BYTES, CELLS_AT))) throw new SealRefusal('COMMITMENT_WRONG');
    const places = placesOf(widths);
    const asked = wanted ? wanted.map((number) => places[number]!) : places;
    const cells = cellCipher.open(sectionKey, section, asked);
    if (!cells) throw new SealRefusal('NOT_AUTHENTIC');
    const opened = new Map<number, Uint8Array>();
    for (let i = 0; i < asked.length; i += 1) opened.set(asked[i]!.number, cells[i]!);
    return opened;
  } finally {
    wipe(sectionKey);
  }
}

/** The cells stand one behind the other, each followed by its tag. Its number is its nonce: a section key seals one list of cells once. */
function placesOf(widths: readonly number[]): CellPlace[] {
  let at = CELLS_AT;
  return widths.map((width, number) => {
    const place = { number, at, width };
    at += width + CELL_TAG_BYTES;
    return place;
  });
}

function checkShape(section: Uint8Array, header: Uint8Array, widths: readonly number[]): void {
  if (section.length < CELLS_AT || MAGIC.some((byte, i) => section[i] !== byte)) throw new SealRefusal('FORMAT_UNKNOWN');
  if (!equalBytes(section.subarray(0, HEADER_BYTES), header)) throw new SealRefusal('CONTEXT_WRONG');
  const length = widths.reduce((sum, width) => sum + width, sectionOverhead(widths.length));
  if (section.length !== length) throw new SealRefusal('LENGTH_WRONG');
}

function deriveSectionKey(classKey: Uint8Array, header: Uint8Array, salt: Uint8Array) {
  const both = keyedHash64(classKey, 'section-key', salt, header);
  return { sectionKey: both.subarray(0, 32), commitment: both.subarray(32) };
}

function headerOf(place: SectionPlace): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = new DataView(header.buffer);
  header.set(MAGIC, 0);
  header.set(uuidBytes(place.siteId), 4);
  header.set(uuidBytes(place.intakeId), 20);
  view.setUint8(36, place.classNumber);
  view.setUint16(37, place.catalogueVersion);
  view.setUint32(39, place.intakeVersion);
  return header;
}
