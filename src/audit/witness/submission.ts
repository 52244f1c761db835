import type { WitnessFailure } from '../../platform/event-log.js';

/** A checkpoint, and the proof that it begins with what the witness cosigned last. */
export interface Submission {
  readonly oldSize: number;
  /** From the old size to the checkpoint's: RFC 6962, section 2.1.2. */
  readonly proof: readonly Buffer[];
  /** The signed checkpoint, without cosignatures. */
  readonly note: string;
  readonly size: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What came of it: lines of cosignatures, not looked at yet; the size that the witness is at; or why there is neither. */
export type Answer = { readonly lines: string } | { readonly at: number } | { readonly failure: WitnessFailure };

const SIZE_TYPE = 'text/x.tlog.size';
const BY_STATUS: Readonly<Record<number, WitnessFailure>> = { 403: 'KEY_UNKNOWN', 404: 'LOG_UNKNOWN', 422: 'FORKED', 429: 'BUSY' };

/** C2SP tlog-witness, "add-checkpoint": the request's body. */
export function submissionBody({ oldSize, proof, note }: Submission): string {
  return `old ${oldSize}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`;
}

/**
 * C2SP tlog-witness, "add-checkpoint": the response. All of it may be made up. A proof that does not verify (422) and another root
 * at the same size (409 without another size) mean that the witness cosigned another history of this log.
 */
export function readAnswer({ status, contentType, body }: HttpAnswer, { oldSize, size }: Pick<Submission, 'oldSize' | 'size'>): Answer {
  if (status === 200) return { lines: body };
  if (status === 409) return conflict(contentType, body, oldSize, size);
  if (status >= 300 && status < 400) return { failure: 'REDIRECTED' };
  return { failure: BY_STATUS[status] ?? (status >= 500 ? 'BUSY' : 'REFUSED') };
}

function conflict(contentType: string, body: string, oldSize: number, size: number): Answer {
  const [, digits] = contentType.split(';')[0]!.trim().toLowerCase() === SIZE_TYPE ? (/^(0|[1-9][0-9]{0,15})\n$/.exec(body) ?? []) : [];
  const at = Number(digits);
  if (Number.isSafeInteger(at) && at !== oldSize) return at > size ? { failure: 'AHEAD' } : { at };
  return { failure: oldSize === size ? 'FORKED' : 'ANSWER_MALFORMED' };
}
