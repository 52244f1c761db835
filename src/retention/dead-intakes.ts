import type { Day } from '../platform/clock.js';
import type { KeyStore } from '../vault/key-store.js';

/** SQL: is the bucket of this share or lookup row gone? @param row alias, from our own code */
export function deadSql(row: string): string {
  return `NOT EXISTS (SELECT FROM bucket b WHERE b.id = ${row}.bucket_id)`;
}

/**
 * One look for all intakes that have a dead share, in the order in which their shares lie on the disk: neighbours are cleared
 * away together, and each page of a table is written once. The list is the server's, for as long as the connection of its own
 * lives, and keeps no old snapshot alive: nothing is looked at twice, however many there are.
 */
const LIST = `
  DECLARE dead_intake CURSOR WITH HOLD FOR
  SELECT intake_id, last_day, count(*) OVER ()::integer AS total
  FROM (SELECT s.intake_id, max(s.due_day) AS last_day, min(s.ctid) AS place FROM life_share s WHERE ${deadSql('s')} GROUP BY s.intake_id) dead ORDER BY place`;

export interface DeadIntake {
  readonly intakeId: string;
  /** Of its dead shares. What is dead keeps its day. */
  readonly lastDay: Day;
}

export interface DeadBatch {
  readonly intakes: readonly DeadIntake[];
  /** Of all batches. */
  readonly total: number;
}

/**
 * The intakes that have a dead share now, handed over batch by batch; what dies meanwhile is for the next sweep.
 * @param work `next` answers undefined when there are no more; it may be asked by several at once
 */
export async function listDeadIntakes<T>({ database }: KeyStore, size: number, work: (next: () => Promise<DeadBatch | undefined>) => Promise<T>): Promise<T> {
  return database.newConnection(async (query) => {
    await query(LIST);
    return work(async () => {
      const rows = await query<{ intake_id: string; last_day: Day; total: number }>(`FETCH ${size} FROM dead_intake`);
      return rows[0] && { intakes: rows.map(({ intake_id, last_day }) => ({ intakeId: intake_id, lastDay: last_day })), total: rows[0].total };
    });
  });
}
