import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CheckCheckpoint } from '../access/check-checkpoint.js';
import { ExportEntries } from '../access/export-entries.js';
import { ReadFindings } from '../access/read-findings.js';
import { ReadReadings } from '../access/readings-of-site.js';
import { ReadVerifications } from '../access/read-verifications.js';
import { ReadEntryBundle } from '../access/read-entry-bundle.js';
import { ReadLog } from '../access/read-log.js';
import { ReviewLog } from '../access/review-log.js';
import { IntakeModule } from '../intake/intake.module.js';
import { AccessJoiningController } from './api/access-joining.controller.js';
import { AccessMembersController } from './api/access-members.controller.js';
import { AccessSessionController } from './api/access-session.controller.js';
import { AccessSetUpController } from './api/access-set-up.controller.js';
import { AccessSiteController } from './api/access-site.controller.js';
import { ApprovalsController } from './api/approvals.controller.js';
import { AccessSitesController } from './api/access-sites.controller.js';
import { AuditController } from './api/audit.controller.js';
import { AuditProofController } from './api/audit-proof.controller.js';
import { AuditTileController } from './api/audit-tile.controller.js';
import { RetentionPolicyController } from './api/policy.controller.js';
import { HoldsController } from './api/holds.controller.js';
import { ErasureApiController } from './api/erasure.controller.js';
import { FindingsApiController } from './api/findings.controller.js';
import { HealthController } from './api/health.controller.js';
import { IntakeController } from './api/intake.controller.js';
import { KeptConsentsApiController } from './api/kept-consents.controller.js';
import { PreparerListApiController } from './api/preparer-list.controller.js';
import { NoticesController } from './api/notices.controller.js';
import { RestoredApiController } from './api/restored.controller.js';
import { ReviewsController } from './api/reviews.controller.js';
import { RetentionController } from './api/retention.controller.js';
import { VerificationController } from './api/verification.controller.js';
import { WarningsController } from './api/warnings.controller.js';
import { ACCESS_PAGES, OF_ACCESS_PAGES } from './controllers/access-pages.js';
import { INTAKE_PAGES, OF_INTAKE_PAGES } from './controllers/intake-pages.js';
import { KeptForms } from './http/kept-forms.js';
import { Pages } from './http/pages.js';
import { RefusalFilter } from './http/refusal.filter.js';
import { Visitor } from './http/visitor.js';

const API = [
  ...[AccessSetUpController, AccessSessionController, AccessJoiningController, AccessMembersController, AccessSiteController, AccessSitesController],
  ...[ApprovalsController, NoticesController, IntakeController, PreparerListApiController, KeptConsentsApiController, RetentionController, AuditController, HealthController, RestoredApiController],
  ...[ErasureApiController, HoldsController, RetentionPolicyController, WarningsController, AuditProofController, AuditTileController, VerificationController, FindingsApiController, ReviewsController],
];

/** Everything that answers over HTTP. */
@Module({
  imports: [IntakeModule],
  controllers: [...ACCESS_PAGES, ...API, ...INTAKE_PAGES],
  providers: [ReadLog, ReadEntryBundle, ExportEntries, CheckCheckpoint, ReadReadings, ReadFindings, ReadVerifications, ReviewLog, Visitor, ...OF_INTAKE_PAGES, ...OF_ACCESS_PAGES, Pages, KeptForms, { provide: APP_FILTER, useClass: RefusalFilter }],
})
export class WebModule {}
