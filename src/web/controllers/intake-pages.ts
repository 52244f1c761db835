import { ErasurePageObject } from './erasure-page-object.js';
import { ErasureController } from './erasure.controller.js';
import { IntakeHeading } from './intake-heading.js';
import { IntakeListController } from './intake-list.controller.js';
import { IntakeNewController } from './intake-new.controller.js';
import { IntakeOpeningController } from './intake-opening.controller.js';
import { IntakeReviewController } from './intake-review.controller.js';
import { IntakeStageController } from './intake-stage.controller.js';
import { IntakeTopicController } from './intake-topic.controller.js';
import { KeptConsentsController } from './kept-consents.controller.js';
import { LastStagePageObject } from './last-stage-page-object.js';
import { OpenTopic } from './open-topic.js';
import { PreparerListController } from './preparer-list.controller.js';
import { SaveTopic } from './save-topic.js';
import { SiteQuestions } from './site-questions.js';

/** The pages of intakes: the list, one topic at a time, the review, the stages, the early erasure. */
export const INTAKE_PAGES = [
  ...[IntakeListController, IntakeNewController, IntakeOpeningController, IntakeReviewController, IntakeStageController],
  ...[ErasureController, IntakeTopicController, PreparerListController, KeptConsentsController],
];

/** What they are made of. */
export const OF_INTAKE_PAGES = [SiteQuestions, IntakeHeading, OpenTopic, SaveTopic, ErasurePageObject, LastStagePageObject];
