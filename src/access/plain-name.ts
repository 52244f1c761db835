import { isBlank } from '../catalogue/free-text.js';
import { Refusal } from '../platform/refusal.js';

/**
 * Line breaks and control characters forge lines in a terminal or a print; the overrides and isolates of writing direction
 * make a name read as another one. Marks of direction (U+200E, U+200F) and joiners stay: names are written with them.
 */
const FORGING = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Cs}]/u;

export type NameFlaw = 'blank' | 'broken characters';

/** What is wrong with the name of a person, a site or an organisation, or `undefined`. */
export function flawOfName(name: string): NameFlaw | undefined {
  if (FORGING.test(name)) return 'broken characters';
  return isBlank(name) ? 'blank' : undefined;
}

/** @param names by the field that holds each @throws Refusal INVALID_INPUT naming the fields that hold no such name */
export function checkNames(names: Readonly<Record<string, string>>): void {
  const fields = Object.keys(names).filter((field) => flawOfName(names[field]!) !== undefined);
  if (fields.length === 0) return;
  throw new Refusal('INVALID_INPUT', 'A name is one line of characters that can be seen, without control characters.', { fields });
}
