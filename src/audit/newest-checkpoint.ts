import type { RecordsTx } from '../platform/records-tx.js';

/** The newest checkpoint of the log as it is named now; undefined before the first. */
export async function newestCheckpoint(tx: RecordsTx): Promise<string | undefined> {
  const [row] = await tx.query<{ note: string }>(
    'SELECT c.note FROM log_checkpoint c JOIN log_origin o ON o.origin = c.origin ORDER BY o.number DESC, c.size DESC LIMIT 1',
  );
  return row?.note;
}
