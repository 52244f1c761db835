import { Injectable } from '@nestjs/common';
import { Clock, type Day } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../../vault/key-store.js';
import { policyOfVersion, type PublishedPolicy } from '../policy.js';
import { policySchedule } from '../policy-schedule.js';
import { latestIn, zonesOfProposals } from './latest-day.js';
import { isShorteningLocked } from './shortening-locked.js';

/** What a proposal is judged by, as it stands at the moment. */
export interface PolicyNow {
  /** The version published last, in force or announced: the next one is compared with it. */
  readonly newest: PublishedPolicy;
  /** As proposals are judged (`dayOfProposals`). */
  readonly today: Day;
  readonly at: Date;
  /** By which `today` goes. */
  readonly zones: readonly string[];
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

  /** @param siteId that who asks works at */
  async run(siteId: string): Promise<PolicyNow> {
    const at = this.clock.now();
    const [newest, zones] = await this.records.ofOrganisation(siteId, async (tx) => [(await policySchedule(tx)).at(-1)!, await zonesOfProposals(tx)] as const);
    return { newest, today: latestIn(zones, at), at, zones, locked: await isShorteningLocked(this.keyStore) };
  }

  /** Any version by its number (`policyOfVersion`). */
  version(version: number): Promise<PublishedPolicy | undefined> {
    return this.records.withoutSite((tx) => policyOfVersion(tx, version));
  }
}
