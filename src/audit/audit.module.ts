import { Global, Module } from '@nestjs/common';
import { AccessLog } from './append-entry.js';
import { Sequencer } from './sequencer.js';
import { Signer } from './signer.js';
import { StallGate } from './stall-gate.js';
import { Verifications } from './verify/verifications.js';

/** The access log: what every folder above writes to. Its two loops run from the application's start to its stop. */
@Global()
@Module({ providers: [StallGate, AccessLog, Sequencer, Signer, Verifications], exports: [AccessLog, Sequencer, Signer, Verifications] })
export class AuditModule {}
