import { textLength, writeText } from './text-bytes.js';

/** What a context is made of: text, raw bytes (ids, keys, hashes) or a whole number from 0 to 2^53 - 1. */
export type ContextPart = string | Uint8Array | number;

const PREFIX = 'thinfile/1/';
const NUMBER_BYTES = 8;

/**
 * The unambiguous encoding of a place or a purpose, used as associated data and as hash input (docs/formats.md, "Context").
 * Every part carries its length, so no two lists of parts encode alike; the label keeps purposes apart.
 */
export function context(label: string, ...parts: readonly ContextPart[]): Uint8Array {
  const out = new Uint8Array(contextLength(label, parts));
  writeContext(out, 0, label, parts);
  return out;
}

export function contextLength(label: string, parts: readonly ContextPart[]): number {
  let length = labelBytes(label).length;
  for (const part of parts) length += 4 + partLength(part);
  return length;
}

/** The same into memory that is there already, from `at` on. */
export function writeContext(out: Uint8Array, at: number, label: string, parts: readonly ContextPart[]): void {
  const first = labelBytes(label);
  out.set(first, at);
  let next = at + first.length;
  for (const part of parts) next = writePart(out, next, part);
}

/** The first part. Labels are constants of this code, and few. */
const labels = new Map<string, Uint8Array>();

function labelBytes(label: string): Uint8Array {
  const known = labels.get(label);
  if (known) return known;
  const bytes = new Uint8Array(4 + partLength(PREFIX + label));
  writePart(bytes, 0, PREFIX + label);
  labels.set(label, bytes);
  return bytes;
}

function partLength(part: ContextPart): number {
  if (typeof part === 'string') return textLength(part);
  return typeof part === 'number' ? NUMBER_BYTES : part.length;
}

/** @returns where the next part begins */
function writePart(out: Uint8Array, at: number, part: ContextPart): number {
  const length = partLength(part);
  putUint32(out, at, length);
  if (typeof part === 'string') writeText(part, out, at + 4, at + 4 + length);
  else if (typeof part === 'number') putNumber(out, at + 4, part);
  else out.set(part, at + 4);
  return at + 4 + length;
}

function putNumber(out: Uint8Array, at: number, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError('a context number is a whole number from 0 up');
  putUint32(out, at, Math.floor(value / 2 ** 32));
  putUint32(out, at + 4, value % 2 ** 32);
}

/** Big-endian. */
function putUint32(out: Uint8Array, at: number, value: number): void {
  out[at] = value >>> 24;
  out[at + 1] = value >>> 16;
  out[at + 2] = value >>> 8;
  out[at + 3] = value;
}
