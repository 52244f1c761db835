import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import type { ReadPurpose } from '../audit/entry-parts.js';
import type { Answers } from '../catalogue/answers.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import { selectFields } from '../catalogue/select-fields.js';
import { wipe } from '../crypto/bytes.js';
import type { Day } from '../platform/clock.js';
import { dueDays, seasonEndFor } from '../retention/due-days.js';
import { policyInForce } from '../retention/policy.js';
import { readShares, wipeLives } from '../vault/life-shares.js';
import type { Plain } from '../vault/plain.js';
import { unwrapIntakeKey } from '../vault/vault-wraps.js';
import { factsOf } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import { destroyedDays, mustLive, type DestroyedDays } from './life-of-classes.js';
import { openAnswers } from './open-answers.js';
import { siteRules } from './site-rules.js';
import type { Stage } from './stage.js';
import { storedIntake } from './stored-intake.js';

export interface ReadAnswers {
  readonly id: string;
  readonly taxYear: number;
  readonly version: number;
  readonly stage: Stage;
  readonly answers: Plain<Answers>;
  /** The asked classes that are gone, each with the day it went. */
  readonly destroyed: DestroyedDays;
  /** The day of destruction of each asked class that is alive. */
  readonly due: Partial<Record<RetentionClass, Day>>;
}

/**
 * Reads answers: the log entry is committed first, then the cells that were asked for are opened, and no others.
 */
@Injectable()
export class ReadIntake {
  constructor(
    private readonly stores: IntakeStores,
    private readonly vaults: UnlockVault,
    private readonly tickets: AccessTickets,
  ) {}

  /**
   * @param fields dotted names or groups; absent = what a preparer works from, credentials never
   * @throws Refusal UNKNOWN_FIELDS, NOT_FOUND, DESTROYED, PRESERVED, SECTION_NOT_AUTHENTIC
   */
  async run(who: SiteMember, id: string, fields: readonly string[] | undefined, purpose: ReadPurpose): Promise<ReadAnswers> {
    const selection = selectFields(fields);
    return this.vaults.withVault(who, async (vault) => {
      const { records, keyStore, clock } = this.stores;
      const site = await records.inSite(who.siteId, (tx) => siteRules(tx, who.siteId));
      const today = clock.today(site.time_zone);
      const lives = (await keyStore.transaction((store) => readShares(store, who.siteId, [id], selection.classes, today))).get(id)!;
      const { stored, ticket, destroyed } = await records.inSite(who.siteId, async (tx) => {
        const stored = await storedIntake(tx, id, selection.classes);
        const { row } = stored;
        const expected = dueDays(await policyInForce(tx, today), factsOf(row), seasonEndFor(site, row.filing_year));
        mustLive(row, lives, expected);
        const ticket = await this.tickets.forReading(tx, who, {
          kind: 'answers.read',
          intakeIds: [id],
          classes: selection.classes,
          fields: selection.paths,
          purpose,
        });
        return { stored, ticket, destroyed: destroyedDays(row, lives, expected) };
      });
      const { row } = stored;
      const intakeKey = unwrapIntakeKey(vault, id, row.wrapped_key);
      try {
        const answers = openAnswers(ticket, { ...stored, intakeKey, lives }, selection.paths);
        const due = Object.fromEntries([...lives].flatMap(([cls, life]) => (life.state === 'alive' ? [[cls, life.dueDay]] : [])));
        return { id, taxYear: row.tax_year, version: row.version, stage: row.stage, answers, destroyed, due };
      } finally {
        wipe(intakeKey);
        wipeLives(lives);
      }
    });
  }
}
