import type { KeysDatabase } from '../../platform/keys-database.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { oldestVersionSql } from '../oldest-version.js';
import { intakeVersions, type IntakeVersions } from './intake-versions.js';

interface Older {
  readonly id: string;
  readonly oldest: number;
}

/** Do the records have an intake at a version from before the one that the key store knows it to have? For a start: looks at all. */
export function hasOlderIntakes(keys: KeysDatabase, records: RecordsDatabase): Promise<boolean> {
  return records.acrossSites(async (tx) => {
    for await (const batch of intakeVersions(tx)) {
      const older = await seemOlder(keys, batch);
      if (older.length > 0 && (await areOlder(tx, older))) return true;
    }
    return false;
  });
}

function seemOlder(keys: KeysDatabase, { ids, versions }: IntakeVersions): Promise<Older[]> {
  return keys.query<Older>(
    `SELECT * FROM (SELECT n.intake AS id, n.version, ${oldestVersionSql('n.intake')} AS oldest FROM unnest($1::uuid[], $2::integer[]) AS n (intake, version)) seen
     WHERE version < oldest`,
    [ids, versions],
  );
}

/** Looked at again, after the key store: another process may have saved them in between. */
async function areOlder(tx: RecordsTx, older: readonly Older[]): Promise<boolean> {
  const found = await tx.query('SELECT FROM intake i JOIN unnest($1::uuid[], $2::integer[]) AS n (id, oldest) ON n.id = i.id AND i.version < n.oldest LIMIT 1', [
    older.map(({ id }) => id),
    older.map(({ oldest }) => oldest),
  ]);
  return found.length > 0;
}
