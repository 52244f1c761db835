import { Refusal } from '../../platform/refusal.js';
import { LIMITS } from './limits.js';
import { readText } from './read-text.js';

/**
 * The fields of a form as browsers send them (URL Standard, 5.1), by name. Stricter than the standard, which reads anything:
 * what no browser makes (a stray `%`, bytes that are no UTF-8, a name twice) was not sent by one of our pages.
 * @throws Refusal BAD_REQUEST
 */
export function readForm(body: Uint8Array): Readonly<Record<string, string>> {
  const pairs = readText(body).split('&').filter((pair) => pair !== '');
  if (pairs.length > LIMITS.formFields) throw notOurs();
  const fields = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = decoded(at < 0 ? pair : pair.slice(0, at));
    if (fields.has(name)) throw notOurs();
    fields.set(name, at < 0 ? '' : decoded(pair.slice(at + 1)));
  }
  return Object.fromEntries(fields);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw notOurs();
  }
}

function notOurs(): Refusal {
  return new Refusal('BAD_REQUEST', 'This is not what the form sends.');
}
