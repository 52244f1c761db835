import type { RecordsTx } from '../platform/records-tx.js';
import { LogFault } from './log-fault.js';
import { bounded } from './longest-cells.js';
import { frontierFrom, type Frontier } from './merkle.js';

/** The tree as the database has it. @throws LogFault LOG_FORKED when it cannot be one */
export async function readHead(tx: RecordsTx): Promise<Frontier> {
  const [row] = await tx.query<HeadRow>(`SELECT size, ${bounded('frontier', 'frontier')} AS frontier FROM log_head`);
  return headFrom(row);
}

export interface HeadRow {
  readonly size: number;
  readonly frontier: Buffer;
}

/** @throws LogFault as `readHead` */
export function headFrom(row: HeadRow | undefined): Frontier {
  if (!row) throw new LogFault('LOG_ROLLED_BACK', 'the log has no head');
  try {
    return frontierFrom(row.size, row.frontier);
  } catch {
    throw new LogFault('LOG_FORKED', `the head of the log is not a tree of ${row.size} entries`);
  }
}
