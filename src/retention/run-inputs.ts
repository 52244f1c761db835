import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import { checkLives, type CheckedLives } from './check-lives.js';
import { checkPolicies } from './check-policies.js';
import { checkSites } from './check-sites.js';
import { followRules } from './policies/follow-rules.js';
import type { ExpectedLives } from './expected-lives.js';
import type { SettleHolds } from './holds/settle-holds.js';
import { InputsChanged } from './inputs-changed.js';
import type { Progress } from './sweep-dead.js';

/**
 * What a run goes by: the published policies, the holds, and the days and facts of everything that lives. Whoever writes into a database
 * past this service must neither destroy nor keep anything by it, so all of it has to be what the access log's entries say.
 */
export class RunInputs {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly expected: ExpectedLives,
    private readonly holds: SettleHolds,
  ) {}

  /**
   * @returns what was put right, and what the log does not know
   * @throws InputsChanged when there is no knowing what is right: then nothing may be destroyed
   */
  async check(progress: Progress): Promise<CheckedLives> {
    await this.settleHolds();
    await this.records.acrossSites(async (tx) => {
      await checkPolicies(tx);
      await checkSites(tx);
    });
    await followRules(this.records, this.keyStore, this.expected, progress);
    return checkLives(this.records, this.keyStore, this.expected, progress);
  }

  /** Logs the holds that a crash left without an entry. @throws InputsChanged when one was not as the log has it */
  async settleHolds(): Promise<void> {
    const [hold] = await this.holds.run();
    if (hold) throw new InputsChanged(`hold ${hold}`);
  }
}
