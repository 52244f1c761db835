import { dayIn, type Day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { LAST_ZONE } from '../publish-first-policy.js';

/** What day it is at the site that is furthest on. @param tx one that sees every site */
export async function latestDay(tx: RecordsTx, now: Date): Promise<Day> {
  return latestIn([LAST_ZONE, ...(await zonesOfSites(tx))], now);
}

/**
 * The day after which a policy that is proposed now takes effect at the earliest: it has begun at every site, and in UTC. A policy of a day
 * that has come anywhere would bring back there what is over. @param tx one that sees every site
 */
export async function dayOfProposals(tx: RecordsTx, now: Date): Promise<Day> {
  return latestIn(await zonesOfProposals(tx), now);
}

/** The time zones by which `dayOfProposals` goes. @param tx one that sees every site */
export async function zonesOfProposals(tx: RecordsTx): Promise<readonly [string, ...string[]]> {
  return ['UTC', ...(await zonesOfSites(tx))];
}

/** What day it is in the zone that is furthest on. */
export function latestIn([first, ...others]: readonly [string, ...string[]], now: Date): Day {
  return others.map((zone) => dayIn(zone, now)).reduce((one, other) => (other > one ? other : one), dayIn(first, now));
}

async function zonesOfSites(tx: RecordsTx): Promise<readonly string[]> {
  const zones = await tx.query<{ zone: string }>('SELECT DISTINCT time_zone AS zone FROM site');
  return zones.map(({ zone }) => zone);
}
