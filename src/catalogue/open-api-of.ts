import type { ApiPropertyOptions } from '@nestjs/swagger';
import { ANSWER_KINDS } from './answer-kinds.js';
import type { FieldOptions } from './field-options.js';

/** Formats that OpenAPI's readers know; all others are told by their length and description. */
const FORMATS: Partial<Record<FieldOptions['kind'], string>> = { date: 'date', birthDate: 'date', email: 'email' };

/** What is taken in more ways than it comes back: no length is said of it, since it is of what comes back. */
const HOW_TYPED: Partial<Record<FieldOptions['kind'], string>> = {
  phone: 'Typed in any usual form; ten digits come back.',
  taxpayerId: 'With or without dashes; NNN-NN-NNNN comes back.',
};

const CLEARED = 'Null clears it; blanks never come back.';
const READ_ONLY = 'The service writes it: in a change it is refused, null included. Blanks never come back.';

/** The OpenAPI schema of a field, so that the published contract cannot say something else than the declaration. */
export function openApiOf(field: FieldOptions): ApiPropertyOptions {
  const { type } = ANSWER_KINDS[field.kind];
  const format = FORMATS[field.kind];
  const longest = 'maxCharacters' in field || format === 'date' ? ANSWER_KINDS[field.kind].maxCharacters(field) : undefined;
  const howTyped = HOW_TYPED[field.kind];
  return {
    type: type === 'number' ? 'integer' : type,
    ...(field.byService ? { readOnly: true } : { nullable: true }),
    description: [`${field.label.en}.`, field.why.en, `Retention class: ${field.class}.`, ...(howTyped ? [howTyped] : []), field.byService ? READ_ONLY : CLEARED].join(' '),
    ...(format === undefined ? {} : { format }),
    ...(longest === undefined ? {} : { maxLength: longest }),
    ...(field.kind === 'choice' ? { enum: field.choices.map(({ value }) => value) } : {}),
    ...(field.kind === 'integer' ? { minimum: field.min, maximum: field.max } : {}),
    ...(field.kind === 'monthCount' ? { minimum: 0, maximum: 12 } : {}),
  };
}
