import { wipe, writeUuid } from './bytes.js';
import { CELL_TAG_BYTES } from './cell-cipher.js';
import { cellCipher } from './fast-cipher.js';
import { keyedHash, keyedHash64 } from './keyed-hash.js';
import { totalWidth, type PaddedCells } from './padded-cells.js';
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
const CATALOGUE_VERSION_AT = 4 + 16 + 16 + 1;
const HEADER_BYTES = CATALOGUE_VERSION_AT + 2 + 4;
const SALT_BYTES = 32;
const COMMITMENT_AT = HEADER_BYTES + SALT_BYTES;
const COMMITMENT_BYTES = 32;
const CELLS_AT = COMMITMENT_AT + COMMITMENT_BYTES;

/** Bytes a section takes beside its padded cells. */
export function sectionOverhead(cells: number): number {
  return CELLS_AT + cells * CELL_TAG_BYTES;
}

/**
 * The catalogue version that a section says it was sealed under, from 0 to 65,535; NaN when it is too short to say. Only a claim:
 * whoever stored the bytes chose it, and opening under that version shows whether it is so.
 */
export function claimedCatalogueVersion(section: Uint8Array): number {
  return section[CATALOGUE_VERSION_AT]! * 256 + section[CATALOGUE_VERSION_AT + 1]!;
}

/**
 * Seals the padded cells of one class, each with its own tag (docs/formats.md, "Section").
 * The salt is made from fresh random bytes and the cells together, so that a generator that repeats itself still gives
 * another key to other cells.
 */
export function sealSection(classKey: Uint8Array, place: SectionPlace, { bytes, widths }: PaddedCells): Uint8Array {
  const out = new Uint8Array(sectionOverhead(widths.length) + bytes.length);
  writeHeader(out, place);
  const header = out.subarray(0, HEADER_BYTES);
  const salt = keyedHash(classKey, 'section-salt', randomBytes(32), bytes);
  const keyAndCommitment = deriveSectionKey(classKey, header, salt);
  out.set(salt, HEADER_BYTES);
  out.set(keyAndCommitment.subarray(32), COMMITMENT_AT);
  cellCipher.seal(keyAndCommitment.subarray(0, 32), bytes, widths, out, CELLS_AT);
  wipe(keyAndCommitment);
  return out;
}

/**
 * Opens some cells of a section, or all of them. What is not asked for stays sealed.
 * @param widths padded width of every cell of the class, in order
 * @param wanted numbers of cells; absent = all
 * @returns the wanted cells, in the order in which they were asked for
 * @throws SealRefusal before any cell is opened, or NOT_AUTHENTIC at the first cell that was changed
 */
export function openSection(
  classKey: Uint8Array,
  place: SectionPlace,
  section: Uint8Array,
  widths: readonly number[],
  wanted?: readonly number[],
): PaddedCells {
  const header = new Uint8Array(HEADER_BYTES);
  writeHeader(header, place);
  checkShape(section, header, widths);
  const keyAndCommitment = deriveSectionKey(classKey, header, section.subarray(HEADER_BYTES, COMMITMENT_AT));
  try {
    if (!holdsCommitment(section, keyAndCommitment)) throw new SealRefusal('COMMITMENT_WRONG');
    const bytes = cellCipher.open(keyAndCommitment.subarray(0, 32), section, CELLS_AT, widths, wanted);
    if (!bytes) throw new SealRefusal('NOT_AUTHENTIC');
    return { bytes, widths: wanted ? wanted.map((number) => widths[number]!) : widths };
  } finally {
    wipe(keyAndCommitment);
  }
}

function checkShape(section: Uint8Array, header: Uint8Array, widths: readonly number[]): void {
  if (section.length < CELLS_AT) throw new SealRefusal('FORMAT_UNKNOWN');
  for (let i = 0; i < HEADER_BYTES; i += 1) if (section[i] !== header[i]) throw new SealRefusal(i < MAGIC.length ? 'FORMAT_UNKNOWN' : 'CONTEXT_WRONG');
  if (section.length !== sectionOverhead(widths.length) + totalWidth(widths)) throw new SealRefusal('LENGTH_WRONG');
}

function holdsCommitment(section: Uint8Array, keyAndCommitment: Uint8Array): boolean {
  let difference = 0;
  for (let i = 0; i < COMMITMENT_BYTES; i += 1) difference |= section[COMMITMENT_AT + i]! ^ keyAndCommitment[32 + i]!;
  return difference === 0;
}

/** The section's key, 32 bytes, and behind it the commitment to it. */
function deriveSectionKey(classKey: Uint8Array, header: Uint8Array, salt: Uint8Array): Uint8Array {
  return keyedHash64(classKey, 'section-key', salt, header);
}

function writeHeader(into: Uint8Array, place: SectionPlace): void {
  into.set(MAGIC, 0);
  writeUuid(place.siteId, into, 4);
  writeUuid(place.intakeId, into, 20);
  into[36] = place.classNumber;
  into[CATALOGUE_VERSION_AT] = place.catalogueVersion >>> 8;
  into[CATALOGUE_VERSION_AT + 1] = place.catalogueVersion;
  for (let i = 0; i < 4; i += 1) into[39 + i] = place.intakeVersion >>> (24 - 8 * i);
}
