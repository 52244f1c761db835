import { Refusal } from '../../platform/refusal.js';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** The text of a body. Bytes that are no UTF-8 would come back as other characters than were sent. @throws Refusal BAD_REQUEST */
export function readText(body: Uint8Array): string {
  try {
    return decoder.decode(body);
  } catch {
    throw new Refusal('BAD_REQUEST', 'The request is not in UTF-8.');
  }
}
