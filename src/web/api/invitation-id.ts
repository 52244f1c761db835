import { Refusal } from '../../platform/refusal.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** An id from a path. What is no id at all is as unknown as one that is not there. @throws Refusal NOT_FOUND */
export function invitationId(text: string): string {
  const id = text.toLowerCase();
  if (!UUID.test(id)) throw new Refusal('NOT_FOUND', 'There is no such invitation at this site.');
  return id;
}
