import { lateVerifications, type VerifiedSubject } from '../../audit/verify/verifications.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { OperatorWarning } from './operator-warning.js';

/** What the newest verification of the log, and that of the sections, have found: each until one finds nothing. And where none has come to its end for two nights. */
export async function verificationWarnings(records: RecordsDatabase, now: Date): Promise<readonly OperatorWarning[]> {
  const newest = await records.query<{ subject: VerifiedSubject; found: number }>(
    'SELECT DISTINCT ON (subject) subject, found - unclear AS found FROM verification ORDER BY subject, id DESC',
  );
  const late = await lateVerifications(records, now);
  return [
    ...newest.flatMap(({ subject, found }) => (found > 0 ? [{ kind: 'not-as-written', severity: 'serious', subject, found } as const] : [])),
    ...late.map((one) => ({ kind: 'verification-late', severity: 'warning', ...one }) as const),
  ];
}
