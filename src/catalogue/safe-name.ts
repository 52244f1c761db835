/**
 * A key that a client made up, fit to be named in an error. Keys can carry answers as well as values do (a number typed into
 * the wrong place), so one that does not look like a name of ours comes out as `?`.
 */
export function safeName(key: string): string {
  const isNameOrPosition = /^(?:[A-Za-z_][A-Za-z0-9_-]{0,47}|\d{1,2})$/.test(key);
  return isNameOrPosition && !/\d{3}/.test(key) ? key : '?';
}
