import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Settings } from '../../platform/settings.js';
import { AccessLog } from '../append-entry.js';
import { SignerStateFile } from '../signer-state.js';
import { SigningKey } from '../signing-key.js';
import type { VerifierKey } from '../verifier-key.js';
import { witnessesIn } from '../witness/witness.js';
import { noteVerification, type VerificationTrigger } from './verifications.js';
import type { KeptCheckpoint, SayProgress, VerifiedLog } from './verified-log.js';
import { verifyStoredLog } from './verify-stored-log.js';

/** What somebody has kept of the log, outside this service. */
export interface KeptOutside {
  readonly key?: VerifierKey;
  readonly checkpoints: readonly KeptCheckpoint[];
  /** Beside those in the settings. */
  readonly witnesses?: readonly VerifierKey[];
}

/** Verifies the whole log in its database, notes what was found, and says so in the log. Repairs nothing: a person has to look. */
@Injectable()
export class VerifyLog {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly settings: Settings,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  /** The key that this service signs with. */
  ownKey(): VerifierKey {
    return SigningKey.read(this.secretsDirectory).verifier('own');
  }

  /** Whether the log is signed on this machine: elsewhere nobody knows what the signer remembers. */
  get signsHere(): boolean {
    return SigningKey.isIn(this.secretsDirectory);
  }

  async execute(trigger: VerificationTrigger, kept: KeptOutside = { checkpoints: [] }, progress: SayProgress = () => undefined): Promise<VerifiedLog> {
    const beganAt = this.clock.now();
    const witnesses = [...witnessesIn(this.settings.witnesses).map(({ key }) => key), ...(kept.witnesses ?? [])];
    const outside = { key: kept.key ?? this.ownKey(), signer: this.signsHere ? new SignerStateFile(this.secretsDirectory) : undefined, kept: kept.checkpoints, witnesses, now: beganAt };
    const verified = await verifyStoredLog(this.records, outside, progress);
    const { entries, signed, findings, total: found } = verified;
    const unclear = findings.filter(({ severity }) => severity === 'unclear').length;
    await this.records.acrossSites(async (tx) => {
      const done = { subject: 'log', trigger, beganAt, endedAt: this.clock.now(), lookedAt: entries, signedSize: signed?.size, found, unclear } as const;
      const noted = await noteVerification(tx, done, findings.map(({ kind, index, from }) => ({ kind, ...placeOf(index ?? from) })));
      const counts = { entries, found, unclear };
      await this.log.append(tx, { kind: 'log.verified', actor: { system: trigger === 'nightly' ? 'run' : 'command' }, subject: {}, context: { counts, findings: noted } });
    });
    return verified;
  }

  private get secretsDirectory(): string {
    return this.settings.secretsDirectories[0];
  }
}

function placeOf(index: number | undefined): { readonly index?: number } {
  return index === undefined ? {} : { index };
}
