import { Injectable } from '@nestjs/common';
import { AccessLog } from '../../audit/append-entry.js';
import type { Actor } from '../../audit/entry.js';
import { extendsFrontier } from '../../audit/extends-frontier.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { KeyStore } from '../key-store.js';
import { acceptVersions } from './accept-versions.js';
import { rememberRecords } from './records-memory.js';
import { readRecordsState, type RecordsState } from './records-state.js';
import { deleteRestored, lockRestored, markAsked, type RestoredRecords } from './restored-records.js';

/** A day: whoever asks and finds nobody asks again. */
const ASKED_FOR_MS = 24 * 60 * 60 * 1_000;

export interface Releaser {
  readonly memberId: string;
  readonly role: NonNullable<Actor['role']>;
}

/**
 * Two administrators let restored records back into service. What the first has asked stands in the key store: a request that stood in
 * the records could itself have come out of the backup.
 */
@Injectable()
export class ReleaseRestored {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /**
   * The first administrator asks, another one releases, whom the first did not bring along: a guest of theirs who comes second
   * has asked instead, and the host releases. From then on these records are the ones the key store remembers.
   * The entry is committed first: a crash between leaves it with the records still closed, and the two do it again.
   * @throws Refusal ALREADY_DONE when nothing is to be released, RESTORE_NOT_CHECKED before restore-check has swept these very records
   */
  async run(who: Releaser): Promise<'asked' | 'released'> {
    return this.keyStore.transaction(async ({ tx }) => {
      const restored = await lockRestored(tx);
      if (!restored) throw new Refusal('ALREADY_DONE', 'The records are in service.');
      const state = await this.checkedState(restored);
      const now = this.clock.now();
      if (!(await this.mayComplete(restored, who.memberId, now))) {
        await this.append('restore.asked', who, {});
        await markAsked(tx, who.memberId, now);
        return 'asked';
      }
      await this.append('restore.released', who, { member: restored.asked!.by });
      await deleteRestored(tx);
      await this.records.acrossSites((records) => acceptVersions(tx, records));
      await rememberRecords(tx, state, now, 'anew');
      return 'released';
    });
  }

  private async checkedState({ swept }: RestoredRecords): Promise<RecordsState> {
    return this.records.acrossSites(async (tx) => {
      const state = await readRecordsState(tx);
      if (!swept || !(await extendsFrontier(tx, swept.tree, state.tree))) {
        throw new Refusal('RESTORE_NOT_CHECKED', 'Run restore-check on these records first.');
      }
      return state;
    });
  }

  private async mayComplete({ asked }: RestoredRecords, memberId: string, now: Date): Promise<boolean> {
    if (!asked || asked.by === memberId || now.getTime() - asked.at.getTime() >= ASKED_FOR_MS) return false;
    const [line] = await this.records.withoutSite((tx) => tx.query<{ guest: boolean }>('SELECT comes_from($1, $2) AS guest', [memberId, asked.by]));
    return !line!.guest;
  }

  private async append(kind: 'restore.asked' | 'restore.released', { memberId, role }: Releaser, subject: { member?: string }): Promise<void> {
    await this.records.acrossSites((tx) => this.log.append(tx, { kind, actor: { member: memberId, role }, subject, context: {} }));
  }
}
