import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';
import { addDays, Clock, type Day } from '../../src/platform/clock.js';
import { dataSource } from '../../src/platform/data-source.js';
import { KeysDatabase } from '../../src/platform/keys-database.js';
import { bucketsFor } from '../../src/vault/buckets.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { MasterFile } from '../../src/vault/master-file.js';
import type { Served } from './served.js';

/** Classes that intakes are found in. */
const FOUND_IN = ['contact', 'identity', 'credentials'] as const;
const LIVE_DAYS = 365;

/** A year of live buckets for each class that is searched, made by the key store itself: a search opens every one. */
export function makeBuckets(served: Served): Promise<void> {
  const today = Clock.system().today('UTC');
  const days: readonly Day[] = Array.from({ length: LIVE_DAYS }, (_, i) => addDays(today, i + 2));
  return makeBucketsOf(served, FOUND_IN, days);
}

export async function makeBucketsOf(served: Served, classes: readonly RetentionClass[], days: readonly Day[]): Promise<void> {
  const source = dataSource('bench', served.keys, 1);
  await source.initialize();
  const keyStore = new KeyStore(new KeysDatabase(source, served.keys), new MasterFile([served.secrets]));
  const site = await siteOf(served);
  await keyStore.transaction((store) => bucketsFor(store, site, days.flatMap((day) => classes.map((cls) => ({ class: cls, day })))));
  await source.destroy();
}

/**
 * Rows of intakes that are not there, until there are so many: shares and lookup rows of the true shape in the real buckets,
 * filled with noise, and plaintext rows with telephone numbers. Nobody finds them; they are what has to be looked past.
 */
export async function fillTo(served: Served, intakes: number): Promise<void> {
  const site = await siteOf(served);
  await asOwner(served.keys, async (client) => {
    const { rows } = await client.query<{ count: number }>(`SELECT count(DISTINCT intake_id)::int AS count FROM life_share`);
    const missing = intakes - rows[0]!.count;
    if (missing <= 0) return;
    await client.query(`CREATE TEMP TABLE made AS SELECT gen_random_uuid() AS id, n, 2 + n % ${LIVE_DAYS} AS days FROM generate_series(1, ${missing}) AS n`);
    const bucketOf = `JOIN bucket b ON b.site_id = '${site}' AND b.class = c.class AND b.day = current_date + m.days`;
    await client.query(`
      INSERT INTO life_share (intake_id, class, site_id, tax_year, created_day, bucket_id, due_day, wrapped)
      SELECT m.id, c.class, '${site}', 2025, current_date, b.id, b.day, ${noise(73)}
      FROM made m CROSS JOIN unnest(ARRAY['${FOUND_IN.join("','")}']) AS c (class) ${bucketOf}`);
    await client.query(`
      INSERT INTO lookup (intake_id, version, slot, bucket_id, tag, sealed)
      SELECT m.id, 1, c.slot, b.id, ${noise(16)}, ${noise(73)}
      FROM made m CROSS JOIN (VALUES (0, 'credentials'), (1, 'credentials'), (2, 'contact'), (3, 'contact'), (4, 'identity'), (5, 'identity'))
        AS c (slot, class) ${bucketOf}`);
    await client.query('DROP TABLE made; ANALYZE life_share, lookup, bucket');
  });
  await asOwner(served.records, async (client) => {
    const { rows } = await client.query<{ count: number }>("SELECT count(*)::int AS count FROM plain_lookup WHERE value LIKE '303%'");
    await client.query(
      `INSERT INTO plain_lookup (intake_id, site_id, slot, field, value)
       SELECT gen_random_uuid(), $1, 2, 'phone', '303' || lpad(n::text, 7, '0') FROM generate_series($2::int, $3::int) AS n`,
      [site, rows[0]!.count + 1, intakes],
    );
    await client.query('ANALYZE plain_lookup');
  });
}

/** SQL: bytes that look sealed, for row `n`. @param bytes how many, or SQL that says it */
export function noise(bytes: number | string): string {
  return `substr(decode(repeat(md5(random()::text || n), ${bytes} / 16 + 1), 'hex'), 1, ${bytes})`;
}

export async function siteOf(served: Served): Promise<string> {
  let site: string = randomUUID();
  await asOwner(served.records, async (client) => {
    site = (await client.query<{ id: string }>('SELECT id FROM site')).rows[0]!.id;
  });
  return site;
}

export async function asOwner(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
