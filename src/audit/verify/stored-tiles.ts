import type { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { TILE_WIDTH, tilePath } from '../export/tile-path.js';
import { hashText, type HashText } from '../growing-tree.js';
import { filled } from '../longest-cells.js';
import type { Findings } from './finding.js';
import { fullTiles } from '../tiles/tile.js';
import { nearestNumber } from './nearest-number.js';
import { TileLevels, type GrownTile } from './tile-levels.js';
import { TileRoots } from './tile-roots.js';

const HASH_BYTES = 32;
const MOST_NAMED = 100;

/** The tiles of the leaves themselves, by number, of entries from one index to before another. @param tx of a job */
export async function leafTiles(tx: RecordsTx, from: number, to: number): Promise<ReadonlyMap<number, HashText>> {
  const rows = await tx.query<{ number: number; hashes: Buffer }>(`SELECT number, ${filled('hashes', 'hashes')} AS hashes FROM log_tile WHERE level = 0 AND number >= $1 AND number < $2`, [
    Math.floor(from / TILE_WIDTH),
    Math.ceil(to / TILE_WIDTH),
  ]);
  return new Map(rows.map(({ number, hashes }) => [number, hashText(hashes)]));
}

export function hashInTile(tiles: ReadonlyMap<number, HashText>, index: number): HashText | undefined {
  const at = (index % TILE_WIDTH) * HASH_BYTES;
  return tiles.get(Math.floor(index / TILE_WIDTH))?.slice(at, at + HASH_BYTES);
}

/**
 * The stored tiles above the leaves' own, compared with the tree as it grows; and whether those of all levels are there: the sequencer
 * stores each with the entries that make it full. Those of a log that is older than its tiles are missed until the service has filled them in, in its first minute.
 */
export class StoredTiles {
  private readonly levels = new TileLevels();
  private readonly roots = new TileRoots();
  private due: GrownTile[] = [];

  constructor(
    private readonly records: RecordsDatabase,
    private readonly findings: () => Findings,
  ) {}

  /** @param height of a perfect subtree, a multiple of eight */
  add(height: number, hash: HashText): void {
    const full = this.levels.add(height, hash);
    if (full) this.due.push(full);
    if (height > 0) this.roots.add(height / 8 - 1, hash);
  }

  /** Compares what became full since the last time. @param rootsAtOnce so many roots are waited for */
  async compare(rootsAtOnce = TILE_WIDTH): Promise<void> {
    const due = this.due;
    this.due = [];
    for (const { level, number, hashes } of due) {
      const [row] = await this.records.acrossSites((tx) => tx.query<{ hashes: Buffer }>(`SELECT ${filled('hashes', 'hashes')} AS hashes FROM log_tile WHERE level = $1 AND number = $2`, [level, number]));
      if (row && hashText(row.hashes) !== hashes) this.findings().add({ kind: 'tile-differs', name: tilePath(level, number, TILE_WIDTH) });
    }
    const named = new Set(this.findings().kept.map(({ name }) => name));
    for (const { level, number } of await this.roots.changed(this.records, rootsAtOnce)) {
      const name = tilePath(level, number, TILE_WIDTH);
      if (!named.has(name)) this.findings().add({ kind: 'tile-differs', name });
    }
  }

  /** Tiles that are missing, and tiles that the tree does not have, or that are there twice. @param size of the tree whose full tiles are looked for */
  async end(size: number): Promise<void> {
    await this.compare(1);
    const full: number[] = [];
    while (fullTiles(full.length, size) > 0) full.push(fullTiles(full.length, size));
    const missing = await this.records.acrossSites((tx) =>
      tx.query<{ level: number; number: number }>(
        `SELECT (l - 1)::int AS level, made.number FROM unnest($1::bigint[]) WITH ORDINALITY AS given (tiles, l) CROSS JOIN generate_series(0, tiles - 1) AS made (number)
         WHERE NOT EXISTS (SELECT FROM log_tile t WHERE t.level = l - 1 AND t.number = made.number) ORDER BY 1, 2 LIMIT ${MOST_NAMED}`,
        [full],
      ),
    );
    const beyond = await this.records.acrossSites((tx) =>
      tx.query<{ level: number; number: number }>(
        `SELECT coalesce(level, -1) AS level, coalesce(${nearestNumber('number')}, -1) AS number FROM log_tile
         WHERE level IS NULL OR number IS NULL OR level < 0 OR number < 0 OR number >= floor((SELECT coalesce(max(index)::float8 + 1, 0) FROM log_index) / power(256, least(greatest(level, 0), 100) + 1))
         UNION SELECT coalesce(level, -1), coalesce(${nearestNumber('number')}, -1) FROM log_tile GROUP BY level, number HAVING count(*) > 1 ORDER BY level, number LIMIT ${MOST_NAMED}`,
      ),
    );
    this.findings().add(
      ...beyond.map(({ level, number }) => ({ kind: 'tile-differs' as const, name: tilePath(level, number, TILE_WIDTH) })),
      ...missing.map(({ level, number }) => ({ kind: 'tile-missing' as const, name: tilePath(level, number, TILE_WIDTH) })),
    );
  }
}
