import { Module } from '@nestjs/common';
import { ChangeIntake } from './change-intake.js';
import { CreateIntake } from './create-intake.js';
import { AskErasure } from './erasure/ask-erasure.js';
import { FindErasure } from './erasure/find-erasure.js';
import { IntakeErasure } from './erasure/intake-erasure.js';
import { FindDays } from './find-days.js';
import { FindIntake } from './find-intake.js';
import { IntakeStores } from './intake-stores.js';
import { ListIntakes } from './list-intakes.js';
import { ListKeptConsents } from './list-kept-consents.js';
import { ListReturns } from './list-returns.js';
import { OpenDayPage } from './open-day-page.js';
import { PlanIntake } from './plan-intake.js';
import { PlanStage } from './plan-stage.js';
import { ReadIntake } from './read-intake.js';
import { SearchIntakes } from './search-intakes.js';
import { StartIntakeOnce } from './start-once.js';
import { StepsOntoList } from './steps-onto-list.js';

@Module({
  providers: [
    ...[IntakeStores, CreateIntake, StartIntakeOnce, FindIntake, FindDays, PlanIntake, ReadIntake, ChangeIntake, ListIntakes, ListReturns, SearchIntakes],
    ...[OpenDayPage, ListKeptConsents, PlanStage, StepsOntoList, IntakeErasure, AskErasure, FindErasure],
  ],
  exports: [
    ...[CreateIntake, StartIntakeOnce, FindIntake, FindDays, PlanIntake, ReadIntake, ChangeIntake, ListIntakes, ListReturns, SearchIntakes],
    ...[ListKeptConsents, PlanStage, StepsOntoList, AskErasure, FindErasure],
  ],
})
export class IntakeModule {}
