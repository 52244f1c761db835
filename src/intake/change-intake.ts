import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import type { Answers } from '../catalogue/answers.js';
import { classesWritten } from '../catalogue/classes-written.js';
import { consentsGiven } from '../catalogue/consents.js';
import { mergeAnswers } from '../catalogue/merge-answers.js';
import { parseAnswers, type AnswersPatch } from '../catalogue/parse-answers.js';
import { RETENTION_CLASSES } from '../catalogue/retention-class.js';
import { wipe } from '../crypto/bytes.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { dueDays, seasonEndFor } from '../retention/due-days.js';
import { policyInForce, type PublishedPolicy } from '../retention/policy.js';
import { createShares, readShares, setDueDays, type Lives } from '../vault/life-shares.js';
import { addLookups, removeStaleLookups } from '../vault/lookup-rows.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { unwrapIntakeKey } from '../vault/vault-wraps.js';
import { factsOf, lockIntake, type IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { destroyed, destroyedDays, mustLive, preserved } from './life-of-classes.js';
import { lookupKeyFor } from './lookup-key.js';
import { lookupTerms } from './lookup-terms.js';
import { openAnswers } from './open-answers.js';
import { digestsOf, sealAnswers } from './seal-answers.js';
import { siteRules, type SiteRules } from './site-rules.js';
import { isFinal, nextStages, type Stage } from './stage.js';
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

/**
 * Changes an intake: one version up, every living section sealed anew, so that what changed cannot be told from outside.
 *
 * The key store commits inside the records transaction, before it. A crash between the two leaves due days that are those
 * of the change and lookup rows of a version that is not there: the first is what the next save sets again, the second
 * matches nothing when opened. Nothing that lives is lost.
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
        if (change.stage === before.stage && change.answers === undefined) return { ...before, unchanged: true };
        if (change.version !== undefined && change.version !== before.version) throw conflict(before.version);
        if (change.stage && !nextStages(before.stage).includes(change.stage)) throw stageNotAllowed(before.stage, change.stage);
        return { ...(await this.change(tx, who, vault, before, change)), unchanged: false };
      });
      if (!saved.unchanged) await this.stores.keyStore.transaction((store) => removeStaleLookups(store, id, saved.version));
      return { version: saved.version, stage: saved.stage };
    });
  }

  private async change(tx: RecordsTx, who: SiteMember, vault: VaultKey, before: IntakeRow, change: IntakeChange): Promise<IntakeRow> {
    const site = await siteRules(tx, who.siteId);
    const today = this.stores.clock.today(site.time_zone);
    const rules = { collect: site.collect, allowNeverIssued: this.stores.settings.allowNeverIssuedNumbers, today };
    const patch = parseAnswers(change.answers ?? {}, rules);
    const policy = await policyInForce(tx, today);
    const after = { ...staged(before, change.stage, today), version: before.version + 1, touched_day: today };
    return this.reseal({ tx, who, vault, site, policy, before, after, patch });
  }

  private async reseal(locked: Locked): Promise<IntakeRow> {
    const { tx, who, vault, before, after } = locked;
    const intakeKey = unwrapIntakeKey(vault, before.id, before.wrapped_key);
    try {
      const { row, lives, answers } = await this.extendLife(locked, intakeKey);
      const sealed = sealAnswers({ siteId: who.siteId, intakeId: row.id, version: row.version }, intakeKey, lives, answers);
      await updateRow(tx, row);
      await writeSections(tx, { id: row.id, siteId: who.siteId }, sealed);
      await this.stores.log.append(tx, {
        kind: row.stage === before.stage ? 'answers.written' : 'intake.staged',
        actor: { member: who.memberId, role: who.role },
        subject: { site: who.siteId, intake: row.id, classes: [...sealed.keys()] },
        context: { version: row.version, digests: digestsOf(sealed), ...(row.stage === before.stage ? {} : { stage: after.stage }) },
      });
      return row;
    } finally {
      wipe(intakeKey);
    }
  }

  /** The key store's part: opens what is stored, merges, and gives the merged answers their days and lookup rows. */
  private async extendLife(locked: Locked, intakeKey: Uint8Array): Promise<{ row: IntakeRow; lives: Lives; answers: Answers }> {
    const { tx, who, vault, site, policy, before, patch } = locked;
    const today = locked.after.touched_day;
    const stored = await storedIntake(tx, before.id, RETENTION_CLASSES);
    const lookupKey = await lookupKeyFor(tx, vault, before.filing_year);
    const ticket = this.tickets.forWriting(tx, who, before.id);
    const seasonEnd = seasonEndFor(site, before.filing_year);
    const expected = dueDays(policy, factsOf(before), seasonEnd);
    return this.stores.keyStore.transaction(async (store) => {
      const lived = (await readShares(store, who.siteId, [before.id], RETENTION_CLASSES, today)).get(before.id)!;
      mustLive(before, lived, expected);
      const anew = startsAnew(before, lived, patch);
      refuseDestroyed(before, lived, patch, anew, expected);
      const old = openAnswers(ticket, { ...stored, intakeKey, lives: lived }).reveal();
      const answers = mergeAnswers(old, patch);
      const row = {
        ...locked.after,
        ...(anew ? { destroyed: without(before.destroyed, 'credentials') } : {}),
        consents_given: consentsGiven(answers),
      };
      const due = dueDays(policy, factsOf(row), seasonEnd);
      await setDueDays(store, row.id, due, today);
      const lives = anew
        ? new Map([...lived, ...(await createShares(store, placeOf(row), new Map([['credentials', due.get('credentials')!]])))])
        : lived;
      await addLookups(store, { intakeId: row.id, version: row.version }, lookupTerms(lookupKey, answers), lives);
      return { row, lives, answers };
    });
  }
}

/** The row as the stage leaves it. `prepared` and `done` keep the day they came; what has to be worked on again is not prepared. */
function staged(row: IntakeRow, stage: Stage | undefined, today: IntakeRow['created_day']): IntakeRow {
  if (!stage || stage === row.stage) return row;
  return {
    ...row,
    stage,
    prepared_day: stage === 'open' || stage === 'rejected' ? null : (row.prepared_day ?? today),
    accepted_day: stage === 'accepted' ? today : row.accepted_day,
    done_day: isFinal(stage) ? today : row.done_day,
  };
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
  expected: ReadonlyMap<(typeof RETENTION_CLASSES)[number], IntakeRow['created_day']>,
): void {
  const written = [...classesWritten(patch)].filter((cls) => !(anew && cls === 'credentials'));
  if (written.some((cls) => lives.get(cls)?.state === 'held')) throw preserved();
  const gone = new Map([...lives].filter(([cls, life]) => written.includes(cls) && life.state === 'over'));
  if (gone.size > 0) throw destroyed(destroyedDays(row, gone, expected));
}

async function updateRow(tx: RecordsTx, row: IntakeRow): Promise<void> {
  await tx.query(
    `UPDATE intake SET stage = $2, version = $3, touched_day = $4, prepared_day = $5, accepted_day = $6, done_day = $7,
       consents_given = $8, destroyed = $9 WHERE id = $1`,
    [
      row.id,
      row.stage,
      row.version,
      row.touched_day,
      row.prepared_day,
      row.accepted_day,
      row.done_day,
      row.consents_given,
      JSON.stringify(row.destroyed),
    ],
  );
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
