import { Refusal } from '../../platform/refusal.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id of a run, and of its certificate, from a path. What is no id at all is as unknown as one that is not there. @throws Refusal NOT_FOUND */
export function runId(text: string, what: 'run' | 'certificate' = 'run'): string {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw new Refusal('NOT_FOUND', `There is no such ${what}.`);
  return id;
}
