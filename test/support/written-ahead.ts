import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestDatabases } from './test-databases.js';

type Query = TestDatabases['recordsOwner'];

/** Written when the sequencer, the signer or the clock please, not when somebody saves. */
const BY_THE_WAY = ['log_pending', 'log_index', 'log_tile', 'log_head', 'log_checkpoint', 'session', 'schema_migration', 'records_memory'];

export interface Written {
  /** "section UPDATE": how many. */
  readonly records: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/** Reads a database's write-ahead log as its thief can: which rows of which tables were written, and how much. */
export class WrittenAhead {
  private constructor(
    private readonly query: Query,
    private readonly slot: string,
  ) {}

  /** Keeps the log from being recycled meanwhile; `close` lets it go. */
  static async of(query: Query): Promise<WrittenAhead> {
    const slot = `t_${randomBytes(6).toString('hex')}`;
    await query('CREATE EXTENSION IF NOT EXISTS pg_walinspect');
    await query('SELECT pg_create_physical_replication_slot($1, true)', [slot]);
    return new WrittenAhead(query, slot);
  }

  /** What the tables of this database wrote while the work ran. */
  async during(work: () => Promise<unknown>): Promise<Written> {
    const from = await this.position();
    await work();
    const to = await this.position();
    const rows = await this.query<{ what: string; count: number; bytes: number }>(
      `SELECT coalesce(o.relname || ' apart', c.relname) || ' ' || replace(split_part(w.record_type, '+', 1), 'HOT_', '') AS what,
              count(*)::int AS count, sum(w.record_length)::int AS bytes
       FROM pg_get_wal_block_info($1, $2) w
       JOIN pg_class c ON pg_relation_filenode(c.oid) = w.relfilenode LEFT JOIN pg_class o ON o.reltoastrelid = c.oid
       WHERE w.reldatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) AND w.block_id = 0
         AND w.resource_manager = 'Heap' AND coalesce(o.relnamespace, c.relnamespace) = 'public'::regnamespace
         AND coalesce(o.relname, c.relname) <> ALL ($3) AND w.record_type !~ '^(LOCK|INPLACE|TRUNCATE|CONFIRM)'
       GROUP BY 1 ORDER BY 1`,
      [from, to, BY_THE_WAY],
    );
    return { records: Object.fromEntries(rows.map(({ what, count }) => [what, count])), bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  async close(): Promise<void> {
    await this.query('SELECT pg_drop_replication_slot($1)', [this.slot]);
  }

  /** Everything before it has reached the file. */
  private async position(): Promise<string> {
    const [row] = await this.query<{ at: string }>('SELECT pg_current_wal_insert_lsn()::text AS at');
    for (;;) {
      const [flushed] = await this.query<{ done: boolean }>('SELECT pg_current_wal_flush_lsn() >= $1::pg_lsn AS done', [row!.at]);
      if (flushed!.done) return row!.at;
      await pause(50);
    }
  }
}
