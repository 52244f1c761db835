import { Injectable } from '@nestjs/common';
import { Clock, type Day } from '../../platform/clock.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../../vault/key-store.js';
import { publishedPolicy, type PolicyRow, type PublishedPolicy } from '../policy.js';
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

  /** A version by its number, taken back since or not; undefined if there never was one. */
  async version(version: number): Promise<PublishedPolicy | undefined> {
    const [row] = await this.records.withoutSite((tx) =>
      tx.query<PolicyRow>('SELECT version AS policy_version, effective_day, document FROM retention_policy WHERE version = $1', [version]),
    );
    return row && publishedPolicy(row);
  }
}
