import pg from 'pg';
import { asOwner } from '../service/fill-keys.js';
import { processorSeconds } from '../service/processor-time.js';
import type { Served } from '../service/served.js';
import { KEYS_TABLES, RECORDS_TABLES } from './fill-due.js';

export interface PlainSeconds {
  /** One table after another, as one database would. */
  readonly plain: number;
  /** Both databases at the same time. */
  readonly bothAtOnce: number;
  /** Of the processor, in the two servers. */
  readonly plainProcessor: number;
}

/**
 * Copies the four tables with the same rows and indexes, and deletes the copies as simply as SQL can: one statement a table, in the
 * order in which rows lie, by the schema's owner, without row security, policies, batches or tombstones.
 */
export async function deletePlainly(served: Served): Promise<PlainSeconds> {
  await Promise.all([copy(served.records, ['submission', ...RECORDS_TABLES], linkCopies), copy(served.keys, KEYS_TABLES)]);
  const [processor, began] = [await processorSeconds(served), performance.now()];
  const [records, keyStore] = await Promise.all([deleteAll(served.records, ['section', 'intake']), deleteAll(served.keys, ['lookup', 'life_share'])]);
  const bothAtOnce = (performance.now() - began) / 1000;
  const plainProcessor = (await processorSeconds(served)) - processor;
  await Promise.all([drop(served.records, ['submission', 'section', 'intake']), drop(served.keys, KEYS_TABLES)]);
  return { plain: records + keyStore, bothAtOnce, plainProcessor };
}

async function copy(url: string, tables: readonly string[], after?: (client: pg.Client) => Promise<unknown>): Promise<void> {
  await asOwner(url, async (client) => {
    await client.query('SET synchronous_commit = off');
    for (const table of tables) {
      await client.query(`CREATE TABLE copy_of_${table} (LIKE ${table} INCLUDING DEFAULTS INCLUDING STORAGE)`);
      await client.query(`INSERT INTO copy_of_${table} SELECT * FROM ${table} ORDER BY ctid`);
      const { rows } = await client.query<{ indexdef: string; name: string }>(
        `SELECT pg_get_indexdef(indexrelid) AS indexdef, indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = $1::regclass`,
        [table],
      );
      for (const { indexdef, name } of rows) {
        await client.query(indexdef.replace(` ${name} ON public.${table} `, ` copy_of_${name} ON public.copy_of_${table} `));
      }
    }
    await after?.(client);
    await client.query(`VACUUM (ANALYZE) ${tables.map((table) => `copy_of_${table}`).join(', ')}`);
    await client.query('CHECKPOINT');
  });
}

/** To an intake point its sections and the form that started it. */
async function linkCopies(client: pg.Client): Promise<void> {
  for (const table of ['section', 'submission']) {
    await client.query(`ALTER TABLE copy_of_${table} ADD FOREIGN KEY (intake_id) REFERENCES copy_of_intake (id) ON DELETE CASCADE`);
  }
}

async function deleteAll(url: string, tables: readonly string[]): Promise<number> {
  let seconds = 0;
  await asOwner(url, async (client) => {
    const began = performance.now();
    for (const table of tables) await client.query(`DELETE FROM copy_of_${table}`);
    seconds = (performance.now() - began) / 1000;
  });
  return seconds;
}

async function drop(url: string, tables: readonly string[]): Promise<void> {
  await asOwner(url, async (client) => {
    await client.query(`DROP TABLE ${tables.map((table) => `copy_of_${table}`).join(', ')}`);
  });
}
