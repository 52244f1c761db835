import { randomUUID } from 'node:crypto';
import { CLASSES_FROM_THE_START } from '../../src/catalogue/retention-class.js';
import { addDays, type Day } from '../../src/platform/clock.js';
import { filingYearFor } from '../../src/access/season-end.js';
import { asOwner, makeBucketsOf, noise, siteOf } from '../service/fill-keys.js';
import { householdNumber } from '../service/household.js';
import { httpClient } from '../service/http-client.js';
import type { Served } from '../service/served.js';

const CHUNK = 50_000;
const TAX_YEAR = 2025;
const FOUND_BY = `(0, 'credentials'), (1, 'credentials'), (2, 'contact'), (3, 'contact'), (4, 'identity'), (5, 'identity')`;

export const RECORDS_TABLES = ['intake', 'section'] as const;
export const KEYS_TABLES = ['life_share', 'lookup'] as const;
/** What a run reads beside them: a plan that was made while they were empty is made anew. */
const RECORDS_BESIDE = ['tombstone', 'log_entry', 'log_part', 'log_filter'] as const;
const KEYS_BESIDE = ['bucket'] as const;

/** Intakes of all nine classes that are due on one day. */
export interface Due {
  readonly tag: string;
  readonly site: string;
  readonly intakes: number;
  readonly day: Day;
  readonly sections: readonly SectionShape[];
}

export async function dueOn(served: Served, intakes: number, day: Day): Promise<Due> {
  await makeBucketsOf(served, CLASSES_FROM_THE_START, [day]);
  return { tag: randomUUID(), site: await siteOf(served), intakes, day, sections: await trueSections(served) };
}

/** With six lookup rows each: noise in real buckets. */
export async function fillDue(served: Served, due: Due): Promise<void> {
  await Promise.all([fillRecords(served, due, ''), fillKeys(served, due, '')]);
}

/** The same rows, without the log's entries, in tables of such names. */
export async function fillCopies(served: Served, due: Due, prefix: string): Promise<void> {
  await Promise.all([fillRecords(served, due, prefix), fillKeys(served, due, prefix)]);
}

interface SectionShape {
  readonly class: string;
  readonly bytes: number;
}

/** As the service itself seals them: their length says nothing of what is in them, so one intake's are everybody's. */
async function trueSections(served: Served): Promise<readonly SectionShape[]> {
  const { id } = await httpClient(served)<{ id: string }>('POST', '/api/intakes', { taxYear: TAX_YEAR, answers: householdNumber(0) });
  let sections: readonly SectionShape[] = [];
  await asOwner(served.records, async (client) => {
    sections = (await client.query<SectionShape>('SELECT class, octet_length(sealed) AS bytes FROM section WHERE intake_id = $1 ORDER BY class', [id])).rows;
  });
  return sections;
}

/** The same ids in both databases, and never again: the log remembers those of before. */
function made({ tag, intakes }: Due, from: number): string {
  const to = Math.min(intakes, from + CHUNK - 1);
  return `(SELECT md5('${tag} ' || n)::uuid AS id, n FROM generate_series(${from}, ${to}) AS n) AS m`;
}

async function fillRecords(served: Served, due: Due, prefix: string): Promise<void> {
  const { site, sections } = due;
  const created = addDays(due.day, -1);
  await asOwner(served.records, async (client) => {
    await client.query('SET synchronous_commit = off');
    for (let from = 1; from <= due.intakes; from += CHUNK) {
      const some = made(due, from);
      await client.query(`
        INSERT INTO ${prefix}intake (id, site_id, tax_year, filing_year, vault_number, wrapped_key, created_day, touched_day, erased_day)
        SELECT m.id, '${site}', ${TAX_YEAR}, ${filingYearFor(created)}, v.number, ${noise(73)}, '${created}', '${created}', '${due.day}'
        FROM ${some}, site_vault v WHERE v.site_id = '${site}' ORDER BY m.n`);
      await client.query(`
        INSERT INTO ${prefix}section (intake_id, class, site_id, sealed)
        SELECT m.id, c.class, '${site}', ${noise('c.bytes')} FROM ${some} CROSS JOIN (VALUES ${sections.map((one) => `('${one.class}', ${one.bytes})`).join(', ')}) AS c (class, bytes)
        ORDER BY m.n`);
      if (prefix === '') await client.query(entriesOf(some, due));
    }
  });
}

/**
 * An entry for each, by which the run finds that all of it is due: its client wants nothing kept from that day on. With the leaf's
 * commitments to what the run reads, and without a place in the tree, which it does not look for.
 */
function entriesOf(some: string, { site, day }: Due): string {
  const created = addDays(day, -1);
  const facts = { taxYear: TAX_YEAR, filingYear: filingYearFor(created), createdDay: created, touchedDay: created, stage: 'open', consentsGiven: false, erasedDay: day };
  const context = JSON.stringify({ digests: {}, facts });
  const committed = (text: string) => `encode(sha256(salt || convert_to(${text}, 'UTF8')), 'base64')`;
  return `
    WITH made AS MATERIALIZED (
      SELECT m.id, m.n, sha256(m.id::text::bytea) AS salt, '${context}' AS context,
        '{"classes":["${CLASSES_FROM_THE_START.join('","')}"],"intake":"' || m.id || '","site":"${site}"}' AS subject FROM ${some}
    ), entry AS (
      INSERT INTO log_entry (site_id, intake_id, kind, at, epoch, counter, leaf)
      SELECT '${site}', id, 'intake.created', now(), id, n, json_build_object('context', ${committed('context')}, 'subject', ${committed('subject')})::text
      FROM made ORDER BY n RETURNING id, intake_id
    )
    INSERT INTO log_part (entry_id, site_id, actor, actor_salt, subject, subject_salt, context, context_salt)
    SELECT e.id, '${site}', '{}', salt, subject, salt, context, salt FROM entry e JOIN made ON made.id = e.intake_id`;
}

async function fillKeys(served: Served, due: Due, prefix: string): Promise<void> {
  const { site, day } = due;
  await asOwner(served.keys, async (client) => {
    await client.query('SET synchronous_commit = off');
    const bucketOf = `JOIN bucket b ON b.site_id = '${site}' AND b.class = c.class AND b.day = '${day}'`;
    for (let from = 1; from <= due.intakes; from += CHUNK) {
      const some = made(due, from);
      await client.query(`
        INSERT INTO ${prefix}life_share (intake_id, class, site_id, tax_year, created_day, bucket_id, due_day, wrapped)
        SELECT m.id, c.class, '${site}', ${TAX_YEAR}, '${day}'::date - 1, b.id, b.day, ${noise(73)}
        FROM ${some} CROSS JOIN unnest(ARRAY['${CLASSES_FROM_THE_START.join("','")}']) AS c (class) ${bucketOf} ORDER BY m.n`);
      await client.query(`
        INSERT INTO ${prefix}lookup (intake_id, version, slot, bucket_id, tag, sealed)
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
        await client.query(`VACUUM (ANALYZE) ${[...tables, ...(url === served.keys ? KEYS_BESIDE : RECORDS_BESIDE)].join(', ')}`);
        await client.query('CHECKPOINT');
      }),
    ),
  );
}
