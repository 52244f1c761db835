import { Global, Module } from '@nestjs/common';
import { AccessLog } from './append-entry.js';
import { GroupCommit } from './group-commit.js';
import { Sequencer } from './sequencer.js';
import { Signer } from './signer.js';
import { StallGate } from './stall-gate.js';
import { Verifications } from './verify/verifications.js';
import { VerifyLog } from './verify/verify-log.js';
import { Witnesses } from './witness/witnesses.js';
import { WitnessStandings } from './witness/witness-standings.js';

/** The access log: what every folder above writes to. Its loops run from the application's start to its stop. */
@Global()
@Module({
  providers: [StallGate, AccessLog, GroupCommit, Sequencer, Signer, Verifications, VerifyLog, Witnesses, WitnessStandings],
  exports: [AccessLog, GroupCommit, Sequencer, Signer, Verifications, VerifyLog, WitnessStandings],
})
export class AuditModule {}
