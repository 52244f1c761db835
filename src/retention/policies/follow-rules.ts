import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { EventLog, faultOf } from '../../platform/event-log.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../../vault/key-store.js';
import { checkLives } from '../check-lives.js';
import type { ExpectedLives } from '../expected-lives.js';
import { LivesByLog } from '../lives-by-log.js';
import type { Progress } from '../sweep-dead.js';

/**
 * Lets the days of destruction of everything that lives follow the newest rules: a policy that was published or taken back, a season
 * end that was moved. The row `rules_changed` says that it has still to be done; without one nothing is. A rule that changes meanwhile
 * is followed by the next.
 * @throws InputsChanged
 */
export async function followRules(records: RecordsDatabase, keyStore: KeyStore, expected: ExpectedLives, progress: Progress): Promise<void> {
  const [changed] = await records.acrossSites((tx) => tx.query<{ changed_at: Date }>('SELECT changed_at FROM rules_changed'));
  if (!changed) return;
  await checkLives(records, keyStore, expected, progress);
  await records.acrossSites((tx) => tx.query('DELETE FROM rules_changed WHERE changed_at = $1', [changed.changed_at]));
}

/** Does so at once where a rule changes, and at the start for one that a crash left behind; a run does before it destroys anything. */
@Injectable()
export class FollowRules implements OnApplicationBootstrap, OnApplicationShutdown {
  #current: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly lives: LivesByLog,
    private readonly events: EventLog,
  ) {}

  onApplicationBootstrap(): void {
    void this.inBackground();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#current;
  }

  /** Begins, and answers at once: on a large site it takes minutes, and reads go by the days as they are until then. */
  async inBackground(): Promise<void> {
    this.#current = this.#current
      .then(() => followRules(this.records, this.keyStore, this.lives, async () => undefined))
      .catch((error: unknown) => this.events.warn({ event: 'rules.failed', fault: faultOf(error) }));
  }
}
