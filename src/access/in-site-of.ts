import type { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';

/** Where somebody works, and whether they belong there or to the whole organisation. */
export interface Workplace {
  readonly siteId: string;
  readonly organisationWide: boolean;
}

/** A transaction at somebody's site that can write their own rows too: those of an organisation-wide member have no site. */
export function inSiteOf<T>(records: RecordsDatabase, who: Workplace, work: (tx: RecordsTx) => Promise<T>): Promise<T> {
  return who.organisationWide ? records.ofOrganisation(who.siteId, work) : records.inSite(who.siteId, work);
}

/** The site of a row that is about this person themselves: null for an organisation-wide member. */
export function ownSite(who: Workplace): string | null {
  return who.organisationWide ? null : who.siteId;
}
