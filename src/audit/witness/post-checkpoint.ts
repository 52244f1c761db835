import type { WitnessFailure } from '../../platform/event-log.js';
import type { HttpAnswer } from './submission.js';

/** A handful of signature lines; what is longer is something else. */
const LONGEST_ANSWER = 16_384;

/** The service stops: nothing came of it, and it is nobody's fault. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/**
 * One request to one witness. No redirect is followed, no more of the answer is read than a witness has to say, and it takes no
 * longer than it may, body included.
 * @throws Stopped when the service stops meanwhile
 */
export async function postCheckpoint(url: string, body: string, timeoutMs: number, stopping: AbortSignal): Promise<HttpAnswer | WitnessFailure> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([stopping, timeout]),
    });
    const text = await readBounded(response);
    if (text === undefined) return 'ANSWER_TOO_LONG';
    return { status: response.status, contentType: response.headers.get('content-type') ?? '', body: text };
  } catch {
    if (stopping.aborted) throw new Stopped('the service stops');
    return timeout.aborted ? 'TIMEOUT' : 'UNREACHABLE';
  }
}

/** @returns undefined when it is longer than it may be; the rest is left unread */
async function readBounded({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
