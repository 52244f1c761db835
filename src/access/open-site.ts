import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { Clock } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { actorOf } from './actor.js';
import { tidy } from './invitation-row.js';
import { checkNames } from './plain-name.js';
import type { SignedIn } from './signed-in.js';
import { rulesForLog } from './site-rules-logged.js';
import { refuseTakenSiteName } from './taken-site-name.js';
import { checkTimeZone, knownSpelling } from './time-zone.js';

/** A site as the organisation's own members list it. */
export interface OrganisationSite {
  readonly id: string;
  readonly name: string;
  /** IANA */
  readonly timeZone: string;
}

/** The organisation's sites. A new one has no members and no key: its first preparer makes that. */
@Injectable()
export class OpenSite {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** Oldest first. For members of the whole organisation: row security shows anybody else their own site alone. */
  list(who: SignedIn): Promise<readonly OrganisationSite[]> {
    return this.records.ofOrganisation(who.siteId, (tx) =>
      tx.query<OrganisationSite>('SELECT id, name, time_zone AS "timeZone" FROM site ORDER BY arrival'),
    );
  }

  /** @throws Refusal INVALID_INPUT: no name, or another site's; no time zone */
  run(who: SignedIn, input: { readonly name: string; readonly timeZone: string }): Promise<OrganisationSite> {
    checkNames({ name: input.name });
    const timeZone = knownSpelling(input.timeZone);
    checkTimeZone(timeZone);
    const site = { id: randomUUID(), name: tidy(input.name), timeZone };
    const opened = this.records.ofOrganisation(site.id, async (tx) => {
      await tx.query('INSERT INTO site (id, name, time_zone, created_day) VALUES ($1, $2, $3, $4)', [
        site.id,
        site.name,
        site.timeZone,
        this.clock.today(site.timeZone),
      ]);
      await this.log.append(tx, { kind: 'site.created', actor: actorOf(who), subject: { site: site.id }, context: { rules: rulesForLog(site) } });
      return site;
    });
    return refuseTakenSiteName(opened);
  }
}
