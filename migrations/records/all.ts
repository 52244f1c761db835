import { Roles1798000000001 } from './1798000000001-roles.js';
import { Access1798000000002 } from './1798000000002-access.js';
import { AccessLog1798000000003 } from './1798000000003-access-log.js';
import { Intake1798000000004 } from './1798000000004-intake.js';
import { Retention1798000000005 } from './1798000000005-retention.js';
import { OrganisationMembers1798000000006 } from './1798000000006-organisation-members.js';
import { Approvals1798000000007 } from './1798000000007-approvals.js';
import { SessionWithGrants1798000000008 } from './1798000000008-session-with-grants.js';
import { LoggedPins1798000000009 } from './1798000000009-logged-pins.js';
import { Submission1798000000010 } from './1798000000010-submission.js';
import { SilentJoins1798000000011 } from './1798000000011-silent-joins.js';
import { SubmissionContent1798000000012 } from './1798000000012-submission-content.js';
import { ErasedDay1798000000013 } from './1798000000013-erased-day.js';
import { Holds1798000000014 } from './1798000000014-holds.js';
import { PolicyVersions1798000000015 } from './1798000000015-policy-versions.js';
import { LivingCounts1798000000016 } from './1798000000016-living-counts.js';
import { NewestKeyCopy1798000000018 } from './1798000000018-newest-key-copy.js';
import { Erasure1798000000020 } from './1798000000020-erasure.js';
import { RunInputs1798000000021 } from './1798000000021-run-inputs.js';
import { LogTiles1798000000022 } from './1798000000022-log-tiles.js';
import { LogKeys1798000000023 } from './1798000000023-log-keys.js';
import { Witnesses1798000000024 } from './1798000000024-witnesses.js';
import { LogFilters1798000000025 } from './1798000000025-log-filters.js';
import { Verifications1798000000026 } from './1798000000026-verifications.js';
import { PruneLogParts1798000000027 } from './1798000000027-prune-log-parts.js';
import { LogReviews1798000000028 } from './1798000000028-log-reviews.js';
import { PreparerList1798000000029 } from './1798000000029-preparer-list.js';
import { FilterPolicy1798000000030 } from './1798000000030-filter-policy.js';
import { FormerTimeZones1798000000032 } from './1798000000032-former-time-zones.js';
import { DeadLookupKeys1798000000033 } from './1798000000033-dead-lookup-keys.js';
import { PastSeasonEnds1798000000034 } from './1798000000034-past-season-ends.js';
import { Leavers1798000000041 } from './1798000000041-leavers.js';
import { KeptConsents1798000000043 } from './1798000000043-kept-consents.js';
import { AppendLogEntries1798000000044 } from './1798000000044-append-log-entries.js';
import { TombstonesWithoutForeignKey1798000000045 } from './1798000000045-tombstones-without-foreign-key.js';
import { RestoredIntakes1798000000046 } from './1798000000046-restored-intakes.js';
import { PruneUnreadableParts1798000000048 } from './1798000000048-prune-unreadable-parts.js';
import { PoliciesInPlace1798000000050 } from './1798000000050-policies-in-place.js';
import { PruneEndlessParts1798000000051 } from './1798000000051-prune-endless-parts.js';
import { PrunedBundles1798000000052 } from './1798000000052-pruned-bundles.js';

export const recordsMigrations = [
  Roles1798000000001,
  Access1798000000002,
  AccessLog1798000000003,
  Intake1798000000004,
  Retention1798000000005,
  OrganisationMembers1798000000006,
  Approvals1798000000007,
  SessionWithGrants1798000000008,
  LoggedPins1798000000009,
  Submission1798000000010,
  SilentJoins1798000000011,
  SubmissionContent1798000000012,
  ErasedDay1798000000013,
  Holds1798000000014,
  PolicyVersions1798000000015,
  LivingCounts1798000000016,
  NewestKeyCopy1798000000018,
  Erasure1798000000020,
  RunInputs1798000000021,
  LogTiles1798000000022,
  LogKeys1798000000023,
  Witnesses1798000000024,
  LogFilters1798000000025,
  Verifications1798000000026,
  PruneLogParts1798000000027,
  LogReviews1798000000028,
  PreparerList1798000000029,
  FilterPolicy1798000000030,
  FormerTimeZones1798000000032,
  DeadLookupKeys1798000000033,
  PastSeasonEnds1798000000034,
  Leavers1798000000041,
  KeptConsents1798000000043,
  AppendLogEntries1798000000044,
  TombstonesWithoutForeignKey1798000000045,
  RestoredIntakes1798000000046,
  PruneUnreadableParts1798000000048,
  PoliciesInPlace1798000000050,
  PruneEndlessParts1798000000051,
  PrunedBundles1798000000052,
];
