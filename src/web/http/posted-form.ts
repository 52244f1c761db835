import { Refusal } from '../../platform/refusal.js';
import type { FormValues } from '../form/form-values.js';

/** Looked at by the guard, before any controller. */
const CSRF_FIELD = '_csrf';

/** Whose page the form stands on: looked at when the session has ended meanwhile (`kept-form.ts`). */
export const MEMBER_FIELD = '_member';

/**
 * A form's fields by name, as a browser posts them. Our forms have each name once, and texts only: anything else was not
 * sent by one of them.
 * @throws Refusal BAD_REQUEST
 */
export function postedForm(body: unknown): FormValues {
  const fields = Object.entries(typeof body === 'object' && body !== null ? body : {}).filter(([name]) => name !== CSRF_FIELD && name !== MEMBER_FIELD);
  if (Array.isArray(body) || !fields.every(([, value]) => isText(value))) {
    throw new Refusal('BAD_REQUEST', 'This is not what the form sends.');
  }
  return Object.fromEntries(fields) as FormValues;
}

/** No keyboard types a NUL, and no database takes one as text. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}
