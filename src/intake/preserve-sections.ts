import type { RetentionClass } from '../catalogue/retention-class.js';
import type { RecordsTx } from '../platform/records-tx.js';
import type { Lives } from '../vault/life-shares.js';

/** The classes that a legal hold covers: what a save replaces of them is kept. */
export function heldClasses(lives: Lives): readonly RetentionClass[] {
  return [...lives].flatMap(([name, life]) => (life.state === 'alive' && life.held ? [name] : []));
}

/**
 * Keeps sections as they are sealed now, before a save replaces them, in its transaction. Their shares and the intake's key stay what
 * they are, so they could be opened as long as the hold keeps those; nothing here opens them.
 */
export async function preserveSections(tx: RecordsTx, intake: { readonly id: string; readonly version: number }, classes: readonly RetentionClass[]): Promise<void> {
  if (classes.length === 0) return;
  await tx.query(
    `INSERT INTO preserved_section (intake_id, class, version, site_id, sealed)
     SELECT intake_id, class, $2, site_id, sealed FROM section WHERE intake_id = $1 AND class = ANY ($3::text[])`,
    [intake.id, intake.version, classes],
  );
}
