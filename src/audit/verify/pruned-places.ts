import { createHash } from 'node:crypto';
import { prunedBundles, type PrunedBundle } from '../entry-parts.js';
import { TILE_WIDTH } from '../export/tile-path.js';
import type { Finding } from './finding.js';

/**
 * What entries without parts are filed under, which their leaves do not say, against what each pruning left and found there by the log's own word. Remembers a digest of
 * each bundle in which some have none.
 */
export class PrunedPlaces {
  readonly #there = new Map<number, string>();
  readonly #said = new Map<number, string>();
  readonly #differing = new Map<number, Finding>();
  /** Whether prunings of this log have told of their bundles from the first; undefined as long as none is known. */
  #isAllTold: boolean | undefined;
  #bundle = 0;
  #lines = '';

  /** An entry that has not all its parts. @param index above all that were taken before. @param filed `site intake`, either of them empty */
  take(index: number, filed: string): void {
    const bundle = Math.floor(index / TILE_WIDTH);
    if (bundle !== this.#bundle) this.#close(bundle);
    this.#lines += `${index} ${filed}\n`;
  }

  /** What a pruning says: in the order in which they were. @param context that its leaf commits to; undefined where nothing tells what it said. */
  heed(context: string | undefined): void {
    const bundles = context === undefined ? undefined : bundlesIn(context);
    this.#isAllTold ??= bundles !== undefined;
    if (context === undefined) this.#forget();
    for (const { number, before, after, changed } of bundles ?? []) {
      if (changed || ((this.#isAllTold || this.#said.has(number)) && this.#said.get(number) !== before)) this.#differ(number);
      this.#said.set(number, after);
    }
  }

  /** Bundles in which something else is there than was left: something may have been pruned since they were gone through. */
  otherwise(): readonly number[] {
    this.#close(0);
    const all = new Set(this.#isAllTold ? [...this.#there.keys(), ...this.#said.keys()] : this.#said.keys());
    return [...all].filter((bundle) => this.#there.get(bundle) !== this.#said.get(bundle));
  }

  /** What is there now, of these bundles. */
  look(bundles: readonly number[], places: ReadonlyMap<number, { readonly after: string }>): void {
    for (const bundle of bundles) if (places.get(bundle)?.after !== this.#said.get(bundle)) this.#differ(bundle);
  }

  found(): readonly Finding[] {
    return [...this.#differing].sort(([a], [b]) => a - b).map(([, finding]) => finding);
  }

  /** Which ones it took parts in is not known. */
  #forget(): void {
    this.#said.clear();
    this.#isAllTold = false;
  }

  #differ(bundle: number): void {
    this.#differing.set(bundle, { kind: 'pruned-differs', from: bundle * TILE_WIDTH, to: (bundle + 1) * TILE_WIDTH });
  }

  #close(next: number): void {
    if (this.#lines !== '') this.#there.set(this.#bundle, createHash('sha256').update(this.#lines).digest('hex'));
    this.#bundle = next;
    this.#lines = '';
  }
}

/** None where it tells of none, or of what no pruning writes: what is committed to is not for that what the log writes. */
function bundlesIn(context: string): readonly PrunedBundle[] | undefined {
  try {
    const { bundles } = JSON.parse(context) as Readonly<Record<string, unknown>>;
    return prunedBundles(bundles) ? bundles : undefined;
  } catch {
    return undefined;
  }
}
