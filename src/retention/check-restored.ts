import { Injectable } from '@nestjs/common';
import { disableWhoLeft } from '../access/restored/disable-who-left.js';
import { AccessLog } from '../audit/append-entry.js';
import { Signer } from '../audit/signer.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { KeyStore } from '../vault/key-store.js';
import { endRevivedAccess } from '../vault/restored/end-revived-access.js';
import { readRecordsState } from '../vault/restored/records-state.js';
import { findRestored, markSwept, type RestoredRecords } from '../vault/restored/restored-records.js';
import { adoptRestored } from './adopt-restored.js';
import { LivesByLog } from './lives-by-log.js';
import { withRunLock } from './run-lock.js';
import type { Progress } from './sweep-dead.js';
import { sweepRestored, type SweptRecords } from './sweep-restored.js';

export interface RestoreReport extends SweptRecords {
  readonly found: RestoredRecords;
  /** Intakes that live in the key store and that the backup does not know: entered since, and lost. They die on their own days. */
  readonly lost: number;
  /** Intakes of which the key store knows other days than the backup's log. */
  readonly adopted: number;
  /** Members whom the backup brought back although they had been disabled after it. */
  readonly left: number;
  /** The name under which the log is signed from now on. */
  readonly origin: string;
}

/** Makes restored records fit to be released: sweeps what has died since, ends what came back to life, and starts the log anew. */
@Injectable()
export class CheckRestored {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly signer: Signer,
    private readonly log: AccessLog,
    private readonly lives: LivesByLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Every step can be done again: one that was cut short is begun anew, at worst with one more name for the log.
   * @returns undefined when the records go on from what the key store remembers
   * @throws Refusal RUN_IN_PROGRESS
   */
  run(progress: Progress): Promise<RestoreReport | undefined> {
    return withRunLock(this.keyStore.database, async () => {
      const found = await this.keyStore.database.transaction(findRestored);
      if (!found) return undefined;
      const swept = await sweepRestored(this.records, this.keyStore, this.clock.today('UTC'), progress);
      const adopted = await adoptRestored(this.records, this.keyStore, this.lives, this.log);
      const lost = (await this.livingInKeyStore()) - swept.living;
      const left = await this.records.acrossSites(async (tx) => {
        const revived = await endRevivedAccess(tx, this.clock.now());
        const members = await disableWhoLeft(tx, this.keyStore, this.log, this.clock);
        const counts = { ...swept, lost, adopted, ...revived, members };
        await this.log.append(tx, { kind: 'restore.swept', actor: { system: 'restore' }, subject: {}, context: { counts } });
        return members;
      });
      const { origin } = await this.signer.restart();
      const { tree } = await this.records.acrossSites(readRecordsState);
      await this.keyStore.transaction(({ tx }) => markSwept(tx, tree, this.clock.now()));
      return { ...swept, found, lost, adopted, left, origin };
    });
  }

  private async livingInKeyStore(): Promise<number> {
    const [row] = await this.keyStore.database.query<{ living: number }>(
      'SELECT count(DISTINCT s.intake_id)::integer AS living FROM life_share s JOIN bucket b ON b.id = s.bucket_id',
    );
    return row!.living;
  }
}
