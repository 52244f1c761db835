import { Injectable } from '@nestjs/common';
import { NO_SEASON_END, SEASON_ENDS, seasonEndFor, type SeasonEnds } from '../access/season-end.js';
import type { IntakeFacts } from '../audit/intake-facts.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { daysByLog } from './days-by-log.js';
import type { ExpectedLife, ExpectedLives } from './expected-lives.js';
import { loggedIntakes } from './logged-changes.js';
import { policySchedule, scheduledDays } from './policy-schedule.js';

type DueBy = (siteId: string) => (facts: IntakeFacts) => ReadonlyMap<RetentionClass, Day>;

/** How intakes must stand by the access log: their entries' facts, under the published policies and the sites' season ends. */
@Injectable()
export class LivesByLog implements ExpectedLives {
  async of(tx: RecordsTx, intakeIds: readonly string[], how: 'likely' | 'sure'): Promise<ReadonlyMap<string, ExpectedLife | 'changed'>> {
    const logged = await loggedIntakes(tx, intakeIds, how === 'likely' ? 'newest' : 'all');
    const dueBy = await this.arithmetic(tx);
    const lives = new Map<string, ExpectedLife | 'changed'>();
    for (const [id, intake] of logged) {
      if (intake === 'changed') lives.set(id, intake);
      else lives.set(id, { siteId: intake.siteId, facts: intake.changes.at(-1)!.facts, ...daysByLog(intake.changes, dueBy(intake.siteId)) });
    }
    return lives;
  }

  private async arithmetic(tx: RecordsTx): Promise<DueBy> {
    const policies = await policySchedule(tx);
    const sites = await tx.query<SeasonEnds & { readonly id: string }>(`SELECT s.id, ${SEASON_ENDS} FROM site s`);
    const byId = new Map(sites.map((site) => [site.id, site]));
    return (siteId) => (facts) => scheduledDays(policies, facts, seasonEndFor(byId.get(siteId) ?? NO_SEASON_END, facts));
  }
}
