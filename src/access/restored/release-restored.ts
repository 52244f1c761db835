import { Injectable } from '@nestjs/common';
import { AccessLog } from '../../audit/append-entry.js';
import type { EntryKind } from '../../audit/entry.js';
import { extendsFrontier } from '../../audit/extends-frontier.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Refusal } from '../../platform/refusal.js';
import { KeyStore } from '../../vault/key-store.js';
import { acceptRestored } from '../../vault/restored/accept-restored.js';
import { readRecordsState, type RecordsState } from '../../vault/restored/records-state.js';
import { clearAsked, lockRestored, markAsked, type AskedRelease, type RestoredRecords } from '../../vault/restored/restored-records.js';
import { actorOf } from '../actor.js';
import { checkReason } from '../approvals/reason.js';
import type { SignedIn } from '../signed-in.js';
import { checkReleaseStep, releaseStepsOf, standingRequest, type ReleaseStep } from './release-steps.js';

type Releaser = Pick<SignedIn, 'memberId' | 'role'>;

const ENTRY = {
  ask: 'restore.asked',
  release: 'restore.released',
  decline: 'restore.declined',
  withdraw: 'restore.withdrawn',
} as const satisfies Readonly<Record<ReleaseStep, EntryKind>>;

/**
 * Two administrators let restored records back into service: one asks and says why, another one, who does not depend on the first,
 * decides. What was asked stands in the key store: a request that stood in the records could itself have come out of the backup.
 * It lapses after a day, and with its asker's leaving.
 *
 * Each entry is committed before its step: a crash between leaves it with the step not taken, and somebody takes it again. Every
 * step refuses with ALREADY_DONE when nothing is to be released, with RESTORE_NOT_CHECKED before restore-check has swept these
 * very records, and with FORBIDDEN.
 */
@Injectable()
export class ReleaseRestored {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal INVALID_INPUT when the reason is none, ALREADY_DONE while a request stands */
  async ask(who: Releaser, reason: string): Promise<void> {
    await this.take(who, 'ask', checkReason(reason));
  }

  /** From then on these records are the ones the key store remembers. @throws Refusal APPROVAL_CLOSED, APPROVER_NOT_INDEPENDENT */
  async release(who: Releaser): Promise<void> {
    await this.take(who, 'release');
  }

  /** The records stay closed. @throws Refusal APPROVAL_CLOSED, APPROVER_NOT_INDEPENDENT for whoever asked */
  async decline(who: Releaser): Promise<void> {
    await this.take(who, 'decline');
  }

  /** For whoever asked. @throws Refusal APPROVAL_CLOSED */
  async withdraw(who: Releaser): Promise<void> {
    await this.take(who, 'withdraw');
  }

  private async take(who: Releaser, step: ReleaseStep, reason = ''): Promise<void> {
    await this.keyStore.transaction(async ({ tx }) => {
      const restored = await lockRestored(tx);
      if (!restored) throw new Refusal('ALREADY_DONE', 'The records are in service.');
      const state = await this.checkedState(restored);
      const now = this.clock.now();
      const asked = await this.records.withoutSite(async (records) => {
        const standing = await standingRequest(records, restored, now);
        checkReleaseStep(await releaseStepsOf(records, who.memberId, standing), step);
        return standing;
      });
      await this.append(step, who, asked);
      if (step === 'ask') await markAsked(tx, { by: who.memberId, at: now, reason });
      else if (step === 'release') await this.records.acrossSites((records) => acceptRestored(tx, records, state, now));
      else await clearAsked(tx);
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

  private async append(step: ReleaseStep, who: Releaser, asked: AskedRelease | undefined): Promise<void> {
    const subject = asked && asked.by !== who.memberId ? { member: asked.by } : {};
    await this.records.acrossSites((tx) => this.log.append(tx, { kind: ENTRY[step], actor: actorOf(who), subject, context: {} }));
  }
}
