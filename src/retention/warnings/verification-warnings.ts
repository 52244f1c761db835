import { isAsLogged, loggedResults } from '../../audit/verify/logged-results.js';
import { lateVerifications } from '../../audit/verify/verifications.js';
import { VERIFIED_SUBJECTS, type VerifiedSubject } from '../../audit/verify/verified-subject.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { OperatorWarning } from './operator-warning.js';

/** What the newest verification of the log, and that of the sections, have found, by their rows or by the log, whichever says more: each until one finds nothing. And where none has come to its end for two nights. */
export async function verificationWarnings(records: RecordsDatabase, now: Date): Promise<readonly OperatorWarning[]> {
  const newest = await records.acrossSites(async (tx) => {
    const logged = await loggedResults(tx);
    const rows = await tx.query<{ subject: VerifiedSubject; looked_at: number; found: number; unclear: number }>(
      'SELECT DISTINCT ON (subject) subject, looked_at, found, unclear FROM verification WHERE subject = ANY ($1) ORDER BY subject, id DESC',
      [VERIFIED_SUBJECTS],
    );
    return rows.map(({ subject, looked_at: lookedAt, ...counts }) => {
      const result = logged.get(subject);
      const changed = isAsLogged({ lookedAt, ...counts }, result) ? 0 : 1;
      return { subject, found: Math.max(counts.found - counts.unclear, (result?.found ?? 0) - (result?.unclear ?? 0), changed) };
    });
  });
  const late = await lateVerifications(records, now);
  return [
    ...newest.flatMap(({ subject, found }) => (found > 0 ? [{ kind: 'not-as-written', severity: 'serious', subject, found } as const] : [])),
    ...late.map((one) => ({ kind: 'verification-late', severity: 'warning', ...one }) as const),
  ];
}
