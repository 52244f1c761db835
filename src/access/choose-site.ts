import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { Refusal } from '../platform/refusal.js';
import { actorOf } from './actor.js';
import type { MemberAtSite } from './sign-in.js';
import type { SignedIn } from './signed-in.js';
import { isSiteId } from './site.js';

/** Where a member of the whole organisation works next. They see of each site what its own members of their role see. */
@Injectable()
export class ChooseSite {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
  ) {}

  /**
   * For this session alone, until it ends. The site's auditors find in the log who came.
   * @throws Refusal FORBIDDEN to a site's own member, NOT_FOUND, SIGNED_OUT when the session has ended meanwhile
   */
  async run(who: SignedIn, siteId: string): Promise<MemberAtSite> {
    if (!who.organisationWide) throw new Refusal('FORBIDDEN', 'You work at one site.');
    if (!isSiteId(siteId)) throw noSuchSite();
    await this.records.ofOrganisation(siteId, async (tx) => {
      if ((await tx.query('SELECT FROM site WHERE id = $1', [siteId])).length === 0) throw noSuchSite();
      const moved = await tx.query('UPDATE session SET site_id = $1 WHERE id = $2 RETURNING id', [siteId, who.sessionId]);
      if (moved.length === 0) throw new Refusal('SIGNED_OUT', 'Sign in first.');
      if (siteId === who.siteId) return;
      await this.log.append(tx, { kind: 'site.entered', actor: actorOf(who), subject: { site: siteId }, context: {} });
    });
    const { memberId: id, role, name, organisationWide } = who;
    return { id, role, siteId, organisationWide, name };
  }
}

function noSuchSite(): Refusal {
  return new Refusal('NOT_FOUND', 'There is no such site.');
}
