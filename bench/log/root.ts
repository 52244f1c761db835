import { createHash } from 'node:crypto';
import { GrowingTree, leafHashText } from '../../src/audit/growing-tree.js';
import { median, type Rounds, type Row } from '../measure.js';
import { leafLike } from './fill-log.js';

/** A tree's root from its leaves, as this log computes it and as one would write it down first. Entries a second. */
export function root(entries: number, { rounds }: Rounds): { readonly ratio: number; readonly rows: readonly Row[] } {
  const leaves = Array.from({ length: Math.min(entries, 20_000) }, (_, n) => leafLike(n));
  const times = { ours: [] as number[], plain: [] as number[] };
  for (let round = 0; round < Math.max(2, rounds); round++) {
    const ours = timed(() => ourRoot(leaves, entries));
    const plain = timed(() => plainRoot(leaves, entries));
    if (ours.root !== plain.root) throw new Error('the two roots differ');
    times.ours.push(ours.seconds);
    times.plain.push(plain.seconds);
  }
  const [ours, plain] = [entries / median(times.ours), entries / median(times.plain)];
  return { ratio: ours / plain, rows: [{ name: `root of ${entries}`, perSecond: ours }, { name: `root of ${entries}, createHash`, perSecond: plain }] };
}

function ourRoot(leaves: readonly string[], entries: number): string {
  const tree = new GrowingTree();
  for (let n = 0; n < entries; n++) tree.append(leafHashText(leaves[n % leaves.length]!, 'utf8'));
  return Buffer.from(tree.root(), 'latin1').toString('hex');
}

function plainRoot(leaves: readonly string[], entries: number): string {
  const subtrees: { readonly hash: Buffer; readonly height: number }[] = [];
  const merge = (): void => {
    const [right, left] = [subtrees.pop()!, subtrees.pop()!];
    subtrees.push({ hash: createHash('sha256').update(Buffer.from([1])).update(left.hash).update(right.hash).digest(), height: left.height + 1 });
  };
  for (let n = 0; n < entries; n++) {
    subtrees.push({ hash: createHash('sha256').update(Buffer.from([0])).update(leaves[n % leaves.length]!).digest(), height: 0 });
    while (subtrees.length > 1 && subtrees.at(-1)!.height === subtrees.at(-2)!.height) merge();
  }
  while (subtrees.length > 1) merge();
  return subtrees[0]!.hash.toString('hex');
}

function timed(work: () => string): { readonly root: string; readonly seconds: number } {
  const began = performance.now();
  const root = work();
  return { root, seconds: (performance.now() - began) / 1000 };
}
