import { plainHash } from '../crypto/keyed-hash.js';
import type { IntakeInput } from './create-intake.js';

/**
 * Whether two requests with one key ask for the same, whatever order their names stand in. The key is random and kept nowhere:
 * without it the hash tells nothing of what was sent, however well somebody guesses.
 */
export function contentHash(key: string, { taxYear, answers }: IntakeInput): Buffer {
  return Buffer.from(plainHash('submission-content', key, JSON.stringify({ taxYear, answers: answers ?? {} }, inOrder)));
}

/** For `JSON.stringify`, which writes names in the order in which they came. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
