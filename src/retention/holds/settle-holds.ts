import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AccessLog } from '../../audit/append-entry.js';
import { partAsJson } from '../../audit/part-as-json.js';
import { NEWEST_FIRST, PLACE, WITH_PLACE } from '../../audit/tree-order.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { holdsInForce, releaseHolds, writeHold, type Hold, type HoldScope } from '../../vault/holds.js';
import { KeyStore } from '../../vault/key-store.js';
import { withdrawAnnounced } from '../policies/withdraw-announced.js';
import { lockHolds } from '../../vault/hold-lock.js';
import { holdInEntry, loggedHolds, loggedTime, sameScope } from './logged-holds.js';

/**
 * Makes the key store's holds and the log's entries one again. They part in a crash between the two databases, or when somebody
 * writes into one of them:
 * - in force and not logged: placed, and its entry never came. It is in force all the same, and gets an entry now
 * - released in the log: two persons did. It ends in the key store
 * - in force by the log, and not, or with another scope, in the key store: no crash does that. It is put back into force as
 *   the log has it, placed when it was, an entry says so, and the next run destroys nothing
 *
 * While any is in force, no announced policy that shortens anything comes into force: it is taken back.
 *
 * Right after a hold was placed or released, at every start, and before anything is destroyed. Twice does no harm.
 */
@Injectable()
export class SettleHolds implements OnApplicationBootstrap {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** A log that was tampered with stops no service: the next run says so. */
  async onApplicationBootstrap(): Promise<void> {
    await this.run().catch(() => undefined);
  }

  /**
   * @returns holds that were put back into force, here or earlier, and that no run has failed for yet: whoever destroys must stop
   * @throws InputsChanged when the log's entries about holds are not what they were
   */
  run(): Promise<readonly string[]> {
    return this.records.acrossSites(async (tx) => {
      await lockHolds(tx);
      const logged = await loggedHolds(tx);
      const inForce = new Map((await this.keyStore.transaction(({ tx: keys }) => holdsInForce(keys))).map((hold) => [hold.id, hold]));
      await this.end([...inForce.keys()].filter((id) => logged.released.has(id)));
      await this.logFound(tx, [...inForce.values()].filter(({ id }) => !logged.open.has(id) && !logged.released.has(id)));
      const changed = [...logged.open].filter(([id, scope]) => !inForce.has(id) || !sameScope(inForce.get(id)!.scope, scope));
      await this.mend(tx, changed);
      const [first] = [...inForce.keys(), ...logged.open.keys()].filter((id) => !logged.released.has(id));
      if (first !== undefined) await withdrawAnnounced(tx, this.log, first, this.clock.now());
      return unreportedMends(tx);
    });
  }

  private async mend(tx: RecordsTx, changed: readonly (readonly [string, HoldScope])[]): Promise<void> {
    for (const [id, scope] of changed) {
      const placedAt = await loggedTime(tx, id);
      await this.keyStore.transaction((store) => writeHold(store.tx, { id, scope, placedAt }));
      await this.log.append(tx, { kind: 'hold.mended', actor: { system: 'holds' }, ...holdInEntry(id, scope) });
    }
  }

  private async end(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.keyStore.transaction(({ tx }) => releaseHolds(tx, ids, this.clock.now()));
  }

  private async logFound(tx: RecordsTx, found: readonly Hold[]): Promise<void> {
    for (const { id, scope } of found) {
      await this.log.append(tx, { kind: 'hold.found', actor: { system: 'holds' }, ...holdInEntry(id, scope) });
    }
  }
}

/** What names a hold that was mended, where somebody changed the entry in the database. */
const UNREADABLE = 'of an entry that cannot be read';

/**
 * Since the last run that has finished, or failed because something was not as the log has it. A log that came back from a copy has
 * holds open that have been released since: two persons who accepted it have accepted that they stand again.
 */
async function unreportedMends(tx: RecordsTx): Promise<readonly string[]> {
  const rows = await tx.query<{ hold: string }>(`
    SELECT DISTINCT coalesce(${partAsJson('p.context')} ->> 'hold', '${UNREADABLE}') AS hold FROM log_entry e JOIN log_part p ON p.entry_id = e.id ${WITH_PLACE}
    WHERE e.kind = 'hold.mended' AND (${PLACE}) > ALL (
      SELECT ${PLACE} FROM log_entry e JOIN log_part p ON p.entry_id = e.id ${WITH_PLACE}
      WHERE e.kind IN ('purge.finished', 'purge.failed', 'restore.released')
        AND (e.kind <> 'purge.failed' OR ${partAsJson('p.context')} ->> 'reason' = 'inputs-changed')
      ORDER BY ${NEWEST_FIRST} LIMIT 1)
    ORDER BY 1`);
  return rows.map(({ hold }) => hold);
}
