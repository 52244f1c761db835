import type { IncomingHttpHeaders } from 'node:http';
import { Refusal } from '../../platform/refusal.js';
import type { FormValues } from '../form/form-values.js';
import { isLocalPath, type LocalPath } from '../shell/local-path.js';
import { FORM_TYPE } from './body-kinds.js';
import { LIMITS } from './limits.js';
import { MEMBER_FIELD, typedForm } from './posted-form.js';

/**
 * What was typed into a form that came without a session: handed back to the very browser that sent it, inside the page that
 * asks to sign in. Nothing of it is stored here, and nothing goes into an address (docs/decisions/0006).
 */
export interface KeptForm {
  readonly action: LocalPath;
  /** Whose page it was typed into; said by the browser, so it keeps apart honest people and no others. */
  readonly member: string;
  readonly fields: FormValues;
}

const PREFIX = 'kept.';
const ACTION = 'keptFor';
const MEMBER = 'keptBy';

/** Bytes that the names in front of the fields and the sign-in itself may add. */
const ADDED = 4096;
const ADDED_FIELDS = 8;

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body?: unknown;
}

/** The form in a request, if it is one about an intake or proposes a policy. Others have a word or two in them, or a password. */
export function keptForm({ method, url, headers, body }: Sent): KeptForm | undefined {
  if (method !== 'POST' || !isLongForm(url) || !(headers['content-type'] ?? '').startsWith(FORM_TYPE)) return undefined;
  const member = (body as Readonly<Record<string, unknown>> | null | undefined)?.[MEMBER_FIELD];
  const fields = fieldsOf(body);
  if (typeof member !== 'string' || fields === undefined) return undefined;
  const count = Object.keys(fields).length;
  const bytes = Number(headers['content-length'] ?? LIMITS.bodyBytes) + ADDED + count * PREFIX.length;
  return bytes <= LIMITS.bodyBytes && count + ADDED_FIELDS <= LIMITS.formFields ? { action: url, member, fields } : undefined;
}

/** As hidden fields of the page that asks to sign in. */
export function keptFields({ action, member, fields }: KeptForm): FormValues {
  const prefixed = Object.entries(fields).map(([name, value]) => [PREFIX + name, value]);
  return { [ACTION]: action, [MEMBER]: member, ...(Object.fromEntries(prefixed) as FormValues) };
}

/** The other way of `keptFields`. */
export function keptIn(sent: FormValues): KeptForm | undefined {
  const { [ACTION]: action = '', [MEMBER]: member } = sent;
  if (!isLongForm(action) || member === undefined) return undefined;
  const kept = Object.entries(sent).filter(([name]) => name.startsWith(PREFIX));
  return { action, member, fields: Object.fromEntries(kept.map(([name, value]) => [name.slice(PREFIX.length), value])) };
}

/** Where somebody goes who does not want it any more. */
export function keptFormPlace({ action }: KeptForm): LocalPath {
  return action.startsWith('/policy/') ? '/policy' : '/intakes';
}

function isLongForm(url: string): url is LocalPath {
  return isLocalPath(url) && /^\/(?:intakes(?:\/[\w/-]*)?|policy\/(?:propose|proposals))$/.test(url);
}

function fieldsOf(body: unknown): FormValues | undefined {
  try {
    return typedForm(body);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
