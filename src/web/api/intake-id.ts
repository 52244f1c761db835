import { pathId } from './path-id.js';

/** @throws Refusal NOT_FOUND */
export function intakeId(text: string): string {
  return pathId(text, 'There is no such intake at this site.');
}
