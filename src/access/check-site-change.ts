import { checkAll } from '../platform/check-all.js';
import { addDays, day, dayIn, type Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import { checkNames } from './plain-name.js';
import { NOTICE_DAYS } from './site-day.js';
import type { Site, SiteChange, SiteSetting } from './site.js';
import { checkTimeZone, isTimeZone } from './time-zone.js';
import { checkWatch } from './watch-settings.js';

/**
 * Only what changes is looked at: a season end that is set already may well be close. Pure.
 * @throws Refusal INVALID_INPUT naming every setting that cannot be so
 */
export function checkSiteChange(before: Site, change: SiteChange, changed: readonly SiteSetting[], now: Date): void {
  const checks: Partial<Record<SiteSetting, () => void>> = {
    timeZone: () => checkTimeZone(change.timeZone!),
    name: () => checkNames({ name: change.name! }),
    collectDocuments: () => checkDocuments(change.collectDocuments!),
    seasonEnd: () => checkSeasonEnd(change.seasonEnd!, dayIn(isTimeZone(change.timeZone) ? change.timeZone : before.timeZone, now)),
  };
  checkAll([...changed.flatMap((setting) => checks[setting] ?? []), () => checkWatch({ ...before, ...given(change) }, changed)]);
}

function given(change: SiteChange): Partial<Site> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function checkDocuments(collect: boolean): void {
  if (collect) throw invalid('collectDocuments', 'This version cannot keep papers yet: give them back to the client.');
}

/** With notice, and no later than the last day of next year: every year's answers end with their own year in any case. */
function checkSeasonEnd(text: string | null, today: Day): void {
  if (text === null) return;
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
