import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';

/** Tells whether a value may stand in a log entry at all. Together these leave no room for free text or an answer. */
export type Check<T> = (value: unknown) => value is T;

export const uuid = matching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
export const calendarDay = matching(/^\d{4}-\d{2}-\d{2}$/);
export const sha256Hex = matching(/^[0-9a-f]{64}$/);
/** `household.firstName`: names as they stand in the code, without positions. Digits stand inside a name only. */
export const fieldName = matching(/^[a-z][A-Za-z0-9]{0,47}(\.[a-z][A-Za-z0-9]{0,47}){0,3}$/);
/** `intake.read`: a permission's name. */
export const permissionName = matching(/^[a-z-]{1,24}\.[a-z-]{1,24}$/);
/** An IANA name. Whoever sets one has looked whether there is such a zone. */
export const timeZoneName = matching(/^[A-Za-z][A-Za-z0-9_+-]{0,31}(\/[A-Za-z0-9_+-]{1,32}){0,2}$/);
/** Of what stands out: its detector and the entry that it begins with. */
export const findingName = matching(/^[a-z-]{1,30}\.\d{1,15}$/);
export const logOrigin = matching(/^thinfile\/[0-9a-f]{32}$/);
/** C2SP signed-note: of one of our own logs, Ed25519. */
export const logVerifierKey = matching(/^thinfile\/[0-9a-f]{32}\+[0-9a-f]{8}\+A[Q-Za-f][A-Za-z0-9+/]{42}$/);
/** 64 bytes in base64. */
export const ed25519Signature = matching(/^[A-Za-z0-9+/]{86}==$/);
export const retentionClass = oneOf(RETENTION_CLASSES);
export const stageName = oneOf(['open', 'prepared', 'filed', 'accepted', 'rejected', 'done', 'withdrawn', 'abandoned']);

export const wholeNumber: Check<number> = (value): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
export const yesOrNo: Check<boolean> = (value): value is boolean => typeof value === 'boolean';

export function oneOf<const T extends string>(words: readonly T[]): Check<T> {
  const known: ReadonlySet<unknown> = new Set(words);
  return (value): value is T => known.has(value);
}

/** A frozen list that has passed once is not gone through again: every reading of a page names the same fields. */
export function listOf<T>(item: Check<T>): Check<readonly T[]> {
  const passed = new WeakSet<object>();
  return (value): value is readonly T[] => {
    if (!Array.isArray(value)) return false;
    if (passed.has(value)) return true;
    if (!value.every(item)) return false;
    if (Object.isFrozen(value)) passed.add(value);
    return true;
  };
}

/** A value for each of some keys: digests by class, counts by name, days by site. */
export function eachOf<K extends string, T>(key: Check<K>, item: Check<T>): Check<Readonly<Partial<Record<K, T>>>> {
  return (value): value is Readonly<Partial<Record<K, T>>> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return Object.entries(value).every(([name, each]) => key(name) && item(each));
  };
}

/** These names and no others; those of `may` can be left out. */
export function shapeOf<T>(must: Readonly<Record<string, Check<unknown>>>, may: Readonly<Record<string, Check<unknown>>>): Check<T> {
  const known: Readonly<Record<string, Check<unknown>>> = { ...must, ...may };
  const needed = Object.keys(must);
  return (value): value is T => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    return needed.every((name) => Object.hasOwn(value, name)) && Object.entries(value).every(([name, each]) => Object.hasOwn(known, name) && known[name]!(each));
  };
}

/** A section's SHA-256, in hex, by class. */
export const digests: Check<Readonly<Partial<Record<RetentionClass, string>>>> = eachOf(retentionClass, sha256Hex);

function matching(pattern: RegExp): Check<string> {
  return (value): value is string => typeof value === 'string' && pattern.test(value);
}
