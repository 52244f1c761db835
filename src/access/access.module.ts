import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { RecordsDatabase } from '../platform/records-database.js';
import { Settings } from '../platform/settings.js';
import { AccessGuard } from './access.guard.js';
import { AdmitMember } from './admit-member.js';
import { AdministratorInvited } from './approvals/administrator-invited.js';
import { ApprovalKinds } from './approvals/approval-kinds.js';
import { Approvals } from './approvals/approvals.js';
import { ListApprovals } from './approvals/list-approvals.js';
import { ReadPendingApprovals } from './approvals/pending-approvals.js';
import { SweepApprovals } from './approvals/sweep-approvals.js';
import { ChangePassword } from './change-password.js';
import { ChangeSite } from './change-site.js';
import { ChooseSite } from './choose-site.js';
import { DeclaredRoutes } from './declared-routes.js';
import { DisableMember } from './disable-member.js';
import { FindSession } from './find-session.js';
import { InviteMember } from './invite-member.js';
import { Join } from './join.js';
import { ListMembers } from './list-members.js';
import { MemberKeys } from './member-keys.js';
import { OpenSite } from './open-site.js';
import { PasswordProof } from './password-proof.js';
import { loadPepper, Pepper } from './pepper.js';
import { Sessions } from './sessions.js';
import { PublishedSites } from './published-sites.js';
import { ReadRestored } from './restored/read-restored.js';
import { ReleaseRestored } from './restored/release-restored.js';
import { SetUp } from './set-up.js';
import { SetUpLink } from './set-up-link.js';
import { SignIn } from './sign-in.js';
import { SignInPace } from './sign-in-pace.js';
import { SignOut } from './sign-out.js';
import { SweepSessions } from './sweep-sessions.js';
import { AccessTickets } from './tickets.js';
import { UnlockVault } from './unlock-vault.js';
import { WithdrawInvitation } from './withdraw-invitation.js';

/** Who may do what. Importing it puts the guard before every route of the application. */
@Global()
@Module({
  providers: [
    {
      provide: Pepper,
      inject: [RecordsDatabase, Settings],
      useFactory: (records: RecordsDatabase, settings: Settings) => loadPepper(records, settings.secretsDirectories[0]),
    },
    { provide: SignInPace, inject: [Pepper], useFactory: (pepper: Pepper) => new SignInPace(pepper) },
    { provide: APP_GUARD, useClass: AccessGuard },
    ...[DeclaredRoutes, SweepSessions, PasswordProof, MemberKeys, Sessions],
    ...[FindSession, SignIn, SignOut, ChangePassword, SetUpLink, SetUp],
    ...[InviteMember, WithdrawInvitation, Join, AdmitMember, DisableMember, ListMembers, ChangeSite, OpenSite, ChooseSite],
    ...[PublishedSites, AccessTickets, UnlockVault],
    ...[ApprovalKinds, Approvals, ListApprovals, ReadPendingApprovals, SweepApprovals, AdministratorInvited],
    ...[ReadRestored, ReleaseRestored],
  ],
  exports: [
    ...[FindSession, SignIn, SignOut, ChangePassword, SetUpLink, SetUp, SweepSessions],
    ...[InviteMember, WithdrawInvitation, Join, AdmitMember, DisableMember, ListMembers, ChangeSite, OpenSite, ChooseSite],
    ...[PublishedSites, AccessTickets, UnlockVault],
    ...[ApprovalKinds, Approvals, ListApprovals, ReadPendingApprovals, SweepApprovals],
    ...[ReadRestored, ReleaseRestored],
  ],
})
export class AccessModule {}
