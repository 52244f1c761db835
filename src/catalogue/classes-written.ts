import type { AnswersPatch } from './answers.js';
import { catalogue } from './catalogue.js';
import type { FieldDeclaration } from './field-declaration.js';
import type { RetentionClass } from './retention-class.js';

/**
 * The classes that a change touches, clearing included: those of the answers it names, and of a group that it clears, all of
 * the group's. Numbers count when they are named, or by `bank`, which holds nothing else: clearing a spouse whose numbers
 * are long destroyed is no write into a destroyed class.
 */
export function classesWritten(patch: AnswersPatch): ReadonlySet<RetentionClass> {
  const fields = catalogue.fields.filter((field) => isWritten(patch, field));
  return new Set([...fields.map((field) => field.class), ...(patch.household === undefined ? [] : (['household'] as const))]);
}

function isWritten(patch: AnswersPatch, { group, name, class: of }: FieldDeclaration): boolean {
  const change = patch[group];
  if (change === undefined) return false;
  if (change === null) return of !== 'credentials' || group === 'bank';
  return (Array.isArray(change) ? change : [change]).some((values) => (values as Record<string, unknown>)[name] !== undefined);
}
