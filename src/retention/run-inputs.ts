import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import { checkLives, type CheckedLives } from './check-lives.js';
import { checkPolicies } from './check-policies.js';
import type { ExpectedLives } from './expected-lives.js';
import type { Progress } from './sweep-dead.js';

/**
 * What a run goes by: the published policies, and the days and facts of everything that lives. Whoever writes into a database
 * past this service must neither destroy nor keep anything by it, so all of it has to be what the access log's entries say.
 */
export class RunInputs {
  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly expected: ExpectedLives,
  ) {}

  /**
   * @returns what was put right, and what the log does not know
   * @throws InputsChanged when there is no knowing what is right: then nothing may be destroyed
   */
  async check(progress: Progress): Promise<CheckedLives> {
    await this.records.acrossSites(checkPolicies);
    return checkLives(this.records, this.keyStore, this.expected, progress);
  }
}
