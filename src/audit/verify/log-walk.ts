import { hashText, type HashText } from '../growing-tree.js';
import { PART_NAMES, type DisclosedParts } from './disclosed-parts.js';
import { damagesBeside, type EntryColumns } from './entry-damage.js';
import { Findings, type Finding } from './finding.js';
import { leafFields, type LeafFields } from './leaf-fields.js';
import { MissingParts } from './missing-parts.js';
import { PrunedPlaces } from './pruned-places.js';
import { RootsMet, type NamedRoot } from './roots-met.js';
import { TreeSources } from './tree-sources.js';
import { WriterCounters } from './writer-counters.js';

/** An entry at its place in the tree, from whichever store. All of it may come from an attacker. Good until the next one is asked for. */
export interface WalkedEntry {
  readonly index: number;
  readonly entryId: number | undefined;
  /** Its bytes as Latin-1; undefined when the entry is gone. */
  readonly leaf: string | undefined;
  /** Of the leaf as it is there. */
  readonly hash: HashText | undefined;
  /** Of the leaf, as the index row has it and as the tile does; undefined where there is none. */
  readonly row: HashText | undefined;
  readonly tile: HashText | undefined;
  readonly parts: DisclosedParts;
  readonly columns: EntryColumns | undefined;
  /** Whether auditors surely find it by what it says; undefined where that was not asked for. */
  readonly isSurelyFiled?: boolean;
}

const WHOLE_PLACE: ReadonlySet<Finding['kind']> = new Set(['removed', 'reordered', 'duplicated', 'leaf-changed', 'leaf-or-hash-changed', 'leaf-malformed', 'changed']);

/**
 * Goes through a log from its first entry to its last, once, and keeps nothing of an entry behind it: what it remembers grows
 * with writers and findings.
 */
export class LogWalk {
  readonly findings = new Findings();
  readonly #sources: TreeSources;
  readonly #counters = new WriterCounters();
  readonly #missingParts = new MissingParts();
  /** Of what is verified with its columns. */
  readonly prunedPlaces = new PrunedPlaces();
  readonly #roots = new RootsMet(this.findings);
  #size = 0;
  #withParts = 0;
  #newest = '';
  #latest = '';

  /** @param onSubtree of the tree as it grows, while every source of it agrees */
  constructor(onSubtree: (height: number, hash: HashText) => void = () => undefined) {
    let hasDiffered = false;
    this.#sources = new TreeSources((height, hash) => {
      hasDiffered ||= this.#sources.hasDifferences;
      if (!hasDiffered && height % 8 === 0) onSubtree(height, hash);
    });
  }

  get size(): number {
    return this.#size;
  }

  /** Of which parts are disclosed. */
  get withParts(): number {
    return this.#withParts;
  }

  /** When the last entry was written, as its leaf says; empty where there is none. */
  get newest(): string {
    return this.#newest;
  }

  /** The latest time of any entry: clocks are set back, and a command may be run on another machine than its service. */
  get latest(): string {
    return this.#latest;
  }

  /** @param entry of the next index */
  add(entry: WalkedEntry): void {
    const { index, entryId, leaf, hash, row, tile } = entry;
    this.#size = index + 1;
    if (leaf === undefined && row === undefined && tile === undefined) {
      this.findings.add({ kind: 'removed', index });
      this.#sources.lose();
      return;
    }
    if (hash === undefined && this.#sources.isLost) this.findings.add({ kind: 'removed', index, ...idOf(entryId) });
    this.#sources.add({ index, entryId, leaf: hash, row, tile });
    if (leaf !== undefined) this.look(entry, leaf, hash === (row ?? tile ?? hash));
  }

  /** Compares with a root of as many entries as were added. */
  meet(root: NamedRoot): void {
    if (this.#sources.isLost) return;
    const met = this.#sources.meet(hashText(Buffer.from(root.root)));
    if (met) this.findings.addAll(met);
    this.#roots.note(root, met !== false, () => this.#sources.undecided(hashText(Buffer.from(root.root))));
  }

  /** A writer's entries that have no place yet: what they have is not missing. */
  alsoWritten(epoch: string, counter: number, voided: readonly number[]): void {
    this.#counters.takeLater(epoch, counter, voided);
  }

  /** What was pruned while the log was gone through: an entry that came after those that were. @param context that its leaf commits to */
  alsoPruned(time: string, context: string): void {
    this.#missingParts.heed(time, context);
    this.prunedPlaces.heed(context);
  }

  /** What only the whole log shows. @param now where its service may be at work */
  end(now?: Date): void {
    this.#roots.end();
    for (const [before, now] of this.#sources.exchangedOverRoots()) this.findings.correct(before, now);
    const spoilt = this.findings.kept.filter(({ kind, index }) => index !== undefined && WHOLE_PLACE.has(kind)).map(({ index }) => index!);
    const changed = this.findings.kept.filter(({ kind, from }) => kind === 'changed' && from !== undefined);
    for (const { epoch, first, last, after, before, isCertain } of this.#counters.gaps(now?.getTime())) {
      // A damaged entry has lost its own counter as well: once is enough.
      if (spoilt.some((index) => index <= before && index >= (after ?? 0))) continue;
      const isInChanged = changed.some(({ from, to }) => from! <= before && to! > (after ?? 0));
      this.findings.add({
        ...{ kind: 'counter-missing', severity: isCertain || isInChanged ? 'certain' : 'unclear', epoch, counters: [first, last], to: before },
        ...(after === undefined ? {} : { from: after }),
      });
    }
    this.findings.addAll(this.#missingParts.found());
    this.findings.addAll(this.prunedPlaces.found());
    if (!this.#counters.isWhole) this.findings.add({ kind: 'counters-untold' });
  }

  private look(entry: WalkedEntry, leaf: string, isAsHashed: boolean): void {
    const { index, entryId, parts } = entry;
    if (parts.count > 0) this.#withParts++;
    const fields = leafFields(leaf);
    if (!fields) {
      if (isAsHashed) this.findings.add({ kind: 'leaf-malformed', index, ...idOf(entryId) });
      return;
    }
    this.#newest = fields.time;
    if (fields.time > this.#latest) this.#latest = fields.time;
    if (!this.#counters.take(index, fields.epoch, Number(fields.counter), fields.time, fields.voided)) this.findings.add({ kind: 'duplicated', index, ...idOf(entryId) });
    // Beside a leaf that is not the entry's own nothing has to fit.
    if (!isAsHashed) return;
    const damages = damagesBeside(fields, parts, entry.columns);
    if (damages.length > 0) this.findings.add(...damages.map((damage) => ({ ...damage, index, ...idOf(entryId) })));
    if (!entry.columns?.isEmptied) this.#missingParts.take(index, entryId, fields, parts);
    if (entry.columns && parts.count < PART_NAMES.length) this.prunedPlaces.take(index, entry.columns.filed);
    if (fields.kind === 'log.pruned') this.heedPruning(fields, entry);
  }

  /** What was pruned is told by its context alone, whatever else of the entry was changed. */
  private heedPruning({ time, context: committed }: LeafFields, { parts, columns }: WalkedEntry): void {
    const context = parts.commitment('context') === committed ? parts.text('context') : undefined;
    if (context !== undefined) this.#missingParts.heed(time, context);
    if (columns) this.prunedPlaces.heed(context);
  }
}

function idOf(entryId: number | undefined): { readonly entryId?: number } {
  return entryId === undefined ? {} : { entryId };
}
