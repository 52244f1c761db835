import { createHash, randomBytes } from 'node:crypto';
import type { AskedInput } from './asked-input.js';
import { namesOf } from './form-to-answers.js';
import type { FormValues } from './form-values.js';

/** Of the form: with what it was opened. */
export const OPENED_WITH = 'openedWith';

const SALT_BYTES = 12;
const MARK_BYTES = 6;
const PEOPLE = 'people';

/**
 * Marks what a page showed when it was opened, for a hidden field of its form: so that it is known when the form comes back what somebody typed
 * and what only stood there. The page shows all of it anyway; the marks tell a reader of the form less.
 * @param people whom the household consisted of, in their order
 */
export function openedWith(inputs: readonly AskedInput[], values: FormValues, people: readonly (string | undefined)[]): string {
  const salt = randomBytes(SALT_BYTES);
  const marks = inputs.flatMap(({ path, field }) => namesOf(path, field)).map((name) => mark(salt, name, values[name] ?? ''));
  return Buffer.concat([salt, mark(salt, PEOPLE, JSON.stringify(people)), ...marks]).toString('base64url');
}

/** What a form that came back says of its opening. It was a visitor's to change: then what they typed and what stood there are mixed up, for them alone. */
export interface Opened {
  /** Did this control show this? */
  readonly showed: (name: string, value: string) => boolean;
  /** Were these the people? */
  readonly wasFor: (people: readonly (string | undefined)[]) => boolean;
}

/** A form that does not say showed nothing: all of it was typed. */
export function readOpened({ [OPENED_WITH]: text = '' }: FormValues): Opened {
  const bytes = Buffer.from(text, 'base64url');
  const salt = bytes.subarray(0, SALT_BYTES);
  const marks = new Set<string>();
  for (let at = SALT_BYTES; at + MARK_BYTES <= bytes.length; at += MARK_BYTES) marks.add(bytes.toString('hex', at, at + MARK_BYTES));
  const has = (name: string, value: string): boolean => marks.size > 0 && marks.has(mark(salt, name, value).toString('hex'));
  return { showed: has, wasFor: (people) => has(PEOPLE, JSON.stringify(people)) };
}

/** As it comes back from a browser, which writes the ends of lines in its own way. */
function mark(salt: Uint8Array, name: string, value: string): Buffer {
  const text = JSON.stringify([name, value.trim().replace(/\r\n?/g, '\n')]);
  return createHash('sha256').update(salt).update(text).digest().subarray(0, MARK_BYTES);
}
