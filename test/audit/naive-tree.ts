import { createHash } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]): Buffer => parts.reduce((h, part) => h.update(part), createHash('sha256')).digest();

/** RFC 6962, section 2.1, word by word: slow, recursive, and written apart from the code that it checks. */
export function naiveRoot(entries: readonly Uint8Array[]): Buffer {
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Buffer.of(0), entries[0]!);
  const k = split(entries.length);
  return sha256(Buffer.of(1), naiveRoot(entries.slice(0, k)), naiveRoot(entries.slice(k)));
}

/** PATH(m, D[n]), section 2.1.1. */
export function naiveInclusion(index: number, entries: readonly Uint8Array[]): Buffer[] {
  if (entries.length === 1) return [];
  const k = split(entries.length);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return index < k ? [...naiveInclusion(index, left), naiveRoot(right)] : [...naiveInclusion(index - k, right), naiveRoot(left)];
}

/** PROOF(m, D[n]), section 2.1.2. */
export function naiveConsistency(m: number, entries: readonly Uint8Array[]): Buffer[] {
  return m === 0 || m === entries.length ? [] : subproof(m, entries, true);
}

function subproof(m: number, entries: readonly Uint8Array[], complete: boolean): Buffer[] {
  if (m === entries.length) return complete ? [] : [naiveRoot(entries)];
  const k = split(entries.length);
  const [left, right] = [entries.slice(0, k), entries.slice(k)];
  return m <= k ? [...subproof(m, left, complete), naiveRoot(right)] : [...subproof(m - k, right, false), naiveRoot(left)];
}

/** The largest power of two smaller than n. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}
