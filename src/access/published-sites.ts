import { Injectable } from '@nestjs/common';
import { RecordsDatabase } from '../platform/records-database.js';
import { readSite, type Site } from './site.js';

/**
 * What anybody may know of the organisation's sites: their names, and what they collect for how long. Published by
 * design, so that a client can read it before telling anything. Nothing of members or single intakes is near it.
 */
@Injectable()
export class PublishedSites {
  constructor(private readonly records: RecordsDatabase) {}

  async organisationName(): Promise<string> {
    const [organisation] = await this.records.query<{ name: string }>('SELECT name FROM organisation');
    return organisation?.name ?? '';
  }

  /** Whether any return of the site is on a preparer's list that has not been destroyed. */
  async keepsList(siteId: string): Promise<boolean> {
    return (await this.records.inSite(siteId, (tx) => tx.query('SELECT FROM intake WHERE listed_day IS NOT NULL AND site_id = $1 LIMIT 1', [siteId]))).length > 0;
  }

  /** Oldest first. */
  all(): Promise<readonly Site[]> {
    return this.records.acrossSites(async (tx) => {
      const rows = await tx.query<{ id: string }>('SELECT id FROM site ORDER BY arrival');
      const sites: Site[] = [];
      for (const { id } of rows) sites.push(await readSite(tx, id));
      return sites;
    });
  }
}
