import { Refusal } from '../../platform/refusal.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id from a path. What is no id at all is as unknown as one that is not there. @param unknown what is said of both @throws Refusal NOT_FOUND */
export function pathId(text: string, unknown: string): string {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw new Refusal('NOT_FOUND', unknown);
  return id;
}
