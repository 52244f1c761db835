import { ValidationPipe } from '@nestjs/common';
import { Refusal } from '../../platform/refusal.js';

/**
 * Takes a body as its DTO declares it and nothing beside. An unknown property is an error: a misspelt setting that is
 * silently left out looks like one that was made.
 */
export const INPUT = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) => {
    const fields = errors.map(({ property }) => property);
    return new Refusal('INVALID_INPUT', `Not what is expected here: ${fields.join(', ')}.`, { fields });
  },
});
