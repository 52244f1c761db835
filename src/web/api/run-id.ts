import { pathId } from './path-id.js';

/** Of its certificate too. @throws Refusal NOT_FOUND */
export function runId(text: string, what: 'run' | 'certificate' = 'run'): string {
  return pathId(text, `There is no such ${what}.`);
}
