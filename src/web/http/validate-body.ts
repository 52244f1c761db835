import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Refusal } from '../../platform/refusal.js';

/** Checks every DTO, refuses unknown properties, and names the fields that are wrong; never their values. */
export function bodyValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => {
      const fields = errors.flatMap((error) => pathsOf(error));
      return new Refusal('INVALID_INPUT', 'Some of what was sent is missing, unknown or malformed.', { fields });
    },
  });
}

function pathsOf({ property, children }: ValidationError): readonly string[] {
  const name = /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(property) ? property : '?';
  return children && children.length > 0 ? children.flatMap((child) => pathsOf(child).map((path) => `${name}.${path}`)) : [name];
}
