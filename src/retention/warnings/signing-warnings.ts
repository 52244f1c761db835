import type { LogFaultCode } from '../../audit/log-fault.js';
import { oldestPendingAge } from '../../audit/stall-gate.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { OperatorWarning } from './operator-warning.js';

/** An entry has its signature a second or two after it was written. */
const LONGEST_MS = 5 * 60_000;

/**
 * Of a log that is signed no more: as the signer says why, and by the oldest entry that waits for a signature, whatever keeps it from one
 * and whichever process was to sign.
 * @param fault of this process's signer
 */
export async function signingWarnings(records: RecordsDatabase, fault: LogFaultCode | undefined, now: Date): Promise<readonly OperatorWarning[]> {
  const waitedMs = await records.acrossSites(async (tx) => {
    const [oldest] = await tx.query<{ since: Date }>(OLDEST_UNSIGNED);
    return Math.max(oldest ? now.getTime() - oldest.since.getTime() : 0, (await oldestPendingAge(tx)) * 1000);
  });
  const isLate = waitedMs > LONGEST_MS;
  if (!fault && !isLate) return [];
  return [{ kind: 'log-unsigned', severity: 'serious', ...(fault ? { fault } : {}), ...(isLate ? { minutes: Math.floor(waitedMs / 60_000) } : {}) }];
}

/** Under a name that a restored log was given, all of it waits from then on. */
const OLDEST_UNSIGNED = `
  SELECT greatest(e.at, (SELECT started_at FROM log_origin ORDER BY number DESC LIMIT 1)) AS since
  FROM log_index i JOIN log_entry e ON e.id = i.entry_id
  WHERE i.index >= coalesce((SELECT max(size) FROM log_checkpoint WHERE origin = (SELECT origin FROM log_origin ORDER BY number DESC LIMIT 1)), 0)
  ORDER BY i.index LIMIT 1`;
