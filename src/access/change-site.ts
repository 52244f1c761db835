import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { Clock, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { lockHolds } from '../vault/hold-lock.js';
import { isAnyHold } from '../vault/holds.js';
import { KeyStore } from '../vault/key-store.js';
import { actorOf } from './actor.js';
import { checkSiteChange } from './check-site-change.js';
import { endsSooner, movedTo } from './season-end.js';
import type { SiteMember } from './signed-in.js';
import { noteRulesChanged, rulesForLog } from './site-rules-logged.js';
import { beginsSooner, leftFor, siteDay } from './site-day.js';
import { readSite, SITE_COLUMNS, type Site, type SiteChange, type SiteSetting } from './site.js';
import { refuseTakenSiteName } from './taken-site-name.js';
import { knownSpelling } from './time-zone.js';
import { numbersSet } from './watch-settings.js';

@Injectable()
export class ChangeSite {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly log: AccessLog,
    private readonly clock: Clock,
    private readonly keyStore: KeyStore,
  ) {}

  read(who: SiteMember): Promise<Site> {
    return this.records.inSite(who.siteId, (tx) => readSite(tx, who.siteId));
  }

  /** Changes nothing. @throws Refusal INVALID_INPUT naming every setting that `run` would refuse for what it says */
  async look(who: SiteMember, sent: SiteChange): Promise<void> {
    const before = await this.read(who);
    const change = spelled(sent, before);
    checkSiteChange(before, change, differing(before, change), this.clock.now());
  }

  /** @throws Refusal INVALID_INPUT naming every setting that is wrong; then nothing is changed */
  run(who: SiteMember, sent: SiteChange): Promise<Site> {
    const changing = this.records.inSite(who.siteId, async (tx) => {
      // A hold that is being placed is either seen here, or comes after this change.
      if (sent.seasonEnd !== undefined || sent.timeZone !== undefined) await lockHolds(tx);
      await tx.query('SELECT FROM site WHERE id = $1 FOR NO KEY UPDATE', [who.siteId]);
      const before = await readSite(tx, who.siteId);
      const change = spelled(sent, before);
      const changed = differing(before, change);
      const [now, today] = [this.clock.now(), siteDay(before, this.clock.now())];
      checkSiteChange(before, change, changed, now);
      const ends = changed.includes('seasonEnd') ? movedTo(before, change.seasonEnd as Day | null, today) : before;
      const sooner = changed.filter((setting) => (setting === 'timeZone' ? beginsSooner(change.timeZone!, before.timeZone, now) : setting === 'seasonEnd' && endsSooner(before, ends, today)));
      if (sooner.length > 0) await this.refuseUnderHold(sooner);
      if (changed.length === 0) return before;
      await this.write(tx, who, change, changed, { ...before, ...ends, ...(changed.includes('timeZone') && { formerTimeZones: leftFor(change.timeZone!, before, now) }) });
      return readSite(tx, who.siteId);
    });
    return refuseTakenSiteName(changing);
  }

  /** Nothing may go sooner than announced while any legal hold is in force. */
  private async refuseUnderHold(fields: readonly SiteSetting[]): Promise<void> {
    if (!(await this.keyStore.transaction(({ tx }) => isAnyHold(tx)))) return;
    throw new Refusal('RETENTION_LOCKED', 'While a legal hold is in force, no season end and no site’s midnight is brought forward.', { fields });
  }

  /** @param rules those that follow from the change */
  private async write(tx: RecordsTx, who: SiteMember, change: SiteChange, changed: readonly SiteSetting[], { pastSeasonEnds, formerTimeZones }: Site): Promise<void> {
    const assignments = changed.map((setting, i) => `${SITE_COLUMNS[setting]} = $${i + 4}`);
    const following = [JSON.stringify(pastSeasonEnds), JSON.stringify(formerTimeZones)];
    await tx.query(`UPDATE site SET past_season_ends = $2, former_time_zones = $3, ${assignments.join(', ')} WHERE id = $1`, [who.siteId, ...following, ...changed.map((setting) => change[setting])]);
    const after = await readSite(tx, who.siteId);
    await this.log.append(tx, {
      kind: 'site.changed',
      actor: actorOf(who),
      subject: { site: who.siteId },
      context: { settings: [...changed], rules: rulesForLog(after), ...numbersSet(after, changed) },
    });
    if (RULES.some((setting) => changed.includes(setting))) await noteRulesChanged(tx, this.clock.now());
  }
}

const RULES: readonly SiteSetting[] = ['seasonEnd', 'timeZone'];

/** With the zone's name as the site has it already, or had it lately: the same name in another letter case is no change. */
function spelled(change: SiteChange, { timeZone, formerTimeZones }: Site): SiteChange {
  if (change.timeZone === undefined) return change;
  return { ...change, timeZone: knownSpelling(change.timeZone, [timeZone, ...formerTimeZones.map((former) => former.timeZone)]) };
}

function differing(before: Site, change: SiteChange): readonly SiteSetting[] {
  const settings = Object.keys(SITE_COLUMNS) as SiteSetting[];
  return settings.filter((setting) => change[setting] !== undefined && change[setting] !== before[setting]);
}
