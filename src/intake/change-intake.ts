import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { siteDay } from '../access/site-day.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import { factsForLog } from '../audit/intake-facts.js';
import { parseAnswers } from '../catalogue/parse-answers.js';
import { PREPARER_LIST, RETENTION_CLASSES } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import { randomBytes } from '../crypto/random.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import type { OpenKeyStore } from '../vault/key-store.js';
import { createShares, livingShares, readShares, setDueDays, wipeLives, type Lives, type SharesAsked } from '../vault/life-shares.js';
import { addLookups, type LookupTerm } from '../vault/lookup-rows.js';
import { forgetEarlierLookups, saveLife } from '../vault/save-life.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { unwrapIntakeKey } from '../vault/vault-wraps.js';
import { atStage, dayOfChange } from './at-stage.js';
import { expectedDays } from './expected-days.js';
import { factsOf, type IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { erased, existing } from './life-of-classes.js';
import { asListed } from './list-return.js';
import { lookupTerms } from './lookup-terms.js';
import { openAnswers } from './open-answers.js';
import { planChange, type ChangePlan, type Locked } from './plan-change.js';
import { heldClasses, preserveSections } from './preserve-sections.js';
import { recordChange } from './record-intake.js';
import { rulesInForce } from './rules-in-force.js';
import { digestsOf, sealAnswers } from './seal-answers.js';
import { nextStages, type Stage } from './stage.js';
import { storedIntake, type StoredIntake } from './stored-intake.js';

/** What to change: answers, the stage, or both. `version` is the one the change was made against. */
export interface IntakeChange {
  readonly version: number | undefined;
  readonly answers?: unknown;
  readonly stage?: Stage;
}

/** A change that is ready to be written. */
interface Told extends ChangePlan {
  readonly terms: readonly LookupTerm[];
  /** The share of credentials that begin anew: written once the section sealed under it has been committed. */
  readonly fresh: Uint8Array | undefined;
  /** A class dies sooner than it would have: told once what the day follows from has been committed. */
  readonly shorter: boolean;
}

/**
 * Changes an intake: one version up, every living section sealed anew, so that what changed cannot be told from outside.
 *
 * The key store is told before the records commit, inside their transaction: longer days and the new version's lookup rows.
 * A return that comes onto the preparer's list has its share before that.
 * After it, where there are any: shorter days, and credentials begun anew. A crash between leaves days that are too long
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
    const today = siteDay(who, this.stores.clock.now());
    const shares = { siteId: who.siteId, intakeIds: [id], classes: RETENTION_CLASSES, today };
    return this.vaults.withVaultAndLife(who, shares, async (vault, lives) => {
      const saved = await this.stores.records.inSiteAtIntake(who.siteId, id, async (tx) => {
        const stored = await storedIntake(tx, id, RETENTION_CLASSES);
        const before = stored.row;
        if (change.stage === before.stage && change.answers === undefined) return { row: before };
        if (change.version !== undefined && change.version !== before.version) throw conflict(before.version);
        // Where it stands there already, what came with the stage is saved: a client that lost the answer asks again.
        const isAnother = change.stage !== undefined && change.stage !== before.stage;
        if (isAnother && !nextStages(before.stage).includes(change.stage!)) throw stageNotAllowed(before.stage, change.stage!);
        return this.reseal(await this.locked(tx, who, vault, stored, change, today), shares, lives.get(id)!);
      });
      if ('due' in saved) await this.settle(saved);
      return { version: saved.row.version, stage: saved.row.stage };
    });
  }

  private async locked(tx: RecordsTx, who: SiteMember, vault: VaultKey, stored: StoredIntake, change: IntakeChange, today: Day): Promise<Locked> {
    const before = stored.row;
    const rules = await rulesInForce(tx, who, vault, before.filing_year);
    const day = dayOfChange(before, today);
    const staged = { ...atStage(before, change.stage, day), version: before.version + 1, touched_day: day };
    const after = asListed(before, staged, rules.site, day);
    const collect = { ...rules.site.collect, [PREPARER_LIST]: after.listed_day !== null };
    const { clock, settings } = this.stores;
    const collected = { collect, allowNeverIssued: settings.allowNeverIssuedNumbers, today: clock.today(who.timeZone) };
    const patch = parseAnswers(change.answers ?? {}, collected);
    return { tx, who, vault, rules, stored, before, after, patch };
  }

  /** @param lives as they were before the intake was locked: where they are no longer true, they are read again */
  private async reseal(locked: Locked, shares: SharesAsked, lives: Lives): Promise<Told> {
    const { vault, before } = locked;
    const intakeKey = unwrapIntakeKey(vault, before.id, before.wrapped_key);
    const readAgain: Lives[] = [];
    try {
      // What waited for the step onto the list has not seen its share, and would take it for gone.
      if (before.listed_day !== null && lives.get(PREPARER_LIST)?.state === 'over') readAgain.push(await this.livesNow(shares, before.id));
      for (;;) {
        const known = readAgain.at(-1) ?? lives;
        const told = this.plan(locked, intakeKey, known);
        if (before.listed_day === null && told.row.listed_day !== null && known.get(PREPARER_LIST)?.state !== 'alive') {
          await this.beginList(told);
          readAgain.push(await this.livesNow(shares, before.id));
          continue;
        }
        const life = { intakeId: before.id, version: told.row.version, today: shares.today, due: told.due, terms: told.terms };
        if ((await saveLife(this.stores.keyStore, life, known)) === 'saved') {
          await this.record(locked, told, intakeKey, known);
          return told;
        }
        readAgain.push(await this.livesNow(shares, before.id));
      }
    } finally {
      wipe(intakeKey);
      wipeLives(...readAgain);
    }
  }

  /** Opens what is stored and merges. */
  private plan(locked: Locked, intakeKey: Uint8Array, lives: Lives): Told {
    const { tx, who, stored, before, rules } = locked;
    const ticket = this.tickets.forWriting(tx, who, before.id);
    const plan = planChange(locked, lives, () => openAnswers(ticket, { ...stored, intakeKey, lives: existing(before, lives) }).reveal());
    const terms = lookupTerms(rules.lookupKey, before.id, plan.answers, locked.patch);
    const shorter = [...existing(plan.row, lives)].some(([name, life]) => life.state === 'alive' && life.dueDay > plan.due.get(name)!);
    return { ...plan, terms, fresh: plan.anew ? randomBytes(32) : undefined, shorter };
  }

  /**
   * The preparer's list gets its life before the records commit: it must not be lost, and unlike numbers nobody could be asked for it
   * again. A crash in between leaves a share of which the log knows nothing: the next attempt seals under it, or it dies on its own day.
   */
  private async beginList({ row, due }: Told): Promise<void> {
    const dueDay = new Map([[PREPARER_LIST, due.get(PREPARER_LIST)!] as const]);
    wipeLives(await this.stores.keyStore.transaction((store) => createShares(store, placeOf(row), dueDay)));
  }

  private async livesNow(shares: SharesAsked, id: string): Promise<Lives> {
    const { siteId, intakeIds, classes, today } = shares;
    return (await this.stores.keyStore.transaction((store) => readShares(store, siteId, intakeIds, classes, today))).get(id)!;
  }

  private async record({ tx, who, stored, before }: Locked, { row, answers, fresh }: Told, intakeKey: Uint8Array, lives: Lives): Promise<void> {
    // Of numbers given anew it is not known yet whether a hold that has just come names the old ones: their share is replaced only after the commit.
    const preserved = [...heldClasses(lives), ...(fresh ? (['credentials'] as const) : [])].filter((name) => stored.sections.has(name));
    await preserveSections(tx, before, preserved);
    const shares = livingShares(existing(row, lives));
    if (fresh) shares.set('credentials', fresh);
    const sealed = sealAnswers({ siteId: row.site_id, intakeId: row.id, version: row.version }, intakeKey, shares, answers);
    await recordChange(tx, this.stores.log, row, sealed, {
      kind: row.stage === before.stage ? 'answers.written' : 'intake.staged',
      actor: { member: who.memberId, role: who.role },
      subject: { site: who.siteId, intake: row.id, classes: [...sealed.keys()] },
      context: {
        ...{ version: row.version, facts: factsForLog(factsOf(row)), digests: digestsOf(sealed) },
        ...(preserved.length === 0 ? {} : { preserved }),
        ...(row.stage === before.stage ? {} : { stage: row.stage }),
      },
    });
  }

  /**
   * The key store's part after the commit: the earlier lookup rows go. Then, where something dies sooner or begins anew, under the
   * intake's lock again and only while it is still at this version: a later save has read days and shares as they are without it,
   * and has told its own. The days are those of the rules by then: `FollowRules` may have come by between the two.
   */
  private async settle({ row, terms, fresh, shorter }: Told): Promise<void> {
    await forgetEarlierLookups(this.stores.keyStore, row.id, row.version);
    if (!shorter && !fresh) return;
    await this.stores.records.inSiteAtIntake(row.site_id, row.id, async (tx) => {
      const [now] = await tx.query<Pick<IntakeRow, 'version' | 'erased_day'>>('SELECT version, erased_day FROM intake WHERE id = $1', [row.id]);
      if (now?.erased_day) {
        // Its own days are as short, and numbers that came too late get no life.
        if (fresh) throw erased(row.id, { credentials: now.erased_day });
        return;
      }
      if (now?.version !== row.version) {
        if (fresh && now) throw conflict(now.version); // the numbers have no life to be read by: they are to be given again
        return;
      }
      const due = await expectedDays(tx, row);
      await this.stores.keyStore.transaction(async (store) => {
        await setDueDays(store, row.id, due, row.touched_day);
        if (fresh) await this.beginAnew(store, row, due, terms, fresh);
      });
    });
  }

  private async beginAnew(store: OpenKeyStore, row: IntakeRow, due: Told['due'], terms: Told['terms'], fresh: Uint8Array): Promise<void> {
    const dueDay = new Map([['credentials', due.get('credentials')!] as const]);
    const lives = await createShares(store, placeOf(row), dueDay, new Map([['credentials', fresh]]));
    await addLookups(store, { intakeId: row.id, version: row.version }, terms, lives);
    wipeLives(lives);
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
