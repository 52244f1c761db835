import { Refusal } from '../../platform/refusal.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { LANGUAGE_FIELD, PROBLEMS_FIELD } from '../shell/form-fields.js';
import { problemsCarried } from './carried-problems.js';

/** Looked at by the guard, before any controller. */
const CSRF_FIELD = '_csrf';

/** Whose page the form stands on: looked at when the session has ended meanwhile (`kept-form.ts`). */
export const MEMBER_FIELD = '_member';

const NOT_TYPED: ReadonlySet<string> = new Set([CSRF_FIELD, MEMBER_FIELD, LANGUAGE_FIELD, PROBLEMS_FIELD]);

/** A form that may come from the language switch beside it. */
export interface SentForm {
  readonly typed: FormValues;
  /** Only to be shown again, in the language that was chosen, with these problems: nothing may be done or saved. */
  readonly again?: readonly FormProblem[];
}

/** For the forms that `Pages.send` was told of. @throws Refusal BAD_REQUEST */
export function sentForm(body: unknown): SentForm {
  const typed = typedForm(body);
  const { [LANGUAGE_FIELD]: language, [PROBLEMS_FIELD]: carried } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (language === undefined) return { typed };
  return { typed, again: typeof carried === 'string' ? problemsCarried(carried) : [] };
}

/**
 * A form that has no language switch of its own: one that brings a language would be taken for an order to act.
 * @throws Refusal BAD_REQUEST
 */
export function postedForm(body: unknown): FormValues {
  const { typed, again } = sentForm(body);
  if (again !== undefined) throw new Refusal('BAD_REQUEST', 'This is not what the form sends.');
  return typed;
}

/**
 * A form's fields by name, as a browser posts them. Our forms have each name once, and texts only: anything else was not
 * sent by one of them.
 * @throws Refusal BAD_REQUEST
 */
export function typedForm(body: unknown): FormValues {
  const fields = Object.entries(typeof body === 'object' && body !== null ? body : {}).filter(([name]) => !NOT_TYPED.has(name));
  if (Array.isArray(body) || !fields.every(([, value]) => isText(value))) {
    throw new Refusal('BAD_REQUEST', 'This is not what the form sends.');
  }
  return Object.fromEntries(fields) as FormValues;
}

/** No keyboard types a NUL, and no database takes one as text. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}
