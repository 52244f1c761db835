import { Refusal } from '../../platform/refusal.js';
import type { FormProblem } from '../form/form-values.js';

/** What a page says of each field that a service refused. */
export type FieldProblems = Readonly<Record<string, FormProblem>>;

/**
 * What is to be mended in a form that a service refused. Services name fields in their own messages, which are for
 * programs; people read the words of the page.
 * @throws the error itself when it is about no field of this form
 */
export function refusedFields(error: unknown, problems: FieldProblems): readonly FormProblem[] {
  const isAboutFields = error instanceof Refusal && (error.status === 422 || error.code === 'RETENTION_LOCKED');
  const fields = isAboutFields ? (error.details.fields ?? []) : [];
  const found = fields.flatMap((field) => (Object.hasOwn(problems, field) ? [problems[field]!] : []));
  if (found.length === 0) throw error;
  return found;
}
