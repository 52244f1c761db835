import 'reflect-metadata';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { ANSWER_KINDS, type ReadingRules } from './answer-kinds.js';
import type { FieldOptions } from './field-options.js';
import { openApiOf } from './open-api-of.js';

const declaredByClass = new WeakMap<object, Map<string, FieldOptions>>();

/** The rules that need no site and no day; `parseAnswers` reads again with those of the site. */
const WITHOUT_CONTEXT: ReadingRules = { allowNeverIssued: true, today: '9999-12-31' };

/**
 * Declares a property of an answer DTO. From this one declaration follow the question on the page, the class-validator
 * rule, the place in the sealed section, the page of what is held, and the OpenAPI schema.
 * A property of such a class without it stops the service from starting (`buildCatalogue`).
 */
export function Field(options: FieldOptions): PropertyDecorator {
  const kind = ANSWER_KINDS[options.kind];
  return (target, property) => {
    if (typeof property !== 'string') throw new TypeError('A field has a plain name');
    const fields = declaredByClass.get(target.constructor) ?? new Map<string, FieldOptions>();
    if (fields.has(property)) throw new Error(`${target.constructor.name}.${property} is declared twice`);
    declaredByClass.set(target.constructor, fields.set(property, options));
    IsOptional()(target, property);
    ValidateBy({
      name: options.kind,
      validator: {
        validate: (value: unknown) => 'value' in kind.read(value, options, WITHOUT_CONTEXT),
        defaultMessage: () => `${property} is not a ${options.kind} as the catalogue declares it`,
      },
    })(target, property);
    ApiPropertyOptional(openApiOf(options))(target, property);
  };
}

/** The declarations of a DTO class, in the order of its properties. */
export function declaredFields(dto: object): ReadonlyMap<string, FieldOptions> {
  return declaredByClass.get(dto) ?? new Map();
}
