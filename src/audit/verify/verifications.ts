import { Injectable } from '@nestjs/common';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { FindingsDigest } from '../entry-parts.js';
import { bounded } from '../longest-cells.js';
import { finiteTime, safeNumber } from './cells-in-range.js';
import { isAsLogged, loggedResults, type LoggedResult } from './logged-results.js';
import { noteFindings, storedFindings, type NotedFinding, type StoredFindings } from './noted-findings.js';
import { VERIFIED_SUBJECTS, type VerifiedSubject } from './verified-subject.js';

export type VerificationTrigger = 'nightly' | 'command';

export interface Verification {
  readonly subject: VerifiedSubject;
  readonly trigger: VerificationTrigger;
  readonly beganAt: Date;
  readonly endedAt: Date;
  /** Entries, or sections. */
  readonly lookedAt: number;
  /** Of the log: how many entries a good checkpoint covers; undefined when none does. */
  readonly signedSize: number | undefined;
  /** Of all sites; `unclear` of them a crash can have left as well. */
  readonly found: number;
  readonly unclear: number;
}

/** With what this site may see of it: its own findings, and those that are of no site. */
export interface ShownVerification extends Verification, StoredFindings {
  /** Whether the log's own entry of it says the same: this row is nobody's signature. */
  readonly asLogged: boolean;
}

interface Row {
  readonly id: string;
  readonly trigger: VerificationTrigger;
  readonly began_at: Date;
  readonly ended_at: Date;
  readonly looked_at: number;
  readonly signed_size: number | null;
  readonly found: number;
  readonly unclear: number;
}

/** @param tx of a job @returns what its entry in the log, in the same transaction, has to say of the findings that are kept */
export async function noteVerification(tx: RecordsTx, done: Verification, findings: readonly NotedFinding[]): Promise<readonly FindingsDigest[]> {
  const [row] = await tx.query<Pick<Row, 'id'>>(
    `INSERT INTO verification (subject, trigger, began_at, ended_at, looked_at, signed_size, found, unclear) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id::text`,
    [done.subject, done.trigger, done.beganAt, done.endedAt, done.lookedAt, done.signedSize ?? null, done.found, done.unclear],
  );
  return noteFindings(tx, row!.id, findings);
}

/** Two nights and some hours: it is done every night. */
const LATE_AFTER_MS = 52 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

export interface LateVerification {
  readonly subject: VerifiedSubject;
  /** Whole ones, since one last came to its end, or since the log began. */
  readonly days: number;
}

/** What nobody has gone through for two nights, as the log has it. One that ended by a clock which was ahead counts for nothing. @param tx of a site, or of a job */
export async function lateVerifications(tx: RecordsTx, now: Date): Promise<readonly LateVerification[]> {
  const logged = await loggedResults(tx);
  const [{ begun }] = (await tx.query('SELECT min(started_at) FILTER (WHERE isfinite(started_at)) AS begun FROM log_origin')) as [{ begun: Date | null }];
  return VERIFIED_SUBJECTS.flatMap((subject) => {
    const last = Math.max(...logged[subject].map(({ at }) => at.getTime()).filter((at) => at <= now.getTime()));
    const since = Number.isFinite(last) ? last : (begun ?? now).getTime();
    const ms = now.getTime() - since;
    return ms > LATE_AFTER_MS ? [{ subject, days: Math.floor(ms / DAY_MS) }] : [];
  });
}

/** What is late of it. */
@Injectable()
export class Verifications {
  constructor(private readonly records: RecordsDatabase) {}

  late(siteId: string, now: Date): Promise<readonly LateVerification[]> {
    return this.records.inSite(siteId, (tx) => lateVerifications(tx, now));
  }
}

/** The newest of each subject; undefined where there was none yet. */
export type NewestVerifications = Readonly<Record<VerifiedSubject, ShownVerification | undefined>>;

/** As the site may see them. The caller logs the reading (`log.read`) in the same transaction. @param tx of that site */
export async function newestVerifications(tx: RecordsTx, siteId: string): Promise<NewestVerifications> {
  const logged = await loggedResults(tx);
  const newest = (subject: VerifiedSubject) => newestOf(tx, siteId, subject, logged[subject][0]);
  return { log: await newest('log'), sections: await newest('sections') };
}

const NEWEST = `
  SELECT id::text, ${bounded('trigger', 'word')} AS trigger, ${finiteTime('began_at')}, ${finiteTime('ended_at')}, ${safeNumber('looked_at')}, ${safeNumber('signed_size')}, found, unclear
  FROM verification WHERE subject = $1 ORDER BY verification.id DESC LIMIT 1`;

async function newestOf(tx: RecordsTx, siteId: string, subject: VerifiedSubject, logged: LoggedResult | undefined): Promise<ShownVerification | undefined> {
  const [row] = await tx.query<Row>(NEWEST, [subject]);
  if (!row) return undefined;
  return {
    ...{ subject, trigger: row.trigger, beganAt: row.began_at, endedAt: row.ended_at, lookedAt: row.looked_at },
    ...{ signedSize: row.signed_size ?? undefined, found: row.found, unclear: row.unclear },
    asLogged: isAsLogged({ endedAt: row.ended_at, lookedAt: row.looked_at, found: row.found, unclear: row.unclear }, logged),
    ...(await storedFindings(tx, siteId, row.id, logged?.findings)),
  };
}
