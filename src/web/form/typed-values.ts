import type { AskedInput } from './asked-input.js';
import { namesOf } from './form-to-answers.js';
import type { FormValues } from './form-values.js';

/** What was sent for these questions, to be shown again exactly as it was typed. */
export function typedValues(inputs: readonly AskedInput[], sent: FormValues): FormValues {
  const names = inputs.flatMap(({ path, field }) => namesOf(path, field)).filter((name) => Object.hasOwn(sent, name));
  return Object.fromEntries(names.map((name) => [name, sent[name]!]));
}
