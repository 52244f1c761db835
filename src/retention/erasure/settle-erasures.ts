import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PREPARER_LIST } from '../../catalogue/retention-class.js';
import type { Day } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../../vault/key-store.js';

interface Waiting {
  readonly intake_id: string;
  readonly day: Day;
}

/**
 * Tells the key store of the erasures that the records have committed: everything that still lives of such an intake is due on the
 * day of its erasure, so that the next run destroys it; save the preparer's list, which the law keeps for its own time. It makes days shorter and nothing else; what a hold covers stays, and is past
 * its day.
 *
 * Right after an approval, and at every start for one that a crash kept from it. Between the two the records alone refuse.
 * Twice does no harm.
 */
@Injectable()
export class SettleErasures implements OnApplicationBootstrap {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
  ) {}

  onApplicationBootstrap(): Promise<void> {
    return this.run();
  }

  async run(): Promise<void> {
    const waiting = await this.records.acrossSites((tx) => tx.query<Waiting>('SELECT intake_id, day FROM erasure WHERE run_id IS NULL'));
    if (waiting.length === 0) return;
    await this.keyStore.transaction(({ tx }) =>
      tx.query(
        `UPDATE life_share s SET due_day = e.day FROM unnest($1::uuid[], $2::date[]) AS e (intake, day)
         WHERE s.intake_id = e.intake AND s.due_day > e.day AND s.class <> '${PREPARER_LIST}'`,
        [waiting.map((row) => row.intake_id), waiting.map(({ day }) => day)],
      ),
    );
  }
}
