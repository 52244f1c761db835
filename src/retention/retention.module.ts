import { Global, Module } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { Clock } from '../platform/clock.js';
import { EventLog } from '../platform/event-log.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { KeyStore } from '../vault/key-store.js';
import { CheckRestored } from './check-restored.js';
import { DestructionCertificates } from './destruction-certificates.js';
import { DestructionDay } from './destruction-day.js';
import { DueCounts } from './due-counts.js';
import { SettleErasures } from './erasure/settle-erasures.js';
import { SettleHolds } from './holds/settle-holds.js';
import { LivesByLog } from './lives-by-log.js';
import { Nightly } from './nightly.js';
import { FollowRules } from './policies/follow-rules.js';
import { Preview } from './preview.js';
import { publishFirstPolicy } from './publish-first-policy.js';
import { PurgeRuns } from './purge-runs.js';
import { RunInputs } from './run-inputs.js';
import { RunJournal } from './run-journal.js';
import { RunPurge } from './run-purge.js';
import { sayStep } from './say-step.js';
import { Sweep } from './sweep.js';
import { OperatorWarnings } from './warnings/operator-warnings.js';
import { NightlyVerification } from './verification/nightly-verification.js';
import { VerifySections } from './verification/verify-sections.js';
import { SayWarnings } from './warnings/say-warnings.js';

const FIRST_POLICY = Symbol('thinfile.first-policy');

/** Policy, days and purge runs. A policy is in force before anything can be created: the providers wait for it. */
@Global()
@Module({
  providers: [
    { provide: FIRST_POLICY, inject: [RecordsDatabase, AccessLog, Clock], useFactory: publishFirstPolicy },
    {
      provide: RunJournal,
      inject: [RecordsDatabase, AccessLog, Clock, EventLog],
      useFactory: (records: RecordsDatabase, log: AccessLog, clock: Clock, events: EventLog) =>
        new RunJournal(records, log, clock, sayStep(events)),
    },
    {
      provide: RunInputs,
      inject: [RecordsDatabase, KeyStore, LivesByLog, SettleHolds],
      useFactory: (records: RecordsDatabase, keyStore: KeyStore, lives: LivesByLog, holds: SettleHolds) => new RunInputs(records, keyStore, lives, holds),
    },
    CheckRestored,
    DestructionCertificates,
    DestructionDay,
    DueCounts,
    LivesByLog,
    Nightly,
    NightlyVerification,
    OperatorWarnings,
    Preview,
    PurgeRuns,
    RunPurge,
    SayWarnings,
    SettleErasures,
    SettleHolds,
    FollowRules,
    Sweep,
    VerifySections,
  ],
  exports: [CheckRestored, DestructionCertificates, DestructionDay, DueCounts, Nightly, OperatorWarnings, Preview, PurgeRuns, RunPurge, SettleErasures, SettleHolds, FollowRules, VerifySections],
})
export class RetentionModule {}
