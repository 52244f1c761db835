import { openCheckpoint } from '../checkpoint.js';
import type { KeyRotation } from '../key-rotation.js';
import { sameKey, type VerifierKey } from '../verifier-key.js';
import type { TreeHead } from '../verify-proof.js';

/** An entry of the tree by which both keys say that one follows the other. */
export interface SaidRotation extends KeyRotation {
  readonly index: number;
}

/** A checkpoint at which a key may have been changed: as it was found, and the tree's own root at its size. */
export interface HandOver extends TreeHead {
  readonly note: string;
}

/** A key of the log, and the sizes of the first and the last checkpoint that it signed; without `to` it is in use. */
export interface SpannedKey {
  readonly key: VerifierKey;
  readonly from: number;
  readonly to?: number;
}

/**
 * Follows the log's keys from one that is known, to newer and to older ones, by what the log itself says. A change counts when
 * both keys have signed its entry, and a checkpoint of the tree that covers it; or, in a log that was restored to a day before it, a
 * checkpoint that the tree has lost and that the entry, written again, brings with it: nobody without both keys can make one. Of several changes of one key the first in the
 * log counts: afterwards it had nothing more to say.
 * @param said in the order of the tree
 * @returns the oldest first; the known key alone where the log says of no other
 */
export function followKeys(known: VerifierKey, said: readonly SaidRotation[], handOvers: readonly HandOver[]): readonly SpannedKey[] {
  const changes = said.flatMap((rotation) => {
    const size = handOverOf(rotation, handOvers);
    return size === undefined ? [] : [{ ...rotation, size }];
  });
  const older: (typeof changes)[number][] = [];
  for (let change = changes.find(({ next }) => sameKey(next, known)); change && !older.includes(change); ) {
    older.unshift(change);
    const { previous } = change;
    change = changes.find(({ next }) => sameKey(next, previous));
  }
  const newer: (typeof changes)[number][] = [];
  for (let change = changes.find(({ previous }) => sameKey(previous, known)); change && !newer.includes(change); ) {
    newer.push(change);
    const { next } = change;
    change = changes.find(({ previous }) => sameKey(previous, next));
  }
  const path = [...older, ...newer];
  const keys = [path[0]?.previous ?? known, ...path.map(({ next }) => next)];
  return keys.map((key, at) => {
    const to = path[at]?.size;
    return { key, from: path[at - 1]?.size ?? 0, ...(to === undefined ? {} : { to }) };
  });
}

/** The size of the checkpoint that both have signed over the entry. The tree's own goes before one that the entry brings. */
function handOverOf({ previous, next, index, handedOverAt }: SaidRotation, handOvers: readonly HandOver[]): number | undefined {
  const isIts = ({ note, size, root }: HandOver): boolean =>
    index < size &&
    [previous, next].every((key) => {
      const checkpoint = openCheckpoint(note, key);
      return checkpoint?.size === size && Buffer.compare(checkpoint.root, root) === 0;
    });
  return handOvers.find(isIts)?.size ?? handedOverAt;
}
