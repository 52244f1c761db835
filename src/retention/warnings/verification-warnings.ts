import { finiteTime, safeNumber } from '../../audit/verify/cells-in-range.js';
import { isAsLogged, loggedResults } from '../../audit/verify/logged-results.js';
import { lateVerifications } from '../../audit/verify/verifications.js';
import { VERIFIED_SUBJECTS, type VerifiedSubject } from '../../audit/verify/verified-subject.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { OperatorWarning } from './operator-warning.js';

/** What the newest verification of the log, and that of the sections, have found, by their rows or by the log, whichever says more: each until one finds nothing. And where none has come to its end for two nights. */
export async function verificationWarnings(records: RecordsDatabase, now: Date): Promise<readonly OperatorWarning[]> {
  const newest = await records.acrossSites(async (tx) => {
    const logged = await loggedResults(tx);
    const rows = await tx.query<{ subject: VerifiedSubject; ended_at: Date; looked_at: number; found: number; unclear: number }>(
      `SELECT DISTINCT ON (subject) subject, ${finiteTime('ended_at')}, ${safeNumber('looked_at')}, found, unclear FROM verification WHERE subject = ANY ($1) ORDER BY subject, id DESC`,
      [VERIFIED_SUBJECTS],
    );
    return VERIFIED_SUBJECTS.map((subject) => {
      const row = rows.find((one) => one.subject === subject);
      const [result] = logged[subject];
      const isRight = row ? isAsLogged({ ...row, endedAt: row.ended_at, lookedAt: row.looked_at }, result) : !result;
      return { subject, found: Math.max(certainIn(row), certainIn(result), isRight ? 0 : 1) };
    });
  });
  const late = await records.acrossSites((tx) => lateVerifications(tx, now));
  return [
    ...newest.flatMap(({ subject, found }) => (found > 0 ? [{ kind: 'not-as-written', severity: 'serious', subject, found } as const] : [])),
    ...late.map((one) => ({ kind: 'verification-late', severity: 'warning', ...one }) as const),
  ];
}

function certainIn(result: { readonly found: number; readonly unclear: number } | undefined): number {
  return result ? result.found - result.unclear : 0;
}
