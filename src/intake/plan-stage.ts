import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../access/signed-in.js';
import { siteDay } from '../access/site-day.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import { atStage, dayOfChange } from './at-stage.js';
import { expectedDays } from './expected-days.js';
import { FindDays, type ClassDays } from './find-days.js';
import { intakeNotFound, type IntakeRow } from './intake-row.js';
import { IntakeStores } from './intake-stores.js';
import type { Stage } from './stage.js';

/** What a stage would mean for how long the answers of an intake live, if it went there today. Opens nothing and changes nothing. */
@Injectable()
export class PlanStage {
  constructor(
    private readonly stores: IntakeStores,
    private readonly days: FindDays,
  ) {}

  /** @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
  async run(who: SiteMember, id: string, stage: Stage): Promise<ClassDays> {
    const now = await this.days.run(who, id);
    const planned = await this.planned(who, id, stage);
    const alive = Object.keys(now.due) as RetentionClass[];
    return { ...now, due: Object.fromEntries(alive.map((name) => [name, planned.get(name)!])) };
  }

  private planned(who: SiteMember, id: string, stage: Stage): Promise<ReadonlyMap<RetentionClass, Day>> {
    const today = siteDay(who, this.stores.clock.now());
    return this.stores.records.inSite(who.siteId, async (tx) => {
      const [row] = await tx.query<IntakeRow>('SELECT * FROM intake WHERE id = $1 AND site_id = $2', [id, who.siteId]);
      if (!row) throw await intakeNotFound(tx, id);
      const day = dayOfChange(row, today);
      return expectedDays(tx, { ...atStage(row, stage, day), touched_day: day });
    });
  }
}
