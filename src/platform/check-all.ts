import { Refusal } from './refusal.js';

/**
 * Makes every one of these checks, so that who has made several mistakes is told of all of them.
 * @throws Refusal INVALID_INPUT naming all that they name; what is no such refusal at once
 */
export function checkAll(checks: readonly (() => void)[]): void {
  const refusals = checks.flatMap(refusalOf);
  if (refusals.length === 0) return;
  const messages = new Set(refusals.map(({ message }) => message));
  const fields = new Set(refusals.flatMap(({ details }) => details.fields ?? []));
  throw new Refusal('INVALID_INPUT', [...messages].join(' '), { fields: [...fields] });
}

function refusalOf(check: () => void): readonly Refusal[] {
  try {
    check();
    return [];
  } catch (error) {
    if (error instanceof Refusal && error.code === 'INVALID_INPUT') return [error];
    throw error;
  }
}
