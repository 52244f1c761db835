/** The entries from `from` up to, and without, `to`: D[from:to] of RFC 6962, section 2.1, and so one node of a tree. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** RFC 6962, section 2.1.1: the nodes of PATH(index, D[size]), from the leaf's sibling up to the root's child. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  if (!isCount(index) || !isCount(size) || index >= size) throw new RangeError('no entry of that tree');
  return path(index, { from: 0, to: size });
}

/** RFC 6962, section 2.1.2: the nodes of PROOF(older, D[newer]). None from the empty tree, nor from a tree to itself. */
export function consistencyRanges(older: number, newer: number): readonly LeafRange[] {
  if (!isCount(older) || !isCount(newer) || older > newer) throw new RangeError('no two sizes of one tree');
  return older === 0 || older === newer ? [] : subproof(older, { from: 0, to: newer }, true);
}

function path(index: number, { from, to }: LeafRange): readonly LeafRange[] {
  if (to - from === 1) return [];
  const middle = from + split(to - from);
  const [left, right] = [{ from, to: middle }, { from: middle, to }];
  return index < middle ? [...path(index, left), right] : [...path(index, right), left];
}

/** @param isOwn whether the node is one of the older tree's, which whoever checks has already */
function subproof(older: number, { from, to }: LeafRange, isOwn: boolean): readonly LeafRange[] {
  if (older === to) return isOwn ? [] : [{ from, to }];
  const middle = from + split(to - from);
  const [left, right] = [{ from, to: middle }, { from: middle, to }];
  return older <= middle ? [...subproof(older, left, isOwn), right] : [...subproof(older, right, false), left];
}

/** The largest power of two that is smaller. Sizes pass 32 bits one day: no bit operators. */
function split(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
