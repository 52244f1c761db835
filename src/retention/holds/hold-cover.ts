import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { KeyStore } from '../../vault/key-store.js';
import { heldBySql } from '../../vault/hold-scope.js';

/** Of how many intakes a hold keeps each class: of those that live at this moment. */
export type HoldCover = Partial<Record<RetentionClass, number>>;

export async function coverOf({ database }: KeyStore, holdId: string): Promise<HoldCover> {
  const rows = await database.query<{ class: RetentionClass; intakes: number }>(
    `SELECT s.class, count(*)::integer AS intakes FROM hold h JOIN life_share s ON ${heldBySql('h', 's')} JOIN bucket b ON b.id = s.bucket_id
     WHERE h.id = $1 GROUP BY s.class ORDER BY s.class`,
    [holdId],
  );
  return Object.fromEntries(rows.map((row) => [row.class, row.intakes]));
}
