import { HttpException } from '@nestjs/common';
import { SealRefusal } from '../../crypto/seal-refusal.js';
import { DatabaseError, DatabaseUnavailable } from '../../platform/database-error.js';
import { Refusal, type RefusalCode } from '../../platform/refusal.js';

const BY_STATUS: Readonly<Record<number, readonly [RefusalCode, string]>> = {
  400: ['BAD_REQUEST', 'The request could not be read.'],
  // Of libraries, for addresses that reach out of a folder: ours are refused by the guard.
  403: ['NOT_FOUND', 'There is nothing here.'],
  404: ['NOT_FOUND', 'There is nothing here.'],
  413: ['TOO_LARGE', 'The request is larger than this service takes.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'The request has a content type that this service does not take.'],
};

const TAMPERED = 'Something stored is not what was written here. Nothing was opened; tell your administrator.';

const AWAY = 'A database does not answer or has no room. If you were saving, look whether it is there before you send it again.';

/** Of transactions that stood in each other's way PostgreSQL rolled this one back: a deadlock, or one that could not be put in any order. */
const IN_THE_WAY: ReadonlySet<string> = new Set(['40P01', '40001']);
const CROWDED = 'Others were writing the same at that moment. Nothing was saved; try again.';

/**
 * What an exception says to a client. Other people's messages may hold what was sent, so none of them is passed on; what
 * nobody foresaw is INTERNAL and says nothing.
 */
export function refusalOf(exception: unknown): Refusal {
  if (exception instanceof Refusal) return exception;
  if (exception instanceof DatabaseUnavailable) return new Refusal('NOT_READY', AWAY);
  if (exception instanceof DatabaseError && IN_THE_WAY.has(exception.code)) return new Refusal('NOT_READY', CROWDED);
  if (exception instanceof SealRefusal) return new Refusal('SECTION_NOT_AUTHENTIC', TAMPERED, { reason: exception.code });
  const status = exception instanceof HttpException ? exception.getStatus() : statusOfFastify(exception);
  const known = BY_STATUS[status] ?? (status >= 400 && status < 500 ? BY_STATUS[400] : undefined);
  return known ? new Refusal(...known) : new Refusal('INTERNAL', 'Something went wrong here. Nothing was half saved; try again.');
}

/** Fastify's own refusals (body too large, broken JSON, …) carry a code of theirs and a status. */
function statusOfFastify(exception: unknown): number {
  const { code, statusCode } = (exception ?? {}) as { code?: unknown; statusCode?: unknown };
  const isFastifys = typeof code === 'string' && code.startsWith('FST_');
  return (isFastifys || exception instanceof SyntaxError) && typeof statusCode === 'number' ? statusCode : 500;
}
