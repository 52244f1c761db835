import { NEWEST_FIRST, WITH_PLACE } from '../../audit/tree-order.js';
import { IS_WRITE } from '../../audit/write-kinds.js';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { RecordsDatabase } from '../../platform/records-database.js';
import type { RecordsTx } from '../../platform/records-tx.js';
import type { KeyStore } from '../../vault/key-store.js';
import { compareSections, type ComparedIntake, type SectionFinding, type SectionRow, type Suspicion } from './compare-sections.js';
import { EARLIER, writeIn, WRITTEN, type Written } from './written-digests.js';

const BATCH = 500;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface Row extends Written {
  readonly id: string;
  readonly site_id: string;
  readonly sections: Readonly<Partial<Record<RetentionClass, SectionRow>>> | null;
}

/**
 * One statement a batch, so that rows and entries are of one moment: a save in between must not look like tampering. Sections are summed
 * up where they are: thirty kilobytes an intake would have to come over otherwise.
 */
const INTAKES = `
  SELECT i.id, i.site_id, w.context, w.context_salt, w.leaf, s.sections
  FROM (SELECT id, site_id FROM intake WHERE id > $1 ORDER BY id LIMIT ${BATCH}) i
  LEFT JOIN LATERAL (
    SELECT ${WRITTEN} FROM (
      SELECT e.id, e.leaf FROM log_entry e ${WITH_PLACE}
      WHERE ${IS_WRITE} AND e.intake_id = i.id ORDER BY ${NEWEST_FIRST} LIMIT 1) e
    LEFT JOIN log_part p ON p.entry_id = e.id) w ON true
  LEFT JOIN LATERAL (
    SELECT jsonb_object_agg(coalesce(class, ''), jsonb_build_object('site', site_id, 'digest', encode(sha256(sealed), 'hex'), 'place', encode(substr(sealed, 5, 33), 'hex'))) AS sections
    FROM section WHERE intake_id = i.id) s ON true
  ORDER BY i.id`;

const LIVING = `SELECT s.intake_id, s.class FROM life_share s JOIN bucket b ON b.id = s.bucket_id WHERE s.intake_id = ANY ($1::uuid[])`;

/**
 * Looks at every section of every site without any key: is it what the newest write of its intake left? A batch is in memory at a time.
 * @returns how many sections were looked at
 */
export async function checkSections(
  records: RecordsDatabase,
  keyStore: KeyStore,
  found: (finding: SectionFinding) => void,
  progress: (done: number, total: number) => void,
): Promise<number> {
  const [{ intakes }] = (await records.acrossSites((tx) => tx.query('SELECT count(*) AS intakes FROM intake'))) as [{ intakes: number }];
  let [sections, done] = [0, 0];
  for (let after: string | undefined = FIRST; after !== undefined; ) {
    const rows: Row[] = await records.acrossSites((tx) => tx.query<Row>(INTAKES, [after]));
    const compared = rows.map(({ id, site_id, sections: of, ...written }) => ({ id, siteId: site_id, sections: of ?? {}, digests: writeIn(written)?.digests }));
    await decide(records, keyStore, compared, found);
    sections += compared.reduce((sum, intake) => sum + Object.keys(intake.sections).length, 0);
    done += rows.length;
    progress(done, Math.max(done, intakes));
    after = rows.length < BATCH ? undefined : rows.at(-1)!.id;
  }
  return sections;
}

async function decide(records: RecordsDatabase, keyStore: KeyStore, intakes: readonly ComparedIntake[], found: (finding: SectionFinding) => void): Promise<void> {
  const results = intakes.map(compareSections);
  results.flatMap(({ certain }) => certain).forEach(found);
  const suspect = results.flatMap((result) => result.suspect);
  if (suspect.length === 0) return;
  const ids = [...new Set(suspect.map(({ intake }) => intake.id))];
  // What has died and is not swept yet, or was swept already, is nothing to find.
  const alive = await keyStore.database.query<{ intake_id: string; class: string }>(LIVING, [ids]);
  const living = new Set(alive.map((share) => `${share.intake_id} ${share.class}`));
  for (const one of suspect) {
    const { intake, class: name } = one;
    if (!living.has(`${intake.id} ${name}`)) continue;
    const kind = one.what === 'differs' ? await differing(records, one) : one.what === 'missing' ? 'missing' : 'foreign';
    found({ kind, siteId: intake.siteId, intakeId: intake.id, class: name });
  }
}

async function differing(records: RecordsDatabase, { intake, class: name }: Suspicion): Promise<'rolled-back' | 'changed'> {
  const earlier = await records.acrossSites((tx: RecordsTx) => tx.query<Written>(EARLIER, [intake.id]));
  return earlier.some((written) => writeIn(written)?.digests[name] === intake.sections[name]!.digest) ? 'rolled-back' : 'changed';
}
