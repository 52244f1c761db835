import { ONE_MOMENT } from '../platform/one-moment.js';
import type { RecordsDatabase } from '../platform/records-database.js';
import type { KeyStore } from '../vault/key-store.js';
import { checkLives, type CheckedLives, type Corrected } from './check-lives.js';
import { checkPolicies } from './check-policies.js';
import { checkSites } from './check-sites.js';
import { followRules } from './policies/follow-rules.js';
import type { ExpectedLives } from './expected-lives.js';
import type { SettleHolds } from './holds/settle-holds.js';
import { InputsChanged } from './inputs-changed.js';
import type { Progress } from './sweep-dead.js';

const RULE_CHANGES = `SELECT count(*)::integer AS changes FROM log_entry WHERE kind IN ('policy.approved', 'policy.withdrawn', 'site.changed')`;

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
      await tx.query(ONE_MOMENT); // a change and its entry are there both or neither
      await checkPolicies(tx);
      await checkSites(tx);
    });
    return this.checkLives(progress);
  }

  /**
   * A rule that changes during the look, which takes minutes on a large site, puts days off: they are too early by it and nobody wrote
   * them. So then the look begins again, and what it came to before says nothing of days. It reads the rules anew for every batch, since
   * with older ones it would undo what follows the newer (`FollowRules`). What a change brings never changes what is due today.
   */
  private async checkLives(progress: Progress): Promise<CheckedLives> {
    const forged: Corrected[] = [];
    for (;;) {
      const rules = await this.ruleChanges();
      await followRules(this.records, this.keyStore, this.expected, progress);
      const { corrected, unlogged } = await checkLives(this.records, this.keyStore, this.expected, progress);
      const isEarly = corrected.some(({ found }) => found.has('early'));
      if (!isEarly || (await this.ruleChanges()) === rules) return { corrected: [...forged, ...corrected], unlogged };
      forged.push(...corrected.filter(({ found }) => found.has('place') || found.has('facts')));
    }
  }

  /** How often a rule has changed: also one that has been followed by now, or was changed back. */
  private async ruleChanges(): Promise<number> {
    const [row] = await this.records.acrossSites((tx) => tx.query<{ changes: number }>(RULE_CHANGES));
    return row!.changes;
  }

  /** Logs the holds that a crash left without an entry. @throws InputsChanged when one was not as the log has it */
  async settleHolds(): Promise<void> {
    const [hold] = await this.holds.run();
    if (hold) throw new InputsChanged(`hold ${hold}`);
  }
}
