import { pathId } from './path-id.js';

/** @throws Refusal NOT_FOUND */
export function memberId(text: string): string {
  return pathId(text, 'There is no such member at this site.');
}
