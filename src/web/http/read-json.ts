import { Refusal } from '../../platform/refusal.js';
import { LIMITS } from './limits.js';
import { readText } from './read-text.js';

/**
 * Strings and the characters that open, close and part; numbers and words between them are of no interest here. A string that
 * nothing closes goes on to the end, a lone backslash included: were it no token, every quote within it would be tried anew.
 */
const TOKENS = /"(?:[^"\\]|\\.)*\\?"?|[{}[\],:]/gs;

/** What is being read: an object with the names it has so far and the name it stands under, or a list. */
type Holder = { readonly names: Set<string>; readonly under: string } | 'list';

/**
 * The JSON of a body. One that sends nothing means nothing: many clients say JSON of every request.
 * Attacker-controlled: looked over before anything is built from it. A name that stands twice in one object is refused, since
 * readers disagree on which of the two counts (RFC 8259, 4); so are names that reach for prototypes.
 * @throws Refusal BAD_REQUEST
 */
export function readJson(body: Uint8Array): unknown {
  if (body.length === 0) return undefined;
  const text = readText(body);
  lookOver(text);
  return parsed(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('BAD_REQUEST', 'The request is not JSON.');
  }
}

/** One pass without recursion. What is no JSON may be misread here: it is refused by the parser anyway. */
function lookOver(text: string): void {
  const holders: Holder[] = [];
  let [last, name] = ['', ''];
  for (const [token] of text.matchAll(TOKENS)) {
    const holder = holders.at(-1);
    if (token === '{') holders.push({ names: new Set(), under: last === ':' ? name : '' });
    else if (token === '[') holders.push('list');
    else if (token === '}' || token === ']') holders.pop();
    else if (token === ':' && typeof holder === 'object') addOnce(holder, (name = nameIn(last)));
    if (holders.length > LIMITS.jsonDepth) throw new Refusal('BAD_REQUEST', 'The request is nested too deeply.');
    last = token;
  }
}

function nameIn(quoted: string): string {
  return quoted.includes('\\') ? String(parsed(quoted)) : quoted.slice(1, -1);
}

function addOnce({ names, under }: Exclude<Holder, 'list'>, name: string): void {
  const reaches = name === '__proto__' || (under === 'constructor' && name === 'prototype');
  if (reaches) throw new Refusal('BAD_REQUEST', 'The request holds a name that no field has.');
  if (names.has(name)) throw new Refusal('BAD_REQUEST', 'The request holds a name twice.');
  names.add(name);
}
