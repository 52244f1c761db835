import { Injectable } from '@nestjs/common';
import { finiteTime, safeNumber } from '../../audit/verify/cells-in-range.js';
import { isAsLogged, loggedResults } from '../../audit/verify/logged-results.js';
import { VERIFIED_SUBJECTS, type VerifiedSubject } from '../../audit/verify/verified-subject.js';
import { VerifyLog } from '../../audit/verify/verify-log.js';
import { EventLog, faultOf } from '../../platform/event-log.js';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { KeyStore } from '../../vault/key-store.js';
import { RestoredMode } from '../../vault/restored/restored-mode.js';
import type { SiteClock } from '../destruction-day.js';
import { FROM_HOUR } from '../from-hour.js';
import { withVerificationLock } from '../run-lock.js';
import { VerifySections } from './verify-sections.js';

const HOUR_MS = 3_600_000;
/** What failed is tried again, but not every minute; nor is anything, by a clock that runs ahead of the others. */
const RETRY_AFTER_MS = HOUR_MS;

type Night = Pick<SiteClock, 'today' | 'hour' | 'createdDay'>;

/** Verifies the whole log, and the sections by it, once a night, whoever does it. */
@Injectable()
export class NightlyVerification {
  readonly #tried = new Map<VerifiedSubject, Date>();
  #current: Promise<void> | undefined;

  constructor(
    private readonly verifyLog: VerifyLog,
    private readonly verifySections: VerifySections,
    private readonly records: RecordsDatabase,
    private readonly keyStore: KeyStore,
    private readonly events: EventLog,
  ) {}

  /**
   * What is missing of this night, one after the other; one that was cut short is begun anew. Nothing while another process is at it, and not of restored
   * records, which wait for somebody. What fails is said, and tried again after an hour.
   */
  catchUp(sites: readonly Night[], now: Date): Promise<void> {
    this.#current ??= this.turn(sites, now).finally(() => (this.#current = undefined));
    return this.#current;
  }

  private async turn(sites: readonly Night[], now: Date): Promise<void> {
    if ((await this.missing(sites, now)).length === 0 || (await new RestoredMode(this.keyStore).read())) return;
    await withVerificationLock(this.keyStore.database, async () => {
      // Once more: another process may have ended its turn a moment ago.
      for (const subject of await this.missing(sites, now)) await this.verify(subject, now);
    });
  }

  private async verify(subject: VerifiedSubject, now: Date): Promise<void> {
    this.#tried.set(subject, now);
    try {
      await (subject === 'log' ? this.verifyLog.execute('nightly') : this.verifySections.execute('nightly'));
    } catch (error) {
      this.events.warn({ event: 'verification.failed', fault: faultOf(error) });
    }
  }

  private async missing(sites: readonly Night[], now: Date): Promise<readonly VerifiedSubject[]> {
    const last = await this.records.acrossSites(lastNights);
    return VERIFIED_SUBJECTS.filter((subject) => {
      const tried = this.#tried.get(subject);
      if (tried && Math.abs(now.getTime() - tried.getTime()) < RETRY_AFTER_MS) return false;
      return isVerificationMissing(sites, last.get(subject), now);
    });
  }
}

interface NightRow {
  readonly subject: VerifiedSubject;
  readonly began_at: Date;
  readonly ended_at: Date;
  readonly looked_at: number;
  readonly found: number;
  readonly unclear: number;
}

/** When the newest of a night began, of each subject. One of which the log has no entry never was: somebody wrote its row, so that none would begin. */
async function lastNights(tx: RecordsTx): Promise<ReadonlyMap<VerifiedSubject, Date>> {
  const logged = await loggedResults(tx);
  const newest = await tx.query<NightRow>(
    `SELECT DISTINCT ON (subject) subject, ${finiteTime('began_at')}, ${finiteTime('ended_at')}, ${safeNumber('looked_at')}, found, unclear FROM verification
     WHERE trigger = 'nightly' AND subject = ANY ($1) ORDER BY subject, id DESC`,
    [VERIFIED_SUBJECTS],
  );
  const told = newest.filter(({ subject, began_at: beganAt, ended_at: endedAt, looked_at: lookedAt, found, unclear }) =>
    beganAt <= endedAt && logged[subject].some((result) => isAsLogged({ endedAt, lookedAt, found, unclear }, result)),
  );
  return new Map(told.map((row) => [row.subject, row.began_at]));
}

/**
 * By the clock hours since that night's begin, give or take one. One that lies ahead was begun by a clock that has been set right since, and
 * stands for no night that has been.
 * @param last when the newest of a night began
 */
export function isVerificationMissing(sites: readonly Night[], last: Date | undefined, now: Date): boolean {
  const hoursAgo = last ? (now.getTime() - last.getTime()) / HOUR_MS : Infinity;
  const isRecent = (hours: number): boolean => hoursAgo >= -1 && hoursAgo <= hours;
  return sites.some(({ today, hour, createdDay }) => hour >= FROM_HOUR && createdDay < today && !isRecent(hour - FROM_HOUR + 1));
}
