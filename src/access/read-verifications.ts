import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { newestVerifications, type NewestVerifications } from '../audit/verify/verifications.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { actorOf } from './actor.js';
import type { SiteMember } from './signed-in.js';

/** When log and sections were last verified, and what of it this site may see. It names entries and intakes, so that reading it is reading the log, and an entry. */
@Injectable()
export class ReadVerifications {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
  ) {}

  run(who: SiteMember): Promise<NewestVerifications> {
    return this.records.inSite(who.siteId, async (tx) => {
      const newest = await newestVerifications(tx, who.siteId);
      const shown = Object.values(newest).filter((one) => one !== undefined);
      const counts = { verifications: shown.length, findings: shown.reduce((sum, { findings }) => sum + findings.length, 0) };
      await this.log.append(tx, { kind: 'log.read', actor: actorOf(who), subject: { site: who.siteId }, context: { counts } });
      return newest;
    });
  }
}
