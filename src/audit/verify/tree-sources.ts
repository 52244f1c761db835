import { GrowingTree, type HashText } from '../growing-tree.js';
import { EMPTY_FRONTIER, type Frontier } from '../merkle.js';
import type { Finding } from './finding.js';

/** Where the hash of a leaf follows from: the leaf itself, the index row, the tile. Of one place in the tree. */
export interface PlaceHashes {
  readonly index: number;
  readonly entryId: number | undefined;
  /** Undefined where it is gone. */
  readonly leaf: HashText | undefined;
  /** Undefined where its store keeps none. */
  readonly row: HashText | undefined;
  readonly tile: HashText | undefined;
}

type Source = 'leaf' | 'row' | 'tile';
const SOURCES: readonly Source[] = ['row', 'leaf', 'tile'];
const MOST_DIFFERENT = 10_000;
/** Entries between two roots whose order is tried when nothing else tells what was done to them. */
const MOST_SORTED = 4_096;

/**
 * The same tree from each of its sources. They are believed alike until a root that somebody signed says which of them is
 * right; what differs from that one is what was changed. All of them may come from an attacker, the roots excepted.
 */
export class TreeSources {
  readonly #main: GrowingTree;
  #trees: Map<Source, GrowingTree>;
  #different: PlaceHashes[] = [];
  /** Entries since the last root that was met, and the tree there. */
  #since: PlaceHashes[] = [];
  #start: Frontier = EMPTY_FRONTIER;
  readonly #displaced: Displaced[] = [];
  #isLost = false;

  constructor(onSubtree: (height: number, hash: HashText) => void) {
    this.#main = new GrowingTree(EMPTY_FRONTIER, onSubtree);
    this.#trees = new Map([['row', this.#main]]);
  }

  /** From here on no root can be computed: an entry has no hash anywhere. */
  lose(): void {
    this.#isLost = true;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  get hasDifferences(): boolean {
    return this.#different.length > 0;
  }

  add(place: PlaceHashes): void {
    if (this.#isLost) return;
    const { leaf, row, tile } = place;
    const common = row ?? tile ?? leaf;
    if (common === undefined) return this.lose();
    if (this.#since.length < MOST_SORTED) this.#since.push(place);
    const agree = leaf === common && (row === undefined || row === common) && (tile === undefined || tile === common);
    if (!agree) {
      if (this.#trees.size === 1) this.split();
      if (this.#different.length < MOST_DIFFERENT) this.#different.push(place);
    }
    for (const [source, tree] of this.#trees) {
      const hash = source === 'leaf' ? leaf : (place[source] ?? common);
      if (hash === undefined) this.#trees.delete(source); // the entry is gone: of the others one goes on
      else tree.append(hash);
    }
  }

  /**
   * Compares with the root of as many entries as were added.
   * @returns false when no source gives it; findings of the entries since the last one otherwise
   */
  meet(root: HashText): readonly Finding[] | false {
    if (this.#isLost) return [];
    for (const [source, tree] of this.#trees) {
      if (tree.root() !== root) continue;
      const findings = findingsAgainst(source, this.#different, this.displaced);
      this.goOnWith(tree);
      return findings;
    }
    return false;
  }

  /** What can be said of the entries since the last root that was met, when they do not give the next one. */
  undecided(root: HashText): readonly Finding[] {
    const findings = this.hasDifferences ? findingsAgainst(undefined, this.#different, this.displaced) : this.exchanged(root);
    this.goOnWith([...this.#trees.values()][0]!);
    return findings;
  }

  /** Entries that were exchanged over a root in between: each looked changed by itself. @returns what is said of them, and what there is to say instead */
  *exchangedOverRoots(): Iterable<readonly [before: Finding, now: Finding]> {
    const places = new Map(this.#displaced.map(({ belongs, finding }) => [belongs, finding.index!]));
    for (const { finding, found } of this.#displaced) {
      const other = places.get(found);
      if (other !== undefined && other !== finding.index) yield [finding, { ...finding, kind: 'reordered', other }];
    }
  }

  private readonly displaced = (one: Displaced): void => {
    if (this.#displaced.length < MOST_DIFFERENT) this.#displaced.push(one);
  };

  private split(): void {
    const frontier = this.#main.frontier();
    for (const source of SOURCES) if (source !== 'row') this.#trees.set(source, new GrowingTree(frontier));
  }

  private goOnWith(tree: GrowingTree): void {
    this.#main.become(tree);
    this.#trees = new Map([['row', this.#main]]);
    this.#different = [];
    this.#since = [];
    this.#start = this.#main.frontier();
  }

  /** Were entries exchanged, index rows and all? The sequencer gives them their places in the order in which they arrived. */
  private exchanged(root: HashText): readonly Finding[] {
    const since = this.#since;
    if (since.length !== this.#main.size - this.#start.size) return [];
    const arrived = [...since].sort((a, b) => (a.entryId ?? 0) - (b.entryId ?? 0));
    const first = arrived.findIndex((place, at) => place !== since[at]);
    if (first < 0) return [];
    const retried = new GrowingTree(this.#start);
    for (const { row, leaf } of arrived) retried.append((row ?? leaf)!);
    return retried.root() === root ? [{ kind: 'reordered', index: since[first]!.index, other: arrived[first]!.index }] : [];
  }
}

/** An entry that stands where another belongs, and what belongs there. */
interface Displaced {
  readonly finding: Finding;
  readonly found: HashText;
  readonly belongs: HashText;
}

function findingsAgainst(right: Source | undefined, different: readonly PlaceHashes[], displaced: (one: Displaced) => void): readonly Finding[] {
  const rightHash = (place: PlaceHashes): HashText | undefined => (right === 'leaf' ? place.leaf : right === 'tile' ? (place.tile ?? place.row) : (place.row ?? place.tile));
  const belongs = new Map(different.map((place) => [rightHash(place), place.index]));
  return different.flatMap((place): Finding[] => {
    const { index, entryId, leaf, row, tile } = place;
    const own = rightHash(place);
    const id = entryId === undefined ? {} : { entryId };
    if (leaf === undefined) return [{ kind: 'removed', index, ...id }];
    const wrong = [leaf, row].filter((hash) => hash !== undefined && hash !== own);
    const other = wrong.map((hash) => belongs.get(hash)).find((at) => at !== undefined && at !== index);
    if (other !== undefined) return [{ kind: 'reordered', index, other, ...id }];
    if (right === undefined) return [{ kind: 'leaf-or-hash-changed', index, ...id }];
    const kinds: Finding['kind'][] = [];
    if (leaf !== own) kinds.push(leaf === row ? 'changed' : 'leaf-changed');
    if (row !== undefined && row !== own && row !== leaf) kinds.push('hash-changed');
    if (tile !== undefined && tile !== own) kinds.push('tile-differs');
    const findings = kinds.map((kind) => ({ kind, index, ...id }));
    if (own !== undefined && wrong.length > 0 && findings[0]) displaced({ finding: findings[0], found: wrong[0]!, belongs: own });
    return findings;
  });
}
