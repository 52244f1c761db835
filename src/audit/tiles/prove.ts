import type { RecordsTx } from '../../platform/records-tx.js';
import { Refusal } from '../../platform/refusal.js';
import { verifyConsistency, verifyInclusion } from '../verify-proof.js';
import { consistencyRanges, inclusionRanges, type LeafRange } from './leaf-range.js';
import { readHashes } from './read-hashes.js';
import { signedTree, type SignedTree } from './signed-tree.js';

export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Buffer;
  readonly hashes: readonly Buffer[];
}

export interface ConsistencyProof {
  readonly from: number;
  readonly to: number;
  readonly hashes: readonly Buffer[];
}

/**
 * Shows that an entry is in the tree of a size: RFC 6962, section 2.1.1. Before it is handed out it is held against the newest
 * signed tree, so that hashes that somebody changed in the database prove nothing here either.
 * @param size of the tree; the newest signed one's when it is left out
 * @throws Refusal INVALID_INPUT beyond the signed tree; LOG_CHANGED when the stored hashes do not lead to it; NOT_READY when some
 *   are missing or nothing was signed
 */
export async function proveInclusion(tx: RecordsTx, index: number, size?: number): Promise<InclusionProof & Pick<SignedTree, 'note'>> {
  const { tree, note } = await signedTree(tx);
  const of = size ?? tree.size;
  refuseBeyond('size', of, tree.size);
  refuseBeyond('index', index, of - 1);
  const nodes = {
    ends: [{ from: index, to: index + 1 }, { from: 0, to: of }],
    hashes: inclusionRanges(index, of),
    onwards: consistencyRanges(of, tree.size),
  };
  const { ends: [leafHash, root], hashes, onwards } = await readNodes(tx, nodes, tree.size);
  const isShown = verifyInclusion(index, of, leafHash!, hashes, root!) && verifyConsistency({ size: of, root: root! }, tree, onwards);
  if (!isShown) throw changed();
  return { index, size: of, leafHash: leafHash!, hashes, note };
}

/**
 * Shows that the tree of a size begins with all of a smaller one: RFC 6962, section 2.1.2. Held against the newest signed tree as
 * above.
 * @param to the newest signed tree's when it is left out
 * @throws Refusal as above; INVALID_INPUT also when `from` is the larger one
 */
export async function proveConsistency(tx: RecordsTx, from: number, to?: number): Promise<ConsistencyProof> {
  const { tree } = await signedTree(tx);
  const end = to ?? tree.size;
  refuseBeyond('to', end, tree.size);
  refuseBeyond('from', from, end);
  const nodes = {
    roots: [{ from: 0, to: from }, { from: 0, to: end }],
    hashes: consistencyRanges(from, end),
    onwards: consistencyRanges(end, tree.size),
  };
  const { roots: [older, newer], hashes, onwards } = await readNodes(tx, nodes, tree.size);
  const middle = { size: end, root: newer! };
  if (!verifyConsistency({ size: from, root: older! }, middle, hashes) || !verifyConsistency(middle, tree, onwards)) throw changed();
  return { from, to: end, hashes };
}

/** Several lists of nodes from one reading of the tiles, by name. */
async function readNodes<N extends string>(
  tx: RecordsTx,
  nodes: Readonly<Record<N, readonly LeafRange[]>>,
  size: number,
): Promise<Record<N, readonly Buffer[]>> {
  const lists = Object.entries<readonly LeafRange[]>(nodes);
  const read = await readHashes(tx, lists.flatMap(([, ranges]) => ranges), size);
  if (!read) throw missing();
  let at = 0;
  return Object.fromEntries<readonly Buffer[]>(lists.map(([name, ranges]) => [name, read.slice(at, (at += ranges.length))])) as Record<N, readonly Buffer[]>;
}

/** What is asked for must be in the signed tree. */
function refuseBeyond(field: 'index' | 'size' | 'from' | 'to', value: number, largest: number): void {
  if (value > largest) throw new Refusal('INVALID_INPUT', 'That is not in the signed tree.', { fields: [field] });
}

function changed(): Refusal {
  return new Refusal('LOG_CHANGED', 'The stored hashes of the log do not lead to the tree that was signed. Verify the log.');
}

function missing(): Refusal {
  return new Refusal('NOT_READY', 'Not all hashes of the log are there. After an update they follow in a minute; if not, verify the log.');
}
