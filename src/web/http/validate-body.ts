import { type ArgumentMetadata, ValidationPipe, type ValidationError } from '@nestjs/common';
import { Refusal } from '../../platform/refusal.js';

/**
 * Hands answers on as they were sent, since the catalogue checks them itself: the pipe would copy them, and leave out unsaid
 * whatever is named like a property of every object (`toString`). Elsewhere such names are refused before the pipe leaves them
 * out, like all that are unknown. Texts with a NUL are refused: no database takes one.
 */
class BodyValidation extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (typeof value !== 'object' || value === null) return super.transform(value, metadata);
    const withNul = Object.entries(value).flatMap(([name, text]) => (typeof text === 'string' && text.includes('\0') ? [nameOf(name)] : []));
    if (withNul.length > 0) throw invalidInput(withNul);
    const ofEveryObject = this.toValidate(metadata) ? namedLikeEveryObjects({ ...value, answers: undefined }) : [];
    if (ofEveryObject.length > 0) throw invalidInput(ofEveryObject);
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
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => invalidInput(errors.flatMap((error) => pathsOf(error))),
  });
}

function pathsOf({ property, children }: ValidationError): readonly string[] {
  const name = nameOf(property);
  return children && children.length > 0 ? children.flatMap((child) => pathsOf(child).map((path) => `${name}.${path}`)) : [name];
}

/** The paths of what is named like a property of every object, however deep: no field of ours is. */
function namedLikeEveryObjects(value: object): readonly string[] {
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (name in Object.prototype || name === 'prototype') return [nameOf(name)];
    return typeof inner === 'object' && inner !== null ? namedLikeEveryObjects(inner).map((path) => `${nameOf(name)}.${path}`) : [];
  });
}

/** `fields[]` and `fields[a]` are about `fields`. */
function nameOf(property: string): string {
  return /^[A-Za-z][A-Za-z0-9]{0,63}(?=\[|$)/.exec(property)?.[0] ?? '?';
}

function invalidInput(fields: readonly string[]): Refusal {
  return new Refusal('INVALID_INPUT', 'Some of what was sent is missing, unknown or malformed.', { fields });
}
