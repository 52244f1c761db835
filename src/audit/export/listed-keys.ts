import { canonicalJson } from '../canonical-json.js';

/** A key of the log as an export lists it: a line of RFC 8785 JSON each, the oldest first. */
export interface ListedKey {
  readonly vkey: string;
  /** Sizes of the first and the last checkpoint that it signed; `to` is absent while it is in use. */
  readonly from: number;
  readonly to?: number;
}

/** At the checkpoint of that size one key handed the log over to the next: both have signed it. */
export function handOverPath(size: number): string {
  return `checkpoint.${size}`;
}

export function keyLines(keys: readonly ListedKey[]): string {
  return keys.map(({ vkey, from, to }) => `${canonicalJson({ vkey, from, ...(to === undefined ? {} : { to }) })}\n`).join('');
}

/** May come from an attacker: a hint at where to look, and no more. @returns none when it is no such list */
export function keysIn(text: string): readonly ListedKey[] {
  try {
    const listed = text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as ListedKey | null);
    return listed.every((key) => key !== null) ? listed : [];
  } catch {
    return [];
  }
}
