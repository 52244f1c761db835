import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import type { Answers } from '../catalogue/answers.js';
import { classesWritten } from '../catalogue/classes-written.js';
import { consentsGiven } from '../catalogue/consents.js';
import { mergeAnswers } from '../catalogue/merge-answers.js';
import { parseAnswers, type AnswersPatch } from '../catalogue/parse-answers.js';
import { RETENTION_CLASSES, type RetentionClass } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import { randomBytes } from '../crypto/random.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { dueDays, seasonEndFor } from '../retention/due-days.js';
import { policyInForce, type PublishedPolicy } from '../retention/policy.js';
import { createShares, livingShares, readShares, setDueDays, wipeLives, type Lives } from '../vault/life-shares.js';
import { addLookups, removeStaleLookups, type LookupTerm } from '../vault/lookup-rows.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { unwrapIntakeKey } from '../vault/vault-wraps.js';
import { atStage } from './at-stage.js';
import { factsOf, lockIntake, updateIntake, type IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { destroyed, destroyedDays, mustLive, preserved } from './life-of-classes.js';
import { lookupKeyFor } from './lookup-key.js';
import { lookupTerms } from './lookup-terms.js';
import { openAnswers } from './open-answers.js';
import { digestsOf, sealAnswers } from './seal-answers.js';
import { siteRules, type SiteRules } from './site-rules.js';
import { nextStages, type Stage } from './stage.js';
import { storedIntake } from './stored-intake.js';
import { writeSections } from './write-sections.js';

/** What to change: answers, the stage, or both. `version` is the one the change was made against. */
export interface IntakeChange {
  readonly version: number | undefined;
  readonly answers?: unknown;
  readonly stage?: Stage;
}

/** An intake under its row lock, with all that a change of it needs. */
interface Locked {
  readonly tx: RecordsTx;
  readonly who: SiteMember;
  readonly vault: VaultKey;
  readonly site: SiteRules;
  readonly policy: PublishedPolicy;
  readonly before: IntakeRow;
  readonly after: IntakeRow;
  readonly patch: AnswersPatch;
}

/** What the change comes to: what records commit, and what the key store is told before and after that. */
interface Outcome {
  readonly row: IntakeRow;
  readonly due: ReadonlyMap<RetentionClass, Day>;
  readonly terms: readonly LookupTerm[];
  /** The share of credentials that begin anew: written once the section sealed under it has been committed. */
  readonly anew?: Uint8Array;
}

/**
 * Changes an intake: one version up, every living section sealed anew, so that what changed cannot be told from outside.
 *
 * The key store is told twice. Before the records commit, inside their transaction: longer days and the new version's lookup
 * rows. After it: shorter days, credentials begun anew, and the old rows go. A crash between leaves days that are too long
 * until the next save, rows that match nothing when opened, or credentials that are still gone and can be given again:
 * nothing that lives is lost, and nothing dies before the policy says.
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
    const site = await siteRules(tx, who.siteId);
    const today = this.stores.clock.today(site.time_zone);
    const rules = { collect: site.collect, allowNeverIssued: this.stores.settings.allowNeverIssuedNumbers, today };
    const patch = parseAnswers(change.answers ?? {}, rules);
    const policy = await policyInForce(tx, today);
    const after = { ...atStage(before, change.stage, today), version: before.version + 1, touched_day: today };
    return { tx, who, vault, site, policy, before, after, patch };
  }

  private async reseal(locked: Locked): Promise<Outcome> {
    const { tx, who, vault, before } = locked;
    const intakeKey = unwrapIntakeKey(vault, before.id, before.wrapped_key);
    try {
      const { lives, answers, ...outcome } = await this.extendLife(locked, intakeKey);
      const { row, anew } = outcome;
      const shares = livingShares(lives);
      if (anew) shares.set('credentials', anew);
      const sealed = sealAnswers({ siteId: who.siteId, intakeId: row.id, version: row.version }, intakeKey, shares, answers);
      wipeLives(lives);
      await updateIntake(tx, row);
      await writeSections(tx, { id: row.id, siteId: who.siteId }, sealed);
      await this.stores.log.append(tx, {
        kind: row.stage === before.stage ? 'answers.written' : 'intake.staged',
        actor: { member: who.memberId, role: who.role },
        subject: { site: who.siteId, intake: row.id, classes: [...sealed.keys()] },
        context: { version: row.version, digests: digestsOf(sealed), ...(row.stage === before.stage ? {} : { stage: row.stage }) },
      });
      return outcome;
    } finally {
      wipe(intakeKey);
    }
  }

  /** The key store's part before the commit: opens what is stored, merges, and sees to it that nothing dies too soon. */
  private async extendLife(locked: Locked, intakeKey: Uint8Array): Promise<Outcome & { lives: Lives; answers: Answers }> {
    const { tx, who, vault, site, policy, before, after, patch } = locked;
    const today = after.touched_day;
    const stored = await storedIntake(tx, before.id, RETENTION_CLASSES);
    const lookupKey = await lookupKeyFor(tx, vault, before.filing_year);
    const ticket = this.tickets.forWriting(tx, who, before.id);
    const seasonEnd = seasonEndFor(site, before.filing_year);
    const expected = dueDays(policy, factsOf(before), seasonEnd);
    return this.stores.keyStore.transaction(async (store) => {
      const lives = (await readShares(store, who.siteId, [before.id], RETENTION_CLASSES, today)).get(before.id)!;
      mustLive(before, lives, expected);
      const anew = startsAnew(before, lives, patch);
      refuseDestroyed(before, lives, patch, anew, expected);
      const answers = mergeAnswers(openAnswers(ticket, { ...stored, intakeKey, lives }).reveal(), patch);
      const destroyed = anew ? without(before.destroyed, 'credentials') : before.destroyed;
      const row = { ...after, destroyed, consents_given: consentsGiven(answers) };
      const due = dueDays(policy, factsOf(row), seasonEnd);
      const terms = lookupTerms(lookupKey, row.id, answers);
      await setDueDays(store, row.id, due, today, 'longer');
      await addLookups(store, { intakeId: row.id, version: row.version }, terms, lives);
      return { row, due, terms, lives, answers, ...(anew ? { anew: randomBytes(32) } : {}) };
    });
  }

  /** The key store's part after the commit. */
  private async settle({ row, due, terms, anew }: Outcome): Promise<void> {
    await this.stores.keyStore.transaction(async (store) => {
      await setDueDays(store, row.id, due, row.touched_day);
      if (anew) {
        const dueDay = new Map([['credentials', due.get('credentials')!] as const]);
        const lives = await createShares(store, placeOf(row), dueDay, new Map([['credentials', anew]]));
        await addLookups(store, { intakeId: row.id, version: row.version }, terms, lives);
        wipeLives(lives);
      }
      await removeStaleLookups(store, row.id, row.version);
    });
  }
}

