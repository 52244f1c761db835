import { totalWidth, type PaddedCells } from '../crypto/padded-cells.js';
import { textLength, textReader, writeText } from '../crypto/text-bytes.js';
import { Refusal } from '../platform/refusal.js';
import type { AnswerValue } from './answer-kinds.js';
import type { Answers } from './answers.js';
import { LENGTH_BYTES } from './build-catalogue.js';
import { catalogue } from './catalogue.js';
import type { Cell, FieldDeclaration } from './field-declaration.js';
import type { RetentionClass } from './retention-class.js';

/**
 * A cell is u16 big-endian (0 for a blank, else the length in bytes and one more), the UTF-8 of the value, and zeros up
 * to the cell's width. A blank is as wide as a value, so that sealed bytes do not show which was given.
 */

/** The padded bytes of a value. Throws RangeError on one wider than its field: `parseAnswers` lets none through. */
export function encodeCell(field: FieldDeclaration, value: AnswerValue | undefined): Uint8Array {
  return encodeCells([field], [value]).bytes;
}

/** As it is written; `undefined` for a blank. */
function textOf(field: FieldDeclaration, value: AnswerValue | undefined): string | undefined {
  if (value !== undefined && typeof value !== field.type) throw new TypeError(`${field.path} takes a ${field.type}`);
  return value === undefined ? undefined : String(value);
}

function widthOf(field: FieldDeclaration, text: string | undefined): number {
  if (field.kind !== 'longText' || text === undefined) return field.width;
  return Math.min(field.maxWidth, expectedWidth(field, LENGTH_BYTES + textLength(text)));
}

/** Into zeros. */
function writeCell(field: FieldDeclaration, bytes: Uint8Array, at: number, end: number, text: string | undefined): void {
  if (text === undefined) return;
  try {
    const stored = writeText(text, bytes, at + LENGTH_BYTES, end) + 1;
    bytes[at] = stored >> 8;
    bytes[at + 1] = stored;
  } catch {
    throw new RangeError(`${field.path} does not fit into its cell`);
  }
}

/**
 * The value of a cell; `undefined` for a blank. Refuses SECTION_NOT_AUTHENTIC what `encodeCell` cannot have written:
 * another width, a length past the end, padding that is not zero, broken UTF-8, a value of another type.
 */
export function decodeCell(field: FieldDeclaration, cell: Uint8Array): AnswerValue | undefined {
  return readCell(field, viewOf(cell), textReader(cell), 0, cell.length);
}

type TextReader = ReturnType<typeof textReader>;

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function readCell(field: FieldDeclaration, bytes: DataView, read: TextReader, at: number, width: number): AnswerValue | undefined {
  if (width < LENGTH_BYTES) throw malformed(field);
  const stored = bytes.getUint16(at);
  const length = LENGTH_BYTES + Math.max(0, stored - 1);
  if (length > width || width !== expectedWidth(field, length)) throw malformed(field);
  if (!isZero(bytes, at + length, at + width)) throw malformed(field);
  return stored === 0 ? undefined : valueOf(field, read, at + LENGTH_BYTES, at + length);
}

/** A loop, four bytes at a time, since every read walks all padding: with `some` decoding took three times as long. */
function isZero(bytes: DataView, start: number, end: number): boolean {
  let seen = 0;
  let at = start;
  for (; at + 4 <= end; at += 4) seen |= bytes.getInt32(at);
  for (; at < end; at += 1) seen |= bytes.getUint8(at);
  return seen === 0;
}

function valueOf(field: FieldDeclaration, read: TextReader, start: number, end: number): AnswerValue {
  let text: string;
  try {
    text = read(start, end);
  } catch {
    throw malformed(field);
  }
  if (field.type === 'string') return text;
  const value = field.type === 'boolean' ? text === 'true' : Number(text);
  if (String(value) !== text) throw malformed(field);
  return value;
}

function expectedWidth(field: FieldDeclaration, needed: number): number {
  return field.kind === 'longText' ? Math.max(field.width, 2 ** Math.ceil(Math.log2(needed))) : field.width;
}

function malformed(field: FieldDeclaration): Refusal {
  return new Refusal('SECTION_NOT_AUTHENTIC', 'A sealed answer opened but is not in the form it is written in.', {
    fields: [field.path],
  });
}

type Values = Record<string, AnswerValue | undefined>;
/** Answers while they are put together: the same shape, read by group and name. */
type LooseAnswers = Record<string, Values | Values[] | undefined>;

/** What an answer is, by its cell; `undefined` for a blank. */
export function answerAt(answers: Answers, cell: Pick<Cell, 'field' | 'slot'>): AnswerValue | undefined {
  const group = (answers as LooseAnswers)[cell.field.group];
  const values = Array.isArray(group) ? group[cell.slot ?? 0] : group;
  return values?.[cell.field.name];
}

/** The padded cells of a section, every one of them, in the catalogue's order. */
export function answersToCells(answers: Answers, retentionClass: RetentionClass): PaddedCells {
  const cells = catalogue.cells(retentionClass);
  return encodeCells(cells.map(({ field }) => field), cells.map((cell) => answerAt(answers, cell)));
}

/** Values and blanks of these fields as padded cells, in this order. */
export function encodeCells(fields: readonly FieldDeclaration[], values: readonly (AnswerValue | undefined)[]): PaddedCells {
  const texts: (string | undefined)[] = [];
  const widths: number[] = [];
  for (let i = 0; i < fields.length; i += 1) {
    const text = textOf(fields[i]!, values[i]);
    texts.push(text);
    widths.push(widthOf(fields[i]!, text));
  }
  const bytes = new Uint8Array(totalWidth(widths));
  let at = 0;
  for (let i = 0; i < texts.length; i += 1) {
    const end = at + widths[i]!;
    writeCell(fields[i]!, bytes, at, end, texts[i]);
    at = end;
  }
  return { bytes, widths };
}

/** The values of padded cells of these fields, in this order. Refuses what `decodeCell` refuses. */
export function decodeCells(fields: readonly FieldDeclaration[], { bytes, widths }: PaddedCells): readonly (AnswerValue | undefined)[] {
  const [read, view] = [textReader(bytes), viewOf(bytes)];
  const values: (AnswerValue | undefined)[] = [];
  let at = 0;
  for (let i = 0; i < fields.length; i += 1) {
    values.push(readCell(fields[i]!, view, read, at, widths[i]!));
    at += widths[i]!;
  }
  return values;
}

/**
 * Adds opened cells to `into` and returns it. Cells that are not there stay unread; blanks are left out.
 * A person keeps their position: where an earlier place holds nothing of what was opened, `{}` stands there, and never
 * at the end of the list.
 * @param cells of a class, in the catalogue's order: all of them, or those that were asked for
 */
export function cellsToAnswers(cells: readonly Cell[], opened: PaddedCells, into: Answers = {}): Answers {
  const values = decodeCells(cells.map(({ field }) => field), opened);
  cells.forEach((cell, i) => {
    if (values[i] !== undefined) placeFor(into as LooseAnswers, cell)[cell.field.name] = values[i];
  });
  return into;
}

function placeFor(answers: LooseAnswers, { field, slot }: Cell): Values {
  if (slot === undefined) return (answers[field.group] ??= {}) as Values;
  const people = (answers[field.group] ??= []) as Values[];
  while (people.length <= slot) people.push({});
  return people[slot] as Values;
}
