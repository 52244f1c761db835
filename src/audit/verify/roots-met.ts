import type { Finding, Findings } from './finding.js';

/** A root that the tree must have at a size, and who says so. */
export interface NamedRoot {
  readonly size: number;
  readonly root: Uint8Array;
  /** `head`: the database's own word, signed by nobody. */
  readonly by: 'checkpoint' | 'kept' | 'signer' | 'head';
  readonly name: string;
}

interface Missed extends NamedRoot {
  /** The last root before it that the tree has, 0 where there is none. */
  readonly after: number;
  /** What the entries in between show. */
  readonly found: readonly Finding[];
}

const MOST_MISSED = 1_000;

/**
 * Which of the roots, by growing size, a tree has. One that it misses while it has a later one belongs to another tree: the log
 * was forked there. Where none comes after it, the tree was changed since.
 */
export class RootsMet {
  #met = 0;
  #missed: Missed[] = [];

  constructor(private readonly findings: Findings) {}

  note(root: NamedRoot, isMet: boolean, look: () => readonly Finding[]): void {
    if (isMet) {
      for (const missed of this.#missed) this.fork(missed);
      this.#missed = [];
      this.#met = root.size;
    } else if (root.size === this.#met && root.size > 0) {
      this.fork({ ...root, after: this.#met, found: [] });
    } else if (this.#missed.length < MOST_MISSED) {
      this.#missed.push({ ...root, after: this.#met, found: this.#missed.length === 0 ? look() : [] });
    }
  }

  end(): void {
    const [first, ...rest] = this.#missed;
    if (!first) return;
    const signed = [first, ...rest].some(({ by }) => by !== 'head');
    if (!signed) this.findings.add(...(first.found.length > 0 ? first.found : [{ kind: 'head-differs' as const, size: first.size }]));
    else if (first.found.length > 0) this.findings.add(...first.found);
    else this.findings.add({ kind: 'changed', from: first.after, to: first.size, name: first.name });
  }

  private fork({ by, size, name, found }: Missed): void {
    this.findings.add(...found, by === 'head' ? { kind: 'head-differs', size } : { kind: 'forked', size, name });
  }
}
