import type { RetentionClass } from '../../catalogue/retention-class.js';
import { heldBySql } from '../../vault/hold-scope.js';
import type { HoldScope } from '../../vault/holds.js';
import type { KeyStore } from '../../vault/key-store.js';
import { SCOPE_ROW, scopeColumns } from './scope-row.js';

/** Of how many intakes a hold keeps each class: of those that live at this moment. */
export type HoldCover = Partial<Record<RetentionClass, number>>;

const COVERED = `FROM ${SCOPE_ROW} JOIN life_share s ON ${heldBySql('h', 's')} JOIN bucket b ON b.id = s.bucket_id`;

export async function coverOf({ database }: KeyStore, scope: HoldScope): Promise<HoldCover> {
  const rows = await database.query<{ class: RetentionClass; intakes: number }>(
    `SELECT s.class, count(*)::integer AS intakes ${COVERED} GROUP BY s.class ORDER BY s.class`,
    scopeColumns(scope),
  );
  return Object.fromEntries(rows.map((row) => [row.class, row.intakes]));
}

/** Which of the intakes that a scope names it keeps anything of; none where it names none. */
export async function intakesCovered({ database }: KeyStore, scope: HoldScope): Promise<readonly string[]> {
  if (!scope.intakes) return [];
  const rows = await database.query<{ id: string }>(`SELECT DISTINCT s.intake_id AS id ${COVERED}`, scopeColumns(scope));
  return rows.map(({ id }) => id);
}
