import { addDays } from '../../platform/clock.js';
import type { DestructionDays, SiteClock } from '../destruction-day.js';
import type { PurgeRun, RunFailure } from '../purge-run.js';
import { begunBy } from '../purge-runs.js';
import type { OperatorWarning } from './operator-warning.js';

/** Local hour at a site by which its night's run has finished, three hours after it is due. */
const FINISHED_BY_HOUR = 5;

/**
 * Nights without a finished run, a run that failed, and a date that waits for its confirmation.
 * @param runs newest first, with the newest finished one among them where there is any
 */
export function runWarnings({ now, sites, doubt }: Pick<DestructionDays, 'now' | 'sites' | 'doubt'>, runs: readonly PurgeRun[]): readonly OperatorWarning[] {
  const recent = begunBy(now, runs);
  const finished = recent.find(({ state }) => state === 'finished');
  const [latest] = recent;
  return [
    ...sites.flatMap((site) => lateAt(site, finished)),
    ...(latest?.state === 'failed' ? [{ kind: 'run-failed', severity: 'serious', run: latest.id, reason: latest.reason as RunFailure } as const] : []),
    ...(doubt ? [{ kind: 'date-unconfirmed', severity: 'serious', reason: doubt } as const] : []),
  ];
}

/** A site's first night is the one after the day it was opened. */
function lateAt({ siteId, today, hour, createdDay }: SiteClock, finished: PurgeRun | undefined): readonly OperatorWarning[] {
  const lastDay = finished?.days[siteId] ?? createdDay;
  const wanted = hour >= FINISHED_BY_HOUR ? today : addDays(today, -1);
  return lastDay < wanted ? [{ kind: 'run-late', severity: 'serious', site: siteId, lastDay }] : [];
}
