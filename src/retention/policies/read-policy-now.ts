import { Injectable } from '@nestjs/common';
import { Clock, type Day } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../../vault/key-store.js';
import { policyOfVersion, type PublishedPolicy } from '../policy.js';
import { policySchedule } from '../policy-schedule.js';
import { isShorteningLocked } from './shortening-locked.js';

/** What a proposal is judged by, as it stands at the moment. */
export interface PolicyNow {
  /** The version published last, in force or announced: the next one is compared with it. */
  readonly newest: PublishedPolicy;
  /** As proposals are judged: in UTC. */
  readonly today: Day;
  /** A legal hold is in force, and nothing may be shortened. */
  readonly locked: boolean;
}

/** Reads what whoever proposes a policy, or decides about one, has to see beside it. */
@Injectable()
export class ReadPolicyNow {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<PolicyNow> {
    const newest = (await this.records.withoutSite(policySchedule)).at(-1)!;
    return { newest, today: this.clock.today('UTC'), locked: await isShorteningLocked(this.keyStore) };
  }

  /** Any version by its number (`policyOfVersion`). */
  version(version: number): Promise<PublishedPolicy | undefined> {
    return this.records.withoutSite((tx) => policyOfVersion(tx, version));
  }
}