/** Numbers that were destroyed may be asked for again once a return came back rejected. */
function startsAnew(row: IntakeRow, lives: Lives, patch: AnswersPatch): boolean {
  return row.stage === 'rejected' && lives.get('credentials')?.state === 'over' && classesWritten(patch).has('credentials');
}

function refuseDestroyed(
  row: IntakeRow,
  lives: Lives,
  patch: AnswersPatch,
  anew: boolean,
  expected: ReadonlyMap<RetentionClass, Day>,
): void {
  const written = [...classesWritten(patch)].filter((cls) => !(anew && cls === 'credentials'));
  if (written.some((cls) => lives.get(cls)?.state === 'held')) throw preserved();
  const gone = new Map([...lives].filter(([cls, life]) => written.includes(cls) && life.state === 'over'));
  if (gone.size > 0) throw destroyed(destroyedDays(row, gone, expected));
}

function placeOf(row: IntakeRow) {
  return { siteId: row.site_id, intakeId: row.id, taxYear: row.tax_year, createdDay: row.created_day };
}

function without<T extends object, K extends keyof T>(all: T, key: K): Omit<T, K> {
  const { [key]: _gone, ...rest } = all;
  return rest;
}

function conflict(current: number): Refusal {
  return new Refusal('VERSION_CONFLICT', 'Somebody saved this intake after you opened it. Nothing of theirs or yours is lost.', { version: current });
}

function stageNotAllowed(from: Stage, to: Stage): Refusal {
  return new Refusal('STAGE_NOT_ALLOWED', `An intake does not go from ${from} to ${to}.`, { fields: ['stage'] });
}
