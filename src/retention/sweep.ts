import { Injectable } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { KeyStore } from '../vault/key-store.js';
import { closePastYears } from './close-past-years.js';
import { forgetSwept } from './destroyed-buckets.js';
import { forgetLeavers } from './forget-leavers.js';
import { noteLivingCounts } from './living-counts.js';
import type { SiteDay } from './plan-run.js';
import { pruneLog } from './prune-log.js';
import { sweepReleased } from './sweep-released.js';
import { sweepDead, type Progress } from './sweep-dead.js';

/**
 * Clears away what a destruction left behind, in both databases, and what is over by its age: a past year's rows, the accounts of who left,
 * the parts of old log entries. Notes how much lives on. Runs after the certificate, and can run again at any time.
 */
@Injectable()
export class Sweep {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly log: AccessLog,
  ) {}

  async execute(days: readonly SiteDay[], progress: Progress): Promise<void> {
    // Before rows go that every look at the whole table would step over.
    await noteLivingCounts(this.records, this.keyStore, days);
    await sweepDead(this.records, this.keyStore, progress);
    await sweepReleased(this.records, this.keyStore);
    await closePastYears(this.records, this.keyStore, days);
    await this.keyStore.transaction(({ tx }) => forgetSwept(tx));
    await forgetLeavers(this.records, this.keyStore, this.log, days);
    const [first, ...others] = days.map(({ today }) => today);
    if (first) await pruneLog(this.records, this.keyStore, this.log, others.reduce((a, b) => (b < a ? b : a), first));
  }
}
