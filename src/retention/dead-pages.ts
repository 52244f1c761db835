import { CLASSES_FROM_THE_START, PREPARER_LIST } from '../catalogue/retention-class.js';
import type { KeyStore } from '../vault/key-store.js';
import type { Over } from './clear-sections.js';

/** SQL: is the bucket of this share or lookup row gone? @param row alias, from our own code */
export function deadSql(row: string): string {
  return `NOT EXISTS (SELECT FROM bucket b WHERE b.id = ${row}.bucket_id)`;
}

/** SQL: is this row on the pages from the first of two parameters to before the second? Found without an index. */
export function onPagesSql(row: string, from: string, to: string): string {
  return `${row}.ctid >= format('(%s,0)', ${from}::integer)::tid AND ${row}.ctid < format('(%s,0)', ${to}::integer)::tid`;
}

/**
 * SQL: shares on pages beside their buckets, `b.id` of the dead being null. For what counts them: of an anti-join the planner takes next to
 * nothing to come out, and sorts.
 */
export const SHARES_ON_PAGES = `life_share s LEFT JOIN bucket b ON b.id = s.bucket_id WHERE ${onPagesSql('s', '$1', '$2')}`;

/** How many pages a table of the key store has. */
export async function pagesOf({ database }: KeyStore, table: 'life_share' | 'lookup'): Promise<number> {
  const [row] = await database.query<{ pages: number }>(
    `SELECT (pg_relation_size('${table}') / current_setting('block_size')::integer)::integer AS pages`,
  );
  return row!.pages;
}

/** Dead shares that lie on neighbouring pages. */
export interface DeadPages {
  readonly from: number;
  /** The page after the last. */
  readonly to: number;
  /** Whose they are. */
  readonly intakeIds: readonly string[];
  /** Of those, whose share of every class lies dead here, by a look without locks. A return on the list may have one elsewhere. */
  readonly whole: readonly Over[];
  /** Intakes in all of them, as far as it can be told: nobody counts what has not been looked at yet. */
  readonly total: number;
}

/** Pages looked at together: at the beginning, and at most. A page has some five intakes. */
const FIRST = 200;
const MOST = 1000;

/**
 * Goes once through the shares in the order in which they lie on the disk, and hands over those that are dead, page after page:
 * neighbours are cleared away together, and each page of a table is written once. A dead share does not move, so none is missed. An intake whose
 * shares lie far apart, and that was not cleared away when the first of them was met, comes again. What dies meanwhile is for the next sweep.
 */
export class DeadShares {
  #from = 0;
  #width = FIRST;
  #done = 0;
  /** Of the pages before these, which may not have been cleared away yet. */
  #justHandedOver: ReadonlySet<string> = new Set();
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly database: KeyStore['database'],
    private readonly size: number,
    private readonly pages: number,
  ) {}

  /** @param size intakes to hand over together, about */
  static async of(keyStore: KeyStore, size: number): Promise<DeadShares> {
    return new DeadShares(keyStore.database, size, await pagesOf(keyStore, 'life_share'));
  }

  /** May be asked by several at once. @returns undefined when there are no more */
  next(): Promise<DeadPages | undefined> {
    const turn = this.#turn.then(() => this.take());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  private async take(): Promise<DeadPages | undefined> {
    while (this.#from < this.pages) {
      const from = this.#from;
      const to = Math.min(from + this.#width, this.pages);
      const found = await this.database.query<Lying>(LYING, [from, to]);
      const isCrowded = found.length > 2 * this.size && to > from + 1;
      this.#width = nextWidth(to - from, found.length, this.size);
      if (isCrowded) continue;
      const intakes = found.filter(({ intakeId }) => !this.#justHandedOver.has(intakeId));
      this.#justHandedOver = new Set(found.map(({ intakeId }) => intakeId));
      this.#from = to;
      this.#done += intakes.length;
      if (intakes.length === 0) continue;
      const intakeIds = intakes.map(({ intakeId }) => intakeId);
      return { from, to, intakeIds, whole: intakes.filter(({ isWhole }) => isWhole), total: Math.ceil((this.#done * this.pages) / to) };
    }
    return undefined;
  }
}

interface Lying extends Over {
  readonly isWhole: boolean;
}

const LYING = `
  SELECT s.intake_id AS "intakeId", max(s.due_day) AS "lastDay",
    bool_and(b.id IS NULL) AND count(*) FILTER (WHERE s.class <> '${PREPARER_LIST}') = ${CLASSES_FROM_THE_START.length} AS "isWhole"
  FROM ${SHARES_ON_PAGES} GROUP BY s.intake_id HAVING bool_or(b.id IS NULL)`;

/** Wide enough for so many intakes, if what comes is as what was. Never more than twice as wide, since it may not be. Pure. */
export function nextWidth(width: number, found: number, size: number): number {
  const wanted = Math.floor((width * size) / Math.max(found, 1));
  return Math.max(1, Math.min(wanted, 2 * width, MOST));
}
