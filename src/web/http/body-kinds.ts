import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../../platform/refusal.js';
import { isApi } from './is-api.js';

export const JSON_TYPE = 'application/json';
/** What PATCH takes, by its own type (RFC 7396): JSON, under the limits of all JSON. */
export const MERGE_PATCH_TYPE = 'application/merge-patch+json';
export const FORM_TYPE = 'application/x-www-form-urlencoded';

interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * The API takes JSON and pages take forms, in UTF-8 and as they are: a body that unpacks to more than it weighs is a weapon, and
 * a page that took JSON would take it from where no form of ours is.
 * @throws Refusal UNSUPPORTED_MEDIA_TYPE
 */
export function refuseOtherBodies({ method, url, headers }: Incoming): void {
  if (method === 'GET' || method === 'HEAD') return; // no body is read, whatever the headers say
  const type = headers['content-type'];
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.trim().toLowerCase() !== 'identity') throw unsupported();
  if (type === undefined) return;
  const [kind = '', ...parameters] = type.toLowerCase().split(';').map((part) => part.trim());
  const taken = isApi(url) ? [JSON_TYPE, MERGE_PATCH_TYPE] : [FORM_TYPE];
  if (!taken.includes(kind) || !parameters.every(isUtf8)) throw unsupported();
}

/** Other parameters than the charset have no meaning here (RFC 8259, 11) and are let be. */
function isUtf8(parameter: string): boolean {
  const [, charset] = /^charset\s*=\s*"?([^"]*)"?$/.exec(parameter) ?? [];
  return charset === undefined || charset === 'utf-8' || charset === 'utf8';
}

function unsupported(): Refusal {
  return new Refusal('UNSUPPORTED_MEDIA_TYPE', 'The request has a content type that this service does not take.');
}
