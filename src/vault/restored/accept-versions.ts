import type { KeysTx } from '../../platform/keys-tx.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import { intakeVersions } from './intake-versions.js';

/**
 * Notes the versions of restored intakes that are older than those the key store knows, so that they open again, each until it
 * is saved. What was noted at an earlier restore is replaced: only what these records hold counts from now on.
 */
export async function acceptVersions(keys: KeysTx, records: RecordsTx): Promise<void> {
  await keys.query('DELETE FROM accepted_version');
  for await (const { ids, versions } of intakeVersions(records)) {
    await keys.query(
      `INSERT INTO accepted_version (intake_id, version)
       SELECT n.intake, n.version FROM unnest($1::uuid[], $2::integer[]) AS n (intake, version)
       WHERE n.version < (SELECT min(l.version) FROM lookup l WHERE l.intake_id = n.intake)`,
      [ids, versions],
    );
  }
}
