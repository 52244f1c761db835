import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import type { Day } from '../../src/platform/clock.js';
import { asOwner, makeBucketsOf, noise, siteOf } from '../service/fill-keys.js';
import type { Served } from '../service/served.js';

/** True sections would take 31 KB an intake and the disk; a row is found and deleted the same way whatever its length. */
const SECTION_BYTES = 64;
const CHUNK = 50_000;
const FOUND_BY = `(0, 'credentials'), (1, 'credentials'), (2, 'contact'), (3, 'contact'), (4, 'identity'), (5, 'identity')`;

export const RECORDS_TABLES = ['intake', 'section'] as const;
export const KEYS_TABLES = ['life_share', 'lookup'] as const;

/** Intakes of all nine classes that are due on this day, and six lookup rows for each: noise in real buckets. */
export async function fillDue(served: Served, intakes: number, due: Day): Promise<void> {
  const site = await siteOf(served);
  await makeBucketsOf(served, RETENTION_CLASSES, [due]);
  await Promise.all([fillRecords(served, site, intakes), fillKeys(served, site, intakes, due)]);
}

/** The same ids in both databases. */
function made(from: number, to: number): string {
  return `(SELECT md5('due ' || n)::uuid AS id, n FROM generate_series(${from}, ${to}) AS n) AS m`;
}

async function fillRecords(served: Served, site: string, intakes: number): Promise<void> {
  await asOwner(served.records, async (client) => {
    await client.query('SET synchronous_commit = off');
    for (let from = 1; from <= intakes; from += CHUNK) {
      const some = made(from, Math.min(intakes, from + CHUNK - 1));
      await client.query(`
        INSERT INTO intake (id, site_id, tax_year, filing_year, stage, vault_number, wrapped_key, created_day, touched_day)
        SELECT m.id, '${site}', 2025, 2026, 'done', v.number, ${noise(73)}, current_date - 60, current_date - 60
        FROM ${some}, site_vault v WHERE v.site_id = '${site}' ORDER BY m.n`);
      await client.query(`
        INSERT INTO section (intake_id, class, site_id, sealed)
        SELECT m.id, c.class, '${site}', ${noise(SECTION_BYTES)} FROM ${some} CROSS JOIN unnest(ARRAY['${RETENTION_CLASSES.join("','")}']) AS c (class)
        ORDER BY m.n`);
    }
  });
}

async function fillKeys(served: Served, site: string, intakes: number, due: Day): Promise<void> {
  await asOwner(served.keys, async (client) => {
    await client.query('SET synchronous_commit = off');
    const bucketOf = `JOIN bucket b ON b.site_id = '${site}' AND b.class = c.class AND b.day = '${due}'`;
    for (let from = 1; from <= intakes; from += CHUNK) {
      const some = made(from, Math.min(intakes, from + CHUNK - 1));
      await client.query(`
        INSERT INTO life_share (intake_id, class, site_id, tax_year, created_day, bucket_id, due_day, wrapped)
        SELECT m.id, c.class, '${site}', 2025, current_date - 60, b.id, b.day, ${noise(73)}
        FROM ${some} CROSS JOIN unnest(ARRAY['${RETENTION_CLASSES.join("','")}']) AS c (class) ${bucketOf} ORDER BY m.n`);
      await client.query(`
        INSERT INTO lookup (intake_id, version, slot, bucket_id, tag, sealed)
        SELECT m.id, 1, c.slot, b.id, ${noise(16)}, ${noise(73)}
        FROM ${some} CROSS JOIN (VALUES ${FOUND_BY}) AS c (slot, class) ${bucketOf} ORDER BY m.n`);
    }
  });
}

/** As the tables of a service that has run for a while are: vacuumed, and written to disk. No vacuum comes between. */
export async function settle(served: Served): Promise<void> {
  await Promise.all(
    ([[served.records, RECORDS_TABLES], [served.keys, KEYS_TABLES]] as const).map(([url, tables]) =>
      asOwner(url, async (client) => {
        await client.query('ALTER SYSTEM SET autovacuum = off');
        await client.query('SELECT pg_reload_conf()');
        await client.query(`VACUUM (ANALYZE) ${tables.join(', ')}, ${url === served.keys ? 'bucket' : 'tombstone'}`);
        await client.query('CHECKPOINT');
      }),
    ),
  );
}
