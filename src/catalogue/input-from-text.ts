import type { FieldDeclaration } from './field-declaration.js';

/**
 * What a page's form posted for a field, as `parseAnswers` takes it: blank is null, which clears. Text that is no such
 * value is handed on as it is, so that it is refused there with a reason, and not here.
 */
export function inputFromText(field: FieldDeclaration, text: string): unknown {
  const typed = text.trim();
  if (typed === '') return null;
  if (field.type === 'boolean') return typed === 'true' || (typed === 'false' ? false : typed);
  if (field.type === 'number') return /^\d{1,6}$/.test(typed) ? Number(typed) : typed;
  return text;
}
