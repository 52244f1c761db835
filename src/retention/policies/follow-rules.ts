import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BackgroundLoop } from '../../platform/background-loop.js';
import { EventLog, faultOf } from '../../platform/event-log.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { KeyStore } from '../../vault/key-store.js';
import { findRestored } from '../../vault/restored/restored-records.js';
import { awaitSaves } from '../await-saves.js';
import { checkLives } from '../check-lives.js';
import type { ExpectedLives } from '../expected-lives.js';
import { LivesByLog } from '../lives-by-log.js';
import type { Progress } from '../sweep-dead.js';

/**
 * Lets the days of destruction of everything that lives follow the newest rules: a policy that was published or taken back, a season
 * end that was moved. The row `rules_changed` says that it has still to be done; without one nothing is. A rule that changes meanwhile
 * is followed by the next, as is one that a save which is stuck may have read as it was before.
 * @throws InputsChanged
 */
export async function followRules(records: RecordsDatabase, keyStore: KeyStore, expected: ExpectedLives, progress: Progress): Promise<void> {
  const [changed] = await records.acrossSites((tx) => tx.query<{ changed_at: Date }>('SELECT changed_at FROM rules_changed'));
  if (!changed) return;
  const allSaved = await awaitSaves(records);
  await checkLives(records, keyStore, expected, progress, 'days');
  if (allSaved) await records.acrossSites((tx) => tx.query('DELETE FROM rules_changed WHERE changed_at = $1', [changed.changed_at]));
}

/** A change of rules waits so long at most before everything follows it. */
const EVERY_MS = 5_000;

/**
 * Does so within seconds of a change, and at the start for one that a crash left behind. On a large site it takes minutes, and reads
 * go by the days as they are until then; a run does it before it destroys anything.
 */
@Injectable()
export class FollowRules implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: BackgroundLoop;
  #current: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly lives: LivesByLog,
    events: EventLog,
  ) {
    this.loop = new BackgroundLoop(
      EVERY_MS,
      () => this.now(),
      (error) => events.warn({ event: 'rules.failed', fault: faultOf(error) }),
    );
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** One after the other. Restored records know older rules, and days that the key store has since: nothing follows them. @throws InputsChanged */
  now(): Promise<void> {
    const following = this.#current.then(async () => {
      if (!(await this.keyStore.database.transaction(findRestored))) await followRules(this.records, this.keyStore, this.lives, async () => undefined);
    });
    this.#current = following.catch(() => undefined);
    return following;
  }
}
