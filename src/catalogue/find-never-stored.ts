import { isNeverStoredName } from './never-stored.js';
import { safeName } from './safe-name.js';

/** Deeper than any answer lies: below this nothing is looked at, since it is refused as not an answer anyway. */
const DEEPEST = 8;

/** The paths of everything in a client's JSON that is named like what is never stored, wherever it stands. */
export function findNeverStored(input: unknown): string[] {
  const found: string[] = [];
  visit(input, '', 0, found);
  return found;
}

function visit(value: unknown, path: string, depth: number, found: string[]): void {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return;
  for (const key of Object.keys(value)) {
    const below = `${path}${path === '' ? '' : '.'}${Array.isArray(value) ? key : safeName(key)}`;
    if (!Array.isArray(value) && isNeverStoredName(key)) found.push(below);
    else visit((value as Record<string, unknown>)[key], below, depth + 1, found);
  }
}
