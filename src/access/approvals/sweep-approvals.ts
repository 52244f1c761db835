import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BackgroundLoop } from '../../platform/background-loop.js';
import { Clock } from '../../platform/clock.js';
import { EventLog, faultOf } from '../../platform/event-log.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import { lockOpenApproval } from './approval.js';
import { Approvals } from './approvals.js';

const EVERY_MS = 10 * 60_000;

/** Closes the requests that nobody looks at any more, so that the log says when they lapsed. */
@Injectable()
export class SweepApprovals implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: BackgroundLoop;

  constructor(
    private readonly records: RecordsDatabase,
    private readonly approvals: Approvals,
    private readonly clock: Clock,
    events: EventLog,
  ) {
    this.loop = new BackgroundLoop(
      EVERY_MS,
      () => this.run(),
      (error) => events.warn({ event: 'approvals.failed', fault: faultOf(error) }),
    );
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** @returns how many it closed. Two processes at it at once close each once. */
  async run(): Promise<number> {
    const lapsed = await this.records.acrossSites((tx) =>
      tx.query<{ id: string }>(
        `SELECT a.id FROM approval a JOIN member r ON r.id = a.requested_by
         WHERE a.state = 'open' AND (a.expires_at <= $1 OR r.status = 'disabled')`,
        [this.clock.now()],
      ),
    );
    let closed = 0;
    for (const { id } of lapsed) closed += Number(await this.close(id));
    return closed;
  }

  private close(id: string): Promise<boolean> {
    return this.records.acrossSites(async (tx) => {
      const approval = await lockOpenApproval(tx, id);
      return approval !== undefined && (await this.approvals.lapse(tx, approval));
    });
  }
}
