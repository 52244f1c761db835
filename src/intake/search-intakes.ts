import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { siteDay } from '../access/site-day.js';
import { AccessTickets } from '../access/tickets.js';
import { UnlockVault } from '../access/unlock-vault.js';
import { lookupPaths, lookupQuery, lookupValues, type LookupQuery } from '../catalogue/lookup-fields.js';
import { wipe } from '../crypto/bytes.js';
import { findByTerms } from '../vault/find-by-terms.js';
import { wipeLives, type Lives } from '../vault/life-shares.js';
import { lookupTerm } from '../vault/lookup-tags.js';
import type { AccessTicket } from '../vault/access-ticket.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { unwrapIntakeKey } from '../vault/vault-wraps.js';
import { IntakeStores } from './intake-stores.js';
import { openLookupKeys, wrappedLookupKeys } from './lookup-key.js';
import { openAnswers } from './open-answers.js';
import { fetchForReading } from './stored-intake.js';

/**
 * Has this person been here? An exact search by number, by telephone, or by last name and birth date, within the site.
 * The index only names candidates; each is opened and compared before it is called a match, and the log says so.
 */
@Injectable()
export class SearchIntakes {
  constructor(
    private readonly stores: IntakeStores,
    private readonly vaults: UnlockVault,
    private readonly tickets: AccessTickets,
  ) {}

  /** @throws Refusal INVALID_INPUT naming what is missing or malformed */
  async run(who: SiteMember, body: unknown): Promise<readonly { readonly id: string }[]> {
    const query = lookupQuery(body);
    const { records, keyStore, clock } = this.stores;
    const wrapped = wrappedLookupKeys(records, who.siteId); // meanwhile the vault is opened
    wrapped.catch(() => undefined); // a refusal of the vault comes first
    const place = { siteId: who.siteId, class: query.class };
    return this.vaults.withVaultAndRing(who, place, async (vault, ring) => {
      const terms = openLookupKeys(vault, await wrapped).map((key) => {
        const term = lookupTerm(key, query.field, query.value);
        wipe(key);
        return term;
      });
      const candidates = findByTerms(keyStore, ring, { ...place, today: siteDay(who, clock.now()), terms });
      candidates.catch(() => undefined); // heard where the transaction waits for them
      try {
        return await this.confirm(who, vault, query, candidates);
      } finally {
        await candidates.then((found) => wipeLives(...found.values()), () => undefined);
      }
    });
  }

  private async confirm(
    who: SiteMember,
    vault: VaultKey,
    query: LookupQuery,
    found: Promise<ReadonlyMap<string, Lives>>,
  ): Promise<readonly { readonly id: string }[]> {
    const paths = lookupPaths(query.field);
    let entry: Promise<AccessTicket> | undefined;
    const { stored, candidates } = await this.stores.records.inSite(who.siteId, async (tx) => {
      await this.tickets.refuseWhenStalled(tx);
      const candidates = await found; // the transaction was begun meanwhile
      const intakeIds = [...candidates.keys()];
      const grounds = { kind: 'intake.searched', intakeIds, classes: [query.class], fields: paths, purpose: 'search' } as const;
      entry = this.tickets.forReading(who, grounds); // meanwhile they are fetched, and it stands also where that fails
      entry.catch(() => undefined);
      return { stored: await fetchForReading(tx, this.tickets, grounds), candidates };
    });
    const ticket = await entry!;
    const matches = stored.filter((intake) => {
      const { row } = intake;
      if (row.erased_day !== null) return false;
      const intakeKey = unwrapIntakeKey(vault, row.id, row.wrapped_key);
      const answers = openAnswers(ticket, { ...intake, intakeKey, lives: candidates.get(row.id)! }, paths).reveal();
      wipe(intakeKey);
      return lookupValues(answers).some(({ field, value }) => field === query.field && value === query.value);
    });
    return matches.map(({ row }) => ({ id: row.id }));
  }
}
