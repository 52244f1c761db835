import { pathId } from './path-id.js';

/** @throws Refusal NOT_FOUND */
export function approvalId(text: string): string {
  return pathId(text, 'There is no such request at this site.');
}
