import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { keepGrant } from '../access/grant-row.js';
import { siteDay } from '../access/site-day.js';
import { UnlockVault } from '../access/unlock-vault.js';
import { factsForLog, type IntakeFacts } from '../audit/intake-facts.js';
import type { Answers } from '../catalogue/answers.js';
import { consentsGiven } from '../catalogue/consents.js';
import { mergeAnswers } from '../catalogue/merge-answers.js';
import { parseAnswers } from '../catalogue/parse-answers.js';
import { wipe } from '../crypto/bytes.js';
import { randomBytes } from '../crypto/random.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { filingYearFor, seasonEndFor } from '../access/season-end.js';
import { scheduledDays } from '../retention/policy-schedule.js';
import { createShares, livingShares, setDueDays, wipeLives, type Lives } from '../vault/life-shares.js';
import { addLookups, type LookupTerm } from '../vault/lookup-rows.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { wrapIntakeKey } from '../vault/vault-wraps.js';
import { daysByRules } from './expected-days.js';
import { IntakeStores } from './intake-stores.js';
import { consentsNamed, keepsConsents, withConsenting } from './keep-consents.js';
import { lookupTerms } from './lookup-terms.js';
import { digestsOf, sealAnswers } from './seal-answers.js';
import { newFacts } from './new-facts.js';
import { recordNew } from './record-intake.js';
import { rulesInForce } from './rules-in-force.js';
import { checkTaxYear } from './tax-year.js';

export const FIRST_VERSION = 1;

export interface IntakeInput {
  readonly taxYear: unknown;
  readonly answers?: unknown;
}

type AlsoRecorded = (tx: RecordsTx, intakeId: string) => Promise<unknown>;

interface NewIntake {
  readonly id: string;
  readonly taxYear: number;
  readonly facts: IntakeFacts;
  readonly due: ReturnType<typeof scheduledDays>;
  readonly answers: Answers;
  readonly terms: readonly LookupTerm[];
}

/**
 * Creates an intake with all its sections and shares whatever was answered, so that every intake looks alike.
 * The key store commits first: what never gets its records row opens nothing and dies there on its own day.
 */
@Injectable()
export class CreateIntake {
  constructor(
    private readonly stores: IntakeStores,
    private readonly vaults: UnlockVault,
  ) {}

  /** @param also written in the transaction that records the intake: both are there or neither */
  async run(who: SiteMember, input: IntakeInput, also?: AlsoRecorded): Promise<{ id: string; version: number }> {
    return this.vaults.withVault(who, async (vault) => {
      const intake = await this.prepare(who, vault, input);
      const lives = await this.giveLife(who.siteId, intake);
      try {
        await this.record(who, vault, intake, lives, also);
      } finally {
        wipeLives(lives);
      }
      return { id: intake.id, version: FIRST_VERSION };
    });
  }

  private prepare(who: SiteMember, vault: VaultKey, input: IntakeInput): Promise<NewIntake> {
    const { records, clock, settings } = this.stores;
    const today = siteDay(who, clock.now());
    const filingYear = filingYearFor(today);
    const { taxYear } = input;
    checkTaxYear(taxYear, filingYear);
    return records.inSite(vault.siteId, async (tx) => {
      const { site, policies, lookupKey } = await rulesInForce(tx, who, vault, filingYear);
      const rules = { collect: site.collect, allowNeverIssued: settings.allowNeverIssuedNumbers, today: clock.today(who.timeZone) };
      const said = parseAnswers(input.answers ?? {}, rules);
      const given = mergeAnswers({}, said);
      const unnamed = newFacts(today, taxYear, { consentsGiven: consentsGiven(given), consentsNamed: false });
      const answers = withConsenting(given, keepsConsents(policies, unnamed, seasonEndFor(site, unnamed)), undefined);
      const facts = { ...unnamed, consentsNamed: consentsNamed(answers) };
      const due = scheduledDays(policies, facts, seasonEndFor(site, facts));
      const id = randomUUID();
      return { id, taxYear, facts, due, answers, terms: lookupTerms(lookupKey, id, answers, said) };
    });
  }

  private giveLife(siteId: string, { id, taxYear, facts, due, terms }: NewIntake): Promise<Lives> {
    return this.stores.keyStore.transaction(async (store) => {
      const lives = await createShares(store, { siteId, intakeId: id, taxYear, createdDay: facts.createdDay }, due);
      await addLookups(store, { intakeId: id, version: FIRST_VERSION }, terms, lives);
      return lives;
    });
  }

  private record(who: SiteMember, vault: VaultKey, intake: NewIntake, lives: Lives, also?: AlsoRecorded): Promise<void> {
    const intakeKey = randomBytes(32);
    const place = { siteId: who.siteId, intakeId: intake.id, version: FIRST_VERSION };
    const sealed = sealAnswers(place, intakeKey, livingShares(lives), intake.answers);
    const wrapped = wrapIntakeKey(vault, intake.id, intakeKey);
    wipe(intakeKey);
    const { facts } = intake;
    const row = {
      id: intake.id,
      site_id: who.siteId,
      tax_year: intake.taxYear,
      filing_year: facts.filingYear,
      version: FIRST_VERSION,
      vault_number: vault.number,
      wrapped_key: wrapped,
      created_day: facts.createdDay,
      touched_day: facts.touchedDay,
      consents_given: facts.consentsGiven,
      consents_named: facts.consentsNamed,
    };
    const entry = {
      kind: 'intake.created',
      actor: { member: who.memberId, role: who.role },
      subject: { site: who.siteId, intake: intake.id, classes: [...sealed.keys()] },
      context: { version: FIRST_VERSION, facts: factsForLog(facts), digests: digestsOf(sealed) },
    } as const;
    return this.stores.records.inSiteAtIntake(who.siteId, intake.id, async (tx) => {
      await keepGrant(tx, who, vault);
      await this.followRules(tx, who.siteId, intake);
      await recordNew(tx, this.stores.log, row, sealed, entry);
      await also?.(tx, intake.id);
    });
  }

  /**
   * A rule may have changed since the life was given, and have been followed by everything that was there then (`FollowRules`). From here
   * on that waits for this transaction.
   */
  private async followRules(tx: RecordsTx, siteId: string, { id, facts, due }: NewIntake): Promise<void> {
    const now = await daysByRules(tx, siteId, facts);
    if ([...now].every(([name, day]) => due.get(name) === day)) return;
    await this.stores.keyStore.transaction((store) => setDueDays(store, id, now, facts.createdDay));
  }
}
