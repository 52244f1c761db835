import { pathId } from './path-id.js';

/** @throws Refusal NOT_FOUND */
export function invitationId(text: string): string {
  return pathId(text, 'There is no such invitation at this site.');
}
