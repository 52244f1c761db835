import { pathId } from './path-id.js';

/** @throws Refusal NOT_FOUND */
export function holdId(text: string): string {
  return pathId(text, 'There is no such hold at this site.');
}
