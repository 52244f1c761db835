/**
 * For how long a transaction can go on at most: a connection that stands still in one is cut off after a minute, a statement
 * after two. A writer that has gone on for longer would have announced the counter as void.
 */
const UNDER_WAY_MS = 300_000;
const MOST_WRITERS = 100_000;
const MOST_GAPS = 100_000;
/** Twice as many are kept at most. */
const MOST_VOIDS = 50_000;

/** Counters of one writer that no entry has and none announces as void. */
export interface CounterGap {
  readonly epoch: string;
  readonly first: number;
  readonly last: number;
  /** The writer's entries around it, by their places in the tree: before it, if there is any, and the one that shows it. */
  readonly after: number | undefined;
  readonly before: number;
  /** The writer wrote on for so long that these were not under way when it died: they were removed. */
  readonly isCertain: boolean;
}

interface Gap {
  first: number;
  last: number;
  readonly after: number | undefined;
  readonly before: number;
  readonly time: string;
}

interface Writer {
  readonly epoch: string;
  max: number;
  newestIndex: number;
  newestTime: string;
  readonly gaps: Gap[];
}

/**
 * Follows the counters of all writers through the tree (docs/formats.md, "Log leaf"). Memory grows with writers and gaps and
 * not with entries, and stops growing: what is beyond is said to be uncounted. Of what was announced as void the last are remembered.
 */
export class WriterCounters {
  readonly #writers = new Map<string, Writer>();
  #last: Writer | undefined;
  #gaps = 0;
  readonly #voids = new RecentTexts(MOST_VOIDS);
  #isWhole = true;

  /** False when there were more writers or gaps than are followed. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** @returns false when this counter was there before: announced as void, and there once, it is of a commit whose answer was lost */
  take(index: number, epoch: string, counter: number, time: string, voided: readonly number[] = []): boolean {
    const writer = this.#last?.epoch === epoch ? this.#last : this.writerOf(epoch);
    if (!writer) return true;
    this.#last = writer;
    const isNew = counter > writer.max ? this.goOn(writer, index, counter, time) : this.fill(writer, counter) || this.#voids.take(nameOf(writer, counter));
    for (const each of voided) if (each <= writer.max && this.fill(writer, each)) this.#voids.add(nameOf(writer, each));
    if (time > writer.newestTime) writer.newestTime = time;
    writer.newestIndex = index;
    return isNew;
  }

  /** What an entry says that has no place in the tree yet. */
  takeLater(epoch: string, counter: number, voided: readonly number[] = []): void {
    const writer = this.#writers.get(epoch);
    if (writer) for (const each of [counter, ...voided]) this.fill(writer, each);
  }

  /**
   * @param now what is not older than a transaction can go on may still be under way then. What a clock wrote that was ahead of it is younger than
   *   any: there the writer itself tells, when it has gone on for so long
   */
  *gaps(now = Infinity): Iterable<CounterGap> {
    for (const { epoch, gaps, newestTime } of this.#writers.values()) {
      for (const { first, last, after, before, time } of gaps) {
        const at = Date.parse(time);
        const isCertain = Date.parse(newestTime) - at > UNDER_WAY_MS;
        if (at > now ? !isCertain : at > now - UNDER_WAY_MS) continue;
        yield { epoch, first, last, after, before, isCertain };
      }
    }
  }

  private writerOf(epoch: string): Writer | undefined {
    const known = this.#writers.get(epoch);
    if (known) return known;
    if (this.#writers.size >= MOST_WRITERS) {
      this.#isWhole = false;
      return undefined;
    }
    const name = Buffer.from(epoch, 'latin1').toString('latin1'); // a part of a leaf would keep the whole leaf
    const writer: Writer = { epoch: name, max: 0, newestIndex: -1, newestTime: '', gaps: [] };
    this.#writers.set(name, writer);
    return writer;
  }

  private goOn(writer: Writer, index: number, counter: number, time: string): boolean {
    if (counter > writer.max + 1) {
      const after = writer.newestIndex < 0 ? undefined : writer.newestIndex;
      if (this.#gaps < MOST_GAPS) writer.gaps.push({ first: writer.max + 1, last: counter - 1, after, before: index, time });
      else this.#isWhole = false;
      this.#gaps++;
    }
    writer.max = counter;
    return true;
  }

  /** @returns false when nothing was missing there */
  private fill({ gaps }: Writer, counter: number): boolean {
    const at = gaps.findIndex(({ first, last }) => first <= counter && counter <= last);
    const gap = gaps[at];
    if (!gap) return false;
    const parts = [{ ...gap, last: counter - 1 }, { ...gap, first: counter + 1 }].filter(({ first, last }) => first <= last);
    gaps.splice(at, 1, ...parts);
    this.#gaps += parts.length - 1;
    return true;
  }
}

/** Texts that were added last: older ones are forgotten, so that it stays small. */
class RecentTexts {
  #newer = new Set<string>();
  #older = new Set<string>();

  constructor(private readonly most: number) {}

  add(text: string): void {
    if (this.#newer.size >= this.most) [this.#older, this.#newer] = [this.#newer, new Set()];
    this.#newer.add(text);
  }

  /** @returns whether it was there; it is no longer */
  take(text: string): boolean {
    return this.#newer.delete(text) || this.#older.delete(text);
  }
}

function nameOf({ epoch }: Writer, counter: number): string {
  return `${epoch} ${counter}`;
}
