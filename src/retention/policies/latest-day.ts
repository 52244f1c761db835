import { dayIn, type Day } from '../../platform/clock.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { LAST_ZONE } from '../publish-first-policy.js';

/** What day it is at the site that is furthest on. @param tx one that sees every site */
export function latestDay(tx: RecordsTx, now: Date): Promise<Day> {
  return latestSince(LAST_ZONE, tx, now);
}

/**
 * The day after which a policy that is proposed now takes effect at the earliest: it has begun at every site, and in UTC. A policy of a day
 * that has come anywhere would bring back there what is over. @param tx one that sees every site
 */
export function dayOfProposals(tx: RecordsTx, now: Date): Promise<Day> {
  return latestSince('UTC', tx, now);
}

async function latestSince(zoneAtLeast: string, tx: RecordsTx, now: Date): Promise<Day> {
  const zones = await tx.query<{ zone: string }>('SELECT DISTINCT time_zone AS zone FROM site');
  return zones.map(({ zone }) => dayIn(zone, now)).reduce((one, other) => (other > one ? other : one), dayIn(zoneAtLeast, now));
}
