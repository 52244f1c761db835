/** A path on our own origin. Pages link to nothing else, so a link can carry nobody's address out. */
export type LocalPath = `/${string}`;

/** `//host` and `/\host` are other origins to a browser, and control characters are dropped by it before it looks. */
const LOCAL = /^\/(?![/\\])[^\p{Cc}\\]*$/u;

export function isLocalPath(text: unknown): text is LocalPath {
  return typeof text === 'string' && LOCAL.test(text);
}

/** @throws RangeError on anything that a browser could take for another origin or a script */
export function localPath(text: string): LocalPath {
  if (!isLocalPath(text)) throw new RangeError('not a path on this origin');
  return text;
}
