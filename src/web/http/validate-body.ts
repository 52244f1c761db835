import { type ArgumentMetadata, type Type, ValidationPipe, type ValidationError } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import { safeName } from '../../catalogue/safe-name.js';
import { Refusal } from '../../platform/refusal.js';

/**
 * Hands answers on as they were sent, since the catalogue checks them itself: the pipe would copy them, and leave out unsaid
 * whatever is named like a property of every object (`toString`). Texts with a NUL are refused: no database takes one.
 */
class BodyValidation extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (typeof value !== 'object' || value === null) return super.transform(value, metadata);
    const withNul = Object.entries(value).filter(([, text]) => typeof text === 'string' && text.includes('\0'));
    if (withNul.length > 0) throw invalidInput(withNul.map(([name]) => nameOf(name, metadata.metatype)));
    if (!Object.hasOwn(value, 'answers')) return super.transform(value, metadata);
    const { answers } = value as { answers: unknown };
    const checked = (await super.transform({ ...value, answers: answers === null ? null : true }, metadata)) as object;
    return Object.assign(checked, { answers });
  }
}

/** Checks every DTO, refuses unknown properties, and names the fields that are wrong; never their values. */
export function bodyValidation(): ValidationPipe {
  return new BodyValidation({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    // The target only for its class, which knows the names that are ours.
    validationError: { target: true, value: false },
    exceptionFactory: (errors) => invalidInput(errors.flatMap((error) => pathsOf(error))),
  });
}

function pathsOf({ property, target, children }: ValidationError): readonly string[] {
  const name = nameOf(property, target?.constructor as Type | undefined);
  return children && children.length > 0 ? children.flatMap((child) => pathsOf(child).map((path) => `${name}.${path}`)) : [name];
}

/**
 * A property as an error may name it: by a name of its DTO, whatever the case, or of the catalogue. Any other word may be an
 * answer that was typed into the wrong place. `fields[]` and `fields[a]` are about `fields`.
 */
function nameOf(property: string, dto: Type | undefined): string {
  const [name = ''] = /^[A-Za-z][A-Za-z0-9]{0,63}(?=\[|$)/.exec(property) ?? [];
  const isOfDto = namesOf(dto).some((known) => known.toLowerCase() === name.toLowerCase());
  return isOfDto ? name : safeName(name);
}

function namesOf(dto: Type | undefined): readonly string[] {
  return dto ? getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false).map(({ propertyName }) => propertyName) : [];
}

function invalidInput(fields: readonly string[]): Refusal {
  return new Refusal('INVALID_INPUT', 'Some of what was sent is missing, unknown or malformed.', { fields: [...new Set(fields)] });
}
