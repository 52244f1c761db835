import { Injectable } from '@nestjs/common';
import { checkPasted, type PastedVerdict } from '../audit/check-pasted.js';
import { LogFault, type LogFaultCode } from '../audit/log-fault.js';
import { bounded } from '../audit/longest-cells.js';
import { oldestPendingAge } from '../audit/stall-gate.js';
import type { LeafRange } from '../audit/tiles/leaf-range.js';
import { missingHashes } from '../audit/tiles/missing-hashes.js';
import { Signer } from '../audit/signer.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';

/** How far the log has come, as an auditor asks. */
export interface LogState {
  /** The newest checkpoint of the log as it is named now; absent before the first. */
  readonly checkpoint?: { readonly note: string; readonly size: number; readonly signedAt: Date };
  /** Entries in the tree. */
  readonly size: number;
  /** Written and not yet in the tree, and how long the oldest has waited, in seconds. */
  readonly pending: number;
  readonly oldestPending: number;
  /** Entries whose hashes are missing, so that proofs cannot be given from there on; the first such place. */
  readonly missing?: LeafRange;
  /** Why nothing is signed at the moment. */
  readonly fault?: LogFaultCode;
  /** For how long nothing has been signed although entries wait for it, in seconds; absent while that is no longer than it may take. */
  readonly unsignedFor?: number;
}

/** A signature takes a second or two. */
const SLOW_SECONDS = 60;

/** Of the whole organisation's log, which is one: hashes and counts, and nothing of any site. */
@Injectable()
export class CheckCheckpoint {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly signer: Signer,
  ) {}

  pasted(text: string): Promise<PastedVerdict> {
    return this.records.withoutSite((tx) => checkPasted(tx, text));
  }

  state(): Promise<LogState> {
    return this.records.withoutSite(async (tx) => {
      const [row] = await tx.query<{ size: number; pending: number }>('SELECT coalesce((SELECT size FROM log_head), 0) AS size, (SELECT count(*) FROM log_pending) AS pending');
      const [newest] = await tx.query<{ note: string; size: number; signedAt: Date }>(
        `SELECT ${bounded('c.note', 'signed')} AS note, c.size, c.signed_at AS "signedAt" FROM log_checkpoint c JOIN log_origin o ON o.origin = c.origin ORDER BY o.number DESC, c.size DESC LIMIT 1`,
      );
      const end = await endOf(tx);
      const fault = this.signer.fault?.code ?? end.fault;
      const unsignedFor = row!.size > (newest?.size ?? 0) ? this.signer.silentSeconds : 0;
      return { ...row!, oldestPending: await oldestPendingAge(tx), ...(newest ? { checkpoint: newest } : {}), ...(end.missing && { missing: end.missing }), ...(fault ? { fault } : {}), ...(unsignedFor > SLOW_SECONDS ? { unsignedFor } : {}) };
    });
  }
}

/** Auditors are told of a head that is none; it is no error of the page. */
async function endOf(tx: RecordsTx): Promise<{ readonly missing?: LeafRange | undefined; readonly fault?: LogFaultCode }> {
  try {
    return { missing: await missingHashes(tx) };
  } catch (error) {
    if (!(error instanceof LogFault)) throw error;
    return { fault: error.code };
  }
}
