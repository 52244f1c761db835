import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BackgroundLoop } from '../../platform/background-loop.js';
import { Clock } from '../../platform/clock.js';
import { EventLog, faultOf } from '../../platform/event-log.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { Settings } from '../../platform/settings.js';
import { askWitness, type Asked } from './ask-witness.js';
import { witnessesIn, type Witness } from './witness.js';

const EVERY_MS = 2_000;
const TIMEOUT_MS = 10_000;

/**
 * Shows the log's checkpoints to the witnesses in the settings. Each has a loop of its own, so that one that is slow or down
 * holds up neither the others nor anything else.
 */
@Injectable()
export class Witnesses implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loops: readonly BackgroundLoop[];
  private readonly stopping = new AbortController();

  constructor(
    private readonly records: RecordsDatabase,
    private readonly clock: Clock,
    private readonly events: EventLog,
    settings: Settings,
  ) {
    this.loops = witnessesIn(settings.witnesses).map(
      (witness) =>
        new BackgroundLoop(
          EVERY_MS,
          () => this.ask(witness),
          (error) => events.warn({ event: 'witnesses.failed', witness: witness.key.name, fault: faultOf(error) }),
        ),
    );
  }

  /** One pass. What a witness fails at is said when it begins or changes, not each time. */
  async ask(witness: Witness, timeoutMs = TIMEOUT_MS): Promise<Asked> {
    const { records, clock, stopping } = this;
    const asked = await askWitness({ records, clock, timeoutMs, stopping: stopping.signal }, witness);
    const { name } = witness.key;
    if (asked.outcome === 'failed' && asked.failure !== asked.before) this.events.warn({ event: 'witness.failed', witness: name, failure: asked.failure });
    if (asked.outcome === 'cosigned' && asked.before) this.events.say({ event: 'witness.answered', witness: name });
    return asked;
  }

  onApplicationBootstrap(): void {
    for (const loop of this.loops) loop.start();
  }

  /** A request that is under way is given up. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
