import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { asOwner, noise, siteOf } from './fill-keys.js';
import type { Served } from './served.js';

/** A tenth of a gigabyte for 100,000 intakes, where true sections would take three: they are found by index, so the width does not matter. */
const SECTION_BYTES = 64;

/**
 * Intakes that nobody opens, until there are so many: rows, short sections of noise, and the log entry of a write for each.
 * They are what the clients' own are found among. The entries are outside the tree, as entries that wait are.
 */
export async function fillRecordsTo(served: Served, intakes: number): Promise<void> {
  const site = await siteOf(served);
  await asOwner(served.records, async (client) => {
    const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM intake');
    const missing = intakes - rows[0]!.count;
    if (missing <= 0) return;
    await client.query(`CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, ${missing}) AS n`);
    await client.query(`
      INSERT INTO intake (id, site_id, tax_year, filing_year, vault_number, wrapped_key, created_day, touched_day)
      SELECT id, '${site}', 2025, 2026, v.number, ${noise(73)}, current_date, current_date FROM made, site_vault v WHERE v.site_id = '${site}'`);
    await client.query(`
      INSERT INTO section (intake_id, class, site_id, sealed)
      SELECT m.id, c.class, '${site}', ${noise(SECTION_BYTES)} FROM made m CROSS JOIN unnest(ARRAY['${CLASSES_FROM_THE_START.join("','")}']) AS c (class)`);
    await client.query(`
      WITH entry AS (
        INSERT INTO log_entry (site_id, intake_id, kind, at, epoch, counter, leaf)
        SELECT '${site}', id, 'intake.created', now(), id, 1, '{}' FROM made RETURNING id)
      INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt)
      SELECT id, '${site}', '{}', '', '{}', '', '{}', '' FROM entry`);
    await client.query('DROP TABLE made');
    await client.query('ANALYZE intake, section, log_entry, log_part');
  });
}
