import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import { placeText, type SectionFinding } from './compare-sections.js';
import { EARLIER, writeIn, type Written } from './written-digests.js';

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** An earlier version of a section, kept under a legal hold, as the database sums it up. */
interface PreservedRow {
  readonly id: string;
  readonly class: RetentionClass;
  readonly version: number;
  readonly site: string;
  readonly own_site: string;
  readonly digest: string;
  readonly place: string;
}

const PRESERVED = `
  SELECT p.intake_id AS id, p.class, p.version, p.site_id AS site, i.site_id AS own_site,
    encode(sha256(p.sealed), 'hex') AS digest, encode(substr(p.sealed, 5, 33), 'hex') AS place
  FROM preserved_section p JOIN intake i ON i.id = p.intake_id
  WHERE p.intake_id IN (SELECT DISTINCT intake_id FROM preserved_section WHERE intake_id > $1 ORDER BY intake_id LIMIT ${BATCH})
  ORDER BY p.intake_id, p.class, p.version`;

/**
 * No intake has them, so that nothing else comes by them: foreign keys were off when they were put there. Or they stand beside another one in the same place, which there
 * is where the primary key was off: nobody can tell which of the two is read.
 */
const STRAY = [
  ...['section', 'preserved_section'].map((table) => `SELECT s.site_id AS "siteId", s.intake_id AS "intakeId", s.class FROM ${table} s WHERE NOT EXISTS (SELECT FROM intake i WHERE i.id = s.intake_id)`),
  ...['section s GROUP BY s.intake_id, s.class', 'preserved_section s GROUP BY s.intake_id, s.class, s.version'].map(
    (places) => `SELECT (min(s.site_id::text))::uuid, s.intake_id, s.class FROM ${places} HAVING count(*) > 1`,
  ),
].join(' UNION ALL ');

export async function checkStrays(records: RecordsDatabase, found: (finding: SectionFinding) => void): Promise<void> {
  const strays = await records.acrossSites((tx) => tx.query<Omit<SectionFinding, 'kind'>>(`${STRAY} LIMIT 1000`));
  for (const stray of strays) found({ kind: 'foreign', ...stray });
}

/**
 * Looks at every earlier version that a hold keeps, without any key: is it what the write of its version left? Rows are read before
 * entries, which nobody takes away: what a save or a sweep does in between looks like no tampering.
 * @returns how many were looked at
 */
export async function checkPreserved(records: RecordsDatabase, found: (finding: SectionFinding) => void): Promise<number> {
  let looked = 0;
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const rows: readonly PreservedRow[] = await records.acrossSites((tx) => tx.query<PreservedRow>(PRESERVED, [after]));
    for (const id of new Set(rows.map((row) => row.id))) {
      const writes = await records.acrossSites((tx) => tx.query<Written>(EARLIER, [id]));
      const digests = writes.flatMap((written) => writeIn(written) ?? []);
      for (const row of rows) if (row.id === id) check(row, digests, found);
    }
    looked += rows.length;
    after = rows.at(-1)?.id;
  }
  return looked;
}

function check(row: PreservedRow, writes: readonly NonNullable<ReturnType<typeof writeIn>>[], found: (finding: SectionFinding) => void): void {
  const of = writes.filter(({ version }) => version === row.version);
  const isRight = of.some(({ digests }) => digests[row.class] === row.digest) && row.site === row.own_site;
  if (isRight) return;
  const isHere = row.site === row.own_site && row.place === placeText(row.own_site, row.id, row.class);
  const kind = !isHere ? 'preserved-foreign' : of.length === 0 ? 'preserved-untold' : 'preserved-changed';
  found({ kind, siteId: row.own_site, intakeId: row.id, class: row.class });
}
