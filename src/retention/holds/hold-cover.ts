import type { RetentionClass } from '../../catalogue/retention-class.js';
import { heldBySql } from '../../vault/hold-scope.js';
import type { HoldScope } from '../../vault/holds.js';
import type { KeyStore } from '../../vault/key-store.js';

/** Of how many intakes a hold keeps each class: of those that live at this moment. */
export type HoldCover = Partial<Record<RetentionClass, number>>;

/** The scope as one row that has the columns of a hold. */
const SCOPE = `(SELECT $1::uuid AS site_id, $2::uuid[] AS intakes, $3::text[] AS classes, $4::integer AS tax_year,
  $5::date AS created_from, $6::date AS created_to) h`;

export async function coverOf({ database }: KeyStore, scope: HoldScope): Promise<HoldCover> {
  const rows = await database.query<{ class: RetentionClass; intakes: number }>(
    `SELECT s.class, count(*)::integer AS intakes FROM ${SCOPE} JOIN life_share s ON ${heldBySql('h', 's')} JOIN bucket b ON b.id = s.bucket_id
     GROUP BY s.class ORDER BY s.class`,
    columnsOf(scope),
  );
  return Object.fromEntries(rows.map((row) => [row.class, row.intakes]));
}

/** Which of the intakes that a scope names it keeps anything of. */
export async function intakesCovered({ database }: KeyStore, scope: HoldScope): Promise<readonly string[]> {
  const rows = await database.query<{ id: string }>(
    `SELECT DISTINCT s.intake_id AS id FROM ${SCOPE} JOIN life_share s ON ${heldBySql('h', 's')} JOIN bucket b ON b.id = s.bucket_id`,
    columnsOf(scope),
  );
  return rows.map(({ id }) => id);
}

function columnsOf({ site, intakes, classes, taxYear, from, to }: HoldScope): readonly unknown[] {
  return [site ?? null, intakes ?? null, classes ?? null, taxYear ?? null, from ?? null, to ?? null];
}
