import { Injectable } from '@nestjs/common';
import type { SiteMember } from '../../access/signed-in.js';
import { PlanStage } from '../../intake/plan-stage.js';
import { nextStages } from '../../intake/stage.js';
import type { LastStage, LastStagePage } from '../pages/last-stage-page.js';
import { IntakeHeading } from './intake-heading.js';
import { classLives } from './intake-page-object.js';
import { SiteQuestions } from './site-questions.js';

/** What the page that asks to confirm a last stage shows of the intake: the days as they would be. */
@Injectable()
export class LastStagePageObject {
  constructor(
    private readonly heading: IntakeHeading,
    private readonly plan: PlanStage,
    private readonly site: SiteQuestions,
  ) {}

  /** Undefined where the intake cannot go there from its stage. @throws Refusal NOT_FOUND, or DESTROYED when only the tombstone is left */
  async of(who: SiteMember, id: string, stage: LastStage): Promise<Pick<LastStagePage, 'intake' | 'stage' | 'lives'> | undefined> {
    const intake = await this.heading.run(who, id);
    if (intake.isReadOnly || !nextStages(intake.stage).includes(stage)) return undefined;
    return { intake, stage, lives: classLives(await this.site.mayHold(who), await this.plan.run(who, id, stage)) };
  }
}
