import { Injectable } from '@nestjs/common';
import { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { bounded } from '../longest-cells.js';
import { isAsLogged, loggedResults, type LoggedResult } from './logged-results.js';
import { VERIFIED_SUBJECTS, type VerifiedSubject } from './verified-subject.js';

export type VerificationTrigger = 'nightly' | 'command';

/** At a place of the tree, or of an intake. */
export interface NotedFinding {
  readonly kind: string;
  readonly index?: number;
  readonly siteId?: string;
  readonly intakeId?: string;
  /** A retention class. */
  readonly class?: string;
}

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
export interface ShownVerification extends Verification {
  readonly findings: readonly NotedFinding[];
  /** Whether the log's own entry of it says the same: this row is nobody's signature. */
  readonly asLogged: boolean;
}

const MOST_NOTED = 1_000;
const MOST_SHOWN = 100;

/** SQL: a time of a row; the first of all where somebody has made it none. */
export const whole = (time: 'began_at' | 'ended_at'): string => `CASE WHEN isfinite(${time}) THEN ${time} ELSE 'epoch' END AS ${time}`;

interface Row {
  readonly id: number;
  readonly trigger: VerificationTrigger;
  readonly began_at: Date;
  readonly ended_at: Date;
  readonly looked_at: number;
  readonly signed_size: number | null;
  readonly found: number;
  readonly unclear: number;
}

/** @param tx of a job */
export async function noteVerification(tx: RecordsTx, done: Verification, findings: readonly NotedFinding[]): Promise<void> {
  const [row] = await tx.query<{ id: number }>(
    `INSERT INTO verification (subject, trigger, began_at, ended_at, looked_at, signed_size, found, unclear) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [done.subject, done.trigger, done.beganAt, done.endedAt, done.lookedAt, done.signedSize ?? null, done.found, done.unclear],
  );
  const noted = findings.slice(0, MOST_NOTED);
  await tx.query(
    `INSERT INTO verification_finding (verification_id, number, kind, entry_index, site_id, intake_id, class)
     SELECT $1, n, kind, entry_index, site_id, intake_id, class
     FROM unnest($2::text[], $3::bigint[], $4::uuid[], $5::uuid[], $6::text[]) WITH ORDINALITY AS f (kind, entry_index, site_id, intake_id, class, n)`,
    [row!.id, ...(['kind', 'index', 'siteId', 'intakeId', 'class'] as const).map((name) => noted.map((finding) => finding[name] ?? null))],
  );
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

/** As the site of the transaction may see them. The caller logs the reading (`log.read`) in the same one. */
export async function newestVerifications(tx: RecordsTx): Promise<NewestVerifications> {
  const logged = await loggedResults(tx);
  return { log: await newestOf(tx, 'log', logged.log[0]), sections: await newestOf(tx, 'sections', logged.sections[0]) };
}

async function newestOf(tx: RecordsTx, subject: VerifiedSubject, logged: LoggedResult | undefined): Promise<ShownVerification | undefined> {
  const [row] = await tx.query<Row>(
    `SELECT id, ${bounded('trigger', 'word')} AS trigger, ${whole('began_at')}, ${whole('ended_at')}, looked_at, signed_size, found, unclear FROM verification WHERE subject = $1 ORDER BY id DESC LIMIT 1`,
    [subject],
  );
  if (!row) return undefined;
  const findings = await tx.query<{ kind: string; entry_index: number | null; intake_id: string | null; class: string | null }>(
    `SELECT ${bounded('kind', 'word')} AS kind, entry_index, intake_id, ${bounded('class', 'word')} AS class FROM verification_finding WHERE verification_id = $1 ORDER BY number LIMIT $2`,
    [row.id, MOST_SHOWN],
  );
  return {
    ...{ subject, trigger: row.trigger, beganAt: row.began_at, endedAt: row.ended_at, lookedAt: row.looked_at },
    ...{ signedSize: row.signed_size ?? undefined, found: row.found, unclear: row.unclear },
    asLogged: isAsLogged({ endedAt: row.ended_at, lookedAt: row.looked_at, found: row.found, unclear: row.unclear }, logged),
    findings: findings.map(({ kind, entry_index: index, intake_id: intakeId, class: name }) => ({
      kind,
      ...(index === null ? {} : { index }),
      ...(intakeId === null ? {} : { intakeId }),
      ...(name === null ? {} : { class: name }),
    })),
  };
}
