import type { VerifiedSubject } from '../../audit/verify/verifications.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { OperatorWarning } from './operator-warning.js';

/** What the newest verification of the log, and that of the sections, have found: each until one finds nothing. */
export async function verificationWarnings(records: RecordsDatabase): Promise<readonly OperatorWarning[]> {
  const newest = await records.query<{ subject: VerifiedSubject; found: number }>(
    'SELECT DISTINCT ON (subject) subject, found - unclear AS found FROM verification ORDER BY subject, id DESC',
  );
  return newest.flatMap(({ subject, found }) => (found > 0 ? [{ kind: 'not-as-written', severity: 'serious', subject, found } as const] : []));
}
