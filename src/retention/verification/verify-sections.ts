import { Injectable } from '@nestjs/common';
import { AccessLog } from '../../audit/append-entry.js';
import { noteVerification, type VerificationTrigger } from '../../audit/verify/verifications.js';
import { Clock } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../../vault/key-store.js';
import { checkIntakes } from './check-intakes.js';
import { checkMissing } from './check-missing.js';
import { checkPreserved, checkStrays } from './check-preserved.js';
import { checkSections } from './check-sections.js';
import type { SectionFinding } from './compare-sections.js';

const MOST_KEPT = 1_000;

export interface VerifiedSections {
  /** Earlier versions that holds keep among them. */
  readonly sections: number;
  /** The first thousand. */
  readonly findings: readonly SectionFinding[];
  readonly total: number;
}

/** Compares the stored sections of all sites with the log, and the intakes with what lives in the key store, notes what was found, and says so in the log. Repairs nothing: a person has to look. */
@Injectable()
export class VerifySections {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
    private readonly clock: Clock,
  ) {}

  async execute(trigger: VerificationTrigger, progress: (done: number, total: number) => void = () => undefined): Promise<VerifiedSections> {
    const beganAt = this.clock.now();
    const findings: SectionFinding[] = [];
    let total = 0;
    const found = (finding: SectionFinding): void => {
      total++;
      if (findings.length < MOST_KEPT) findings.push(finding);
    };
    const sections = (await checkSections(this.records, this.keyStore, found, progress)) + (await checkPreserved(this.records, found));
    await checkStrays(this.records, found);
    await checkIntakes(this.records, this.keyStore, found);
    await checkMissing(this.records, this.keyStore, found);
    await this.records.acrossSites(async (tx) => {
      const done = { subject: 'sections', trigger, beganAt, endedAt: this.clock.now(), lookedAt: sections, signedSize: undefined, found: total, unclear: 0 } as const;
      const noted = await noteVerification(tx, done, findings);
      const counts = { sections, found: total };
      await this.log.append(tx, { kind: 'log.verified', actor: { system: trigger === 'nightly' ? 'run' : 'command' }, subject: {}, context: { counts, findings: noted } });
    });
    return { sections, findings, total };
  }
}
