import type { RecordsDatabase } from '../../platform/records-database.js';
import type { HashText } from '../growing-tree.js';

interface GrownRoot {
  readonly level: number;
  readonly number: number;
  readonly root: Buffer;
}

const CHANGED = `
  SELECT t.level, t.number FROM unnest($1::int[], $2::bigint[], $3::bytea[]) AS grown (level, number, root) JOIN log_tile t ON t.level = grown.level AND t.number = grown.number
  WHERE t.root IS DISTINCT FROM grown.root ORDER BY t.level, t.number`;

/** The roots that are stored beside the hashes of full tiles, by which tiles above them are made: the database computes them, as long as its owner leaves it at that. */
export class TileRoots {
  readonly #made: number[] = [];
  #due: GrownRoot[] = [];

  /** @param root of the next tile of that level, as the tree has it */
  add(level: number, root: HashText): void {
    const number = this.#made[level] ?? 0;
    this.#made[level] = number + 1;
    this.#due.push({ level, number, root: Buffer.from(root, 'latin1') });
  }

  /** Of those that were added since the last time, once there are enough of them for a question. @param least that are enough @returns tiles that have another one */
  async changed(records: RecordsDatabase, least: number): Promise<readonly Omit<GrownRoot, 'root'>[]> {
    const due = this.#due;
    if (due.length < least) return [];
    this.#due = [];
    const columns = (['level', 'number', 'root'] as const).map((name) => due.map((one) => one[name]));
    return records.acrossSites((tx) => tx.query<Omit<GrownRoot, 'root'>>(CHANGED, columns));
  }
}
