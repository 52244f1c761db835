import { GrowingBytes } from '../../platform/growing-bytes.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import { checkpointsIn, type CheckpointRow } from './stored-checkpoints.js';
import { PAGE, readPage, type StoredPage } from './stored-pages.js';

/** Pages on their way while one is gone through, one after the other: PostgreSQL need not wait for whoever goes through them. */
const AHEAD = 2;

interface PageOfLog {
  readonly page: StoredPage;
  /** That are stored for its sizes. */
  readonly checkpoints: readonly CheckpointRow[];
}

/** The pages of the log in its database, in their order. */
export class PagesAhead {
  readonly #rooms = Array.from({ length: AHEAD + 1 }, () => new GrowingBytes());
  readonly #ahead: Promise<PageOfLog>[] = [];
  #asked = 0;

  /** @param rows how far the log is gone through */
  constructor(
    private readonly records: RecordsDatabase,
    private readonly rows: number,
  ) {
    for (let pages = 0; pages < AHEAD; pages++) this.ask();
  }

  /** @returns the next page, good until the one after it is asked for; undefined after the last */
  async next(): Promise<PageOfLog | undefined> {
    const next = this.#ahead.shift();
    if (next) this.ask();
    return next;
  }

  private ask(): void {
    const from = this.#asked;
    if (from >= this.rows) return;
    this.#asked += PAGE;
    const before = this.#ahead.at(-1);
    const page = before ? before.then(() => this.read(from)) : this.read(from);
    page.catch(() => undefined); // heard where it is awaited
    this.#ahead.push(page);
  }

  private read(from: number): Promise<PageOfLog> {
    const to = Math.min(from + PAGE, this.rows);
    const room = this.#rooms[(from / PAGE) % this.#rooms.length]!;
    return this.records.acrossSites(async (tx) => ({ page: await readPage(tx, from, to, room), checkpoints: await checkpointsIn(tx, from, to) }));
  }
}
