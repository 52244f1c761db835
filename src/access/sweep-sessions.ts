import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AccessLog } from '../audit/append-entry.js';
import { BackgroundLoop } from '../platform/background-loop.js';
import { Clock } from '../platform/clock.js';
import { EventLog, faultOf } from '../platform/event-log.js';
import { RecordsDatabase } from '../platform/records-database.js';
import { sessionExpired } from './find-session.js';
import { SESSION_IDLE_MS } from './session-limits.js';
import { Sessions } from './sessions.js';

const EVERY_MS = 60_000;

/** Ends the sessions that nobody comes back to: a session that is over must not wait for its token to be shown once more. */
@Injectable()
export class SweepSessions implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly loop: BackgroundLoop;

  constructor(
    private readonly records: RecordsDatabase,
    private readonly sessions: Sessions,
    private readonly log: AccessLog,
    private readonly clock: Clock,
    events: EventLog,
  ) {
    this.loop = new BackgroundLoop(
      EVERY_MS,
      () => this.run(),
      (error) => events.warn({ event: 'sessions.failed', fault: faultOf(error) }),
    );
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** @returns how many sessions were over. Two processes at it at once end each session once. */
  async run(): Promise<number> {
    const now = this.clock.now();
    const over = await this.records.acrossSites((tx) =>
      tx.query<{ id: string; half_id: string; member_id: string; site_id: string; organisation_wide: boolean }>(
        `SELECT s.id, s.half_id, s.member_id, s.site_id, m.site_id IS NULL AS organisation_wide FROM session s JOIN member m ON m.id = s.member_id
         WHERE s.expires_at <= $1 OR (s.idles_out AND s.seen_at <= $2)`,
        [now, new Date(now.getTime() - SESSION_IDLE_MS)],
      ),
    );
    for (const row of over) {
      const owner = { memberId: row.member_id, siteId: row.site_id, organisationWide: row.organisation_wide };
      await this.sessions.end(owner, { id: row.id, halfId: row.half_id }, (tx) => this.log.append(tx, sessionExpired(owner)));
    }
    return over.length;
  }
}
