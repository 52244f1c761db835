import { AdmissionController } from './admission.controller.js';
import { ApprovalsPagesController } from './approvals.controller.js';
import { CertificatesController } from './certificates.controller.js';
import { EntriesController } from './entries.controller.js';
import { EntryController } from './entry.controller.js';
import { FindingsController } from './findings.controller.js';
import { HoldPlacingController } from './hold-placing.controller.js';
import { HoldsPagesController } from './holds.controller.js';
import { HomeController } from './home.controller.js';
import { JoinController } from './join.controller.js';
import { LanguageController } from './language.controller.js';
import { LeavingController } from './leaving.controller.js';
import { MembersController } from './members.controller.js';
import { PasswordController } from './password.controller.js';
import { PolicyController } from './policy.controller.js';
import { PolicyProposingController } from './policy-proposing.controller.js';
import { PreviewController } from './preview.controller.js';
import { ReadingsController } from './readings.controller.js';
import { RestoredController } from './restored.controller.js';
import { RunsController } from './runs.controller.js';
import { SetUpController } from './set-up.controller.js';
import { SettingsController } from './settings.controller.js';
import { SignInController } from './sign-in.controller.js';
import { SitesController } from './sites.controller.js';
import { SixWordsController } from './six-words.controller.js';
import { VerificationController } from './verification.controller.js';
import { PolicyRequest } from './policy-request.js';
import { WaitingPolicy } from './waiting-policy.js';
import { WithdrawInvitationController } from './withdraw-invitation.controller.js';

/** The pages of everything but intakes: getting in, people, settings, policy, holds, destruction and the log. */
export const ACCESS_PAGES = [
  ...[HomeController, SignInController, LanguageController, SetUpController, JoinController, PasswordController],
  ...[MembersController, WithdrawInvitationController, AdmissionController, LeavingController, SixWordsController, SettingsController, SitesController],
  ...[ApprovalsPagesController, HoldPlacingController, HoldsPagesController],
  ...[PolicyController, PolicyProposingController, RunsController, PreviewController, CertificatesController, RestoredController],
  ...[EntriesController, ReadingsController, FindingsController, EntryController, VerificationController],
];

/** What they are made of. */
export const OF_ACCESS_PAGES = [WaitingPolicy, PolicyRequest];
