import { PREPARER_LIST } from '../../catalogue/retention-class.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { KeyStore } from '../../vault/key-store.js';
import { loggedIntakes } from '../logged-changes.js';
import { storedIntakes, storedLives, type StoredLife } from '../stored-lives.js';
import type { SectionFinding } from './compare-sections.js';

const BATCH = 500;

/** The entry and the row of a creation are of one transaction: neither of one that was cut short, or is under way, is there. */
const GONE = `
  SELECT DISTINCT e.intake_id AS id FROM log_entry e
  WHERE e.kind = 'intake.created' AND e.intake_id = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM intake i WHERE i.id = e.intake_id)`;

/**
 * Looks for intakes whose row was removed, and their sections with it, while they live: the key store knows them, and the log their
 * creation. Rows are read before what lives: a sweep takes a row only once nothing of it does, and what died does not live again.
 */
export async function checkIntakes(records: RecordsDatabase, keyStore: KeyStore, found: (finding: SectionFinding) => void): Promise<void> {
  for await (const ids of storedIntakes(keyStore, BATCH)) {
    const gone = await records.acrossSites((tx) => tx.query<{ id: string }>(GONE, [ids]));
    if (gone.length === 0) continue;
    const living = await storedLives(keyStore, gone.map(({ id }) => id));
    const unlisted = await records.acrossSites((tx) => unlistedOf(tx, living.filter(isOnList)));
    for (const { intakeId, shares } of living) {
      if (!unlisted.has(intakeId)) found({ kind: 'missing', siteId: shares[0]!.siteId, intakeId });
    }
  }
}

/** Nothing of it lives but the share of the preparer's list. */
function isOnList({ shares }: StoredLife): boolean {
  return shares.every((share) => share.class === PREPARER_LIST);
}

/** A share of the list that a crash left, of a return that by the log never came onto it, keeps no row. */
async function unlistedOf(tx: RecordsTx, lives: readonly StoredLife[]): Promise<ReadonlySet<string>> {
  const ids = lives.map(({ intakeId }) => intakeId);
  const logged = await loggedIntakes(tx, ids, 'newest');
  return new Set(ids.filter((id) => {
    const intake = logged.get(id);
    // Of one whose parts were changed, or were pruned once its row had gone, nothing follows.
    return intake === undefined || intake === 'changed' || intake.changes.at(-1)!.facts.listedDay === null;
  }));
}
