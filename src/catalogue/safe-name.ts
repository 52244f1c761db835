import { ANSWER_GROUPS, HOUSEHOLD_SLOTS } from './answers.js';
import { catalogue } from './catalogue.js';
import { isNeverStoredName } from './never-stored.js';
import { RETENTION_CLASSES } from './retention-class.js';

const OURS: ReadonlySet<string> = new Set(
  [...Object.keys(ANSWER_GROUPS), ...RETENTION_CLASSES, ...catalogue.fields.map(({ name }) => name)].map((name) => name.toLowerCase()),
);

/** No path of ours has more parts. */
const MOST_PARTS = 4;

/**
 * A key that a client sent, fit to be named in an error. Keys can carry answers as well as values do (a surname typed into the
 * wrong place looks like any name), so one that the catalogue does not know anywhere, whatever its case, nor the list of what is
 * never stored, comes out as `?`.
 */
export function safeName(key: string): string {
  const isWord = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(key);
  return isWord && (OURS.has(key.toLowerCase()) || isNeverStoredName(key)) ? key : '?';
}

/** The same of a dotted path. A number stands in it as a place of the household and nowhere else. */
export function safePath(path: string): string {
  const parts = path.split('.').slice(0, MOST_PARTS);
  return parts.map((part, at) => (parts[at - 1] === 'household' && isPlace(part) ? part : safeName(part))).join('.');
}

function isPlace(part: string): boolean {
  return /^\d{1,2}$/.test(part) && Number(part) < HOUSEHOLD_SLOTS;
}
