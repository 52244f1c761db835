import type { ApiPropertyOptions } from '@nestjs/swagger';
import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';

/** A day for each of some retention classes, and of nothing else. */
export function daysByClass(description: string, names: readonly string[] = RETENTION_CLASSES): ApiPropertyOptions {
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' as const, format: 'date' }]));
  return { type: 'object', description, properties, additionalProperties: false };
}
