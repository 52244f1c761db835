import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import { parseAnswers } from '../catalogue/parse-answers.js';
import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import { randomBytes } from '../crypto/random.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import type { SealedClass } from '../vault/sealed-class.js';
import { createShares, livingShares, readShares, setDueDays, wipeLives, type Lives } from '../vault/life-shares.js';
import { addLookups, removeStaleLookups, type LookupTerm } from '../vault/lookup-rows.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { unwrapIntakeKey } from '../vault/vault-wraps.js';
import { atStage } from './at-stage.js';
import { lockIntake, type IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { lookupTerms } from './lookup-terms.js';
import { openAnswers } from './open-answers.js';
import { planChange, type ChangePlan, type Locked } from './plan-change.js';
import { recordChange } from './record-intake.js';
import { rulesInForce } from './rules-in-force.js';
import { digestsOf, sealAnswers } from './seal-answers.js';
import { nextStages, type Stage } from './stage.js';
import { storedIntake } from './stored-intake.js';

/** What to change: answers, the stage, or both. `version` is the one the change was made against. */
export interface IntakeChange {
  readonly version: number | undefined;
  readonly answers?: unknown;
  readonly stage?: Stage;
}

/** What the key store has to be told once the records have committed. */
interface Told extends ChangePlan {
  readonly terms: readonly LookupTerm[];
  /** The share of credentials that begin anew: written once the section sealed under it has been committed. */
  readonly fresh: Uint8Array | undefined;
}

/**
 * Changes an intake: one version up, every living section sealed anew, so that what changed cannot be told from outside.
 *
 * The key store is told twice. Before the records commit, inside their transaction: longer days and the new version's lookup
 * rows. After it: shorter days, credentials begun anew, and the old rows go. A crash between leaves days that are too long
 * until the next save, rows that match nothing when opened, or credentials that are still gone and can be given again:
 * nothing that lives is lost, and nothing dies before the policy says.
 *
 * It is told the same whatever changed. Leaving out what stays as it is would be faster, and would show in its write-ahead
 * log whether a page named a spouse or gave a telephone number.
 */
@Injectable()
export class ChangeIntake {
  constructor(
    private readonly stores: IntakeStores,
    private readonly vaults: UnlockVault,
    private readonly tickets: AccessTickets,
  ) {}

  /**
   * @throws Refusal NOT_FOUND, VERSION_CONFLICT (nothing is changed), STAGE_NOT_ALLOWED, DESTROYED, PRESERVED, or one of
   * the 422 codes with the fields it is about
   */
  async run(who: SiteMember, id: string, change: IntakeChange): Promise<{ version: number; stage: Stage }> {
    return this.vaults.withVault(who, async (vault) => {
      const saved = await this.stores.records.inSite(who.siteId, async (tx) => {
        const before = await lockIntake(tx, id);
        if (change.stage === before.stage && change.answers === undefined) return { row: before };
        if (change.version !== undefined && change.version !== before.version) throw conflict(before.version);
        if (change.stage && !nextStages(before.stage).includes(change.stage)) throw stageNotAllowed(before.stage, change.stage);
        return this.reseal(await this.locked(tx, who, vault, before, change));
      });
      if ('due' in saved) await this.settle(saved);
      return { version: saved.row.version, stage: saved.row.stage };
    });
  }

  private async locked(tx: RecordsTx, who: SiteMember, vault: VaultKey, before: IntakeRow, change: IntakeChange): Promise<Locked> {
    const today = this.stores.clock.today(who.timeZone);
    const rules = await rulesInForce(tx, vault, before.filing_year, today);
    const collected = { collect: rules.site.collect, allowNeverIssued: this.stores.settings.allowNeverIssuedNumbers, today };
    const patch = parseAnswers(change.answers ?? {}, collected);
    const after = { ...atStage(before, change.stage, today), version: before.version + 1, touched_day: today };
    return { tx, who, vault, rules, before, after, patch };
  }

  private async reseal(locked: Locked): Promise<Told> {
    const { tx, vault, before } = locked;
    const intakeKey = unwrapIntakeKey(vault, before.id, before.wrapped_key);
    try {
      const { lives, ...told } = await this.extendLife(locked, intakeKey);
      const { row, answers, fresh } = told;
      const shares = livingShares(lives);
      if (fresh) shares.set('credentials', fresh);
      const sealed = sealAnswers({ siteId: row.site_id, intakeId: row.id, version: row.version }, intakeKey, shares, answers);
      wipeLives(lives);
      await this.record(tx, locked, row, sealed);
      return told;
    } finally {
      wipe(intakeKey);
    }
  }

  private record(tx: RecordsTx, { who, before }: Locked, row: IntakeRow, sealed: ReadonlyMap<RetentionClass, SealedClass>): Promise<void> {
    return recordChange(tx, this.stores.log, row, sealed, {
      kind: row.stage === before.stage ? 'answers.written' : 'intake.staged',
      actor: { member: who.memberId, role: who.role },
      subject: { site: who.siteId, intake: row.id, classes: [...sealed.keys()] },
      context: { version: row.version, digests: digestsOf(sealed), ...(row.stage === before.stage ? {} : { stage: row.stage }) },
    });
  }

  /** The key store's part before the commit: opens what is stored, merges, and sees to it that nothing dies too soon. */
  private async extendLife(locked: Locked, intakeKey: Uint8Array): Promise<Told & { lives: Lives }> {
    const { tx, who, before, after, rules } = locked;
    const today = after.touched_day;
    const stored = await storedIntake(tx, before.id, RETENTION_CLASSES);
    const ticket = this.tickets.forWriting(tx, who, before.id);
    return this.stores.keyStore.transaction(async (store) => {
      const lives = (await readShares(store, who.siteId, [before.id], RETENTION_CLASSES, today)).get(before.id)!;
      const plan = planChange(locked, lives, () => openAnswers(ticket, { ...stored, intakeKey, lives }).reveal());
      const terms = lookupTerms(rules.lookupKey, before.id, plan.answers);
      await setDueDays(store, before.id, plan.due, today, 'longer');
      await addLookups(store, { intakeId: before.id, version: after.version }, terms, lives);
      return { ...plan, terms, lives, fresh: plan.anew ? randomBytes(32) : undefined };
    });
  }

  /** The key store's part after the commit. */
  private async settle({ row, due, terms, fresh }: Told): Promise<void> {
    await this.stores.keyStore.transaction(async (store) => {
      await setDueDays(store, row.id, due, row.touched_day);
      if (fresh) {
        const dueDay = new Map([['credentials', due.get('credentials')!] as const]);
        const lives = await createShares(store, placeOf(row), dueDay, new Map([['credentials', fresh]]));
        await addLookups(store, { intakeId: row.id, version: row.version }, terms, lives);
        wipeLives(lives);
      }
      await removeStaleLookups(store, row.id, row.version);
    });
  }
}

function placeOf(row: IntakeRow) {
  return { siteId: row.site_id, intakeId: row.id, taxYear: row.tax_year, createdDay: row.created_day };
}

function conflict(current: number): Refusal {
  return new Refusal('VERSION_CONFLICT', 'Somebody saved this intake after you opened it. Nothing of theirs or yours is lost.', { version: current });
}

function stageNotAllowed(from: Stage, to: Stage): Refusal {
  return new Refusal('STAGE_NOT_ALLOWED', `An intake does not go from ${from} to ${to}.`, { fields: ['stage'] });
}
