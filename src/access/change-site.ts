import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { addDays, Clock, day, type Day } from '../platform/clock.js';
import { RecordsDatabase } from '../platform/records-database.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { Refusal } from '../platform/refusal.js';
import { lockHolds } from '../vault/hold-lock.js';
import { isAnyHold } from '../vault/holds.js';
import { KeyStore } from '../vault/key-store.js';
import { actorOf } from './actor.js';
import { checkNames } from './plain-name.js';
import { endsSooner, movedTo } from './season-end.js';
import type { SiteMember } from './signed-in.js';
import { noteRulesChanged, rulesForLog } from './site-rules-logged.js';
import { beginsSooner, leftFor, NOTICE_DAYS, siteDay } from './site-day.js';
import { readSite, SITE_COLUMNS, type Site, type SiteSetting } from './site.js';
import { refuseTakenSiteName } from './taken-site-name.js';
import { checkTimeZone } from './time-zone.js';
import { checkWatch, numbersSet } from './watch-settings.js';

/** Settings that are to change; absent stays as it is. `seasonEnd: null` is 31 December. */
export type SiteChange = { readonly [S in SiteSetting]?: (S extends 'seasonEnd' ? string | null : Site[S]) | undefined };

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

  /** @throws Refusal INVALID_INPUT naming the setting; then nothing is changed */
  run(who: SiteMember, change: SiteChange): Promise<Site> {
    const changing = this.records.inSite(who.siteId, async (tx) => {
      // A hold that is being placed is either seen here, or comes after this change.
      if (change.seasonEnd !== undefined || change.timeZone !== undefined) await lockHolds(tx);
      await tx.query('SELECT FROM site WHERE id = $1 FOR NO KEY UPDATE', [who.siteId]);
      const before = await readSite(tx, who.siteId);
      const changed = differing(before, change);
      this.check(before, change, changed);
      const [now, today] = [this.clock.now(), siteDay(before, this.clock.now())];
      const ends = changed.includes('seasonEnd') ? movedTo(before, change.seasonEnd as Day | null, today) : before;
      const sooner = changed.filter((setting) => (setting === 'timeZone' ? beginsSooner(change.timeZone!, before.timeZone, now) : setting === 'seasonEnd' && endsSooner(before, ends, today)));
      if (sooner.length > 0) await this.refuseUnderHold(sooner);
      if (changed.length === 0) return before;
      await this.write(tx, who, change, changed, { ...before, ...ends, ...(changed.includes('timeZone') && { formerTimeZones: leftFor(change.timeZone!, before, now) }) });
      return readSite(tx, who.siteId);
    });
    return refuseTakenSiteName(changing);
  }

  /** Only what changes is looked at: a season end that is set already may well be close. */
  private check(before: Site, change: SiteChange, changed: readonly SiteSetting[]): void {
    if (changed.includes('timeZone')) checkTimeZone(change.timeZone!);
    checkWatch({ ...before, ...given(change) }, changed);
    if (changed.includes('name')) checkNames({ name: change.name! });
    if (changed.includes('collectDocuments') && change.collectDocuments) {
      throw invalid('collectDocuments', 'This version cannot keep papers yet: give them back to the client.');
    }
    if (changed.includes('seasonEnd') && typeof change.seasonEnd === 'string') {
      checkSeasonEnd(change.seasonEnd, this.clock.today(change.timeZone ?? before.timeZone));
    }
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

function given(change: SiteChange): Partial<Site> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

const RULES: readonly SiteSetting[] = ['seasonEnd', 'timeZone'];

function differing(before: Site, change: SiteChange): readonly SiteSetting[] {
  const settings = Object.keys(SITE_COLUMNS) as SiteSetting[];
  return settings.filter((setting) => change[setting] !== undefined && change[setting] !== before[setting]);
}

/** With notice, and no later than the last day of next year: every year's answers end with their own year in any case. */
function checkSeasonEnd(text: string, today: Day): void {
  const end = dayOrRefuse(text);
  const earliest = addDays(today, NOTICE_DAYS);
  if (end < earliest) throw invalid('seasonEnd', `The season end is announced ${NOTICE_DAYS} days ahead: ${earliest} at the earliest.`);
  const latest = day(`${Number(today.slice(0, 4)) + 1}-12-31`);
  if (end > latest) throw invalid('seasonEnd', `The season end is ${latest} at the latest.`);
}

function dayOrRefuse(text: string): Day {
  try {
    return day(text);
  } catch {
    throw invalid('seasonEnd', 'The season end is a day such as 2027-04-30.');
  }
}

function invalid(setting: SiteSetting, message: string): Refusal {
  return new Refusal('INVALID_INPUT', message, { fields: [setting] });
}
