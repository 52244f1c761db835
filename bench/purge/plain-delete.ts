import pg from 'pg';
import { asOwner } from '../service/fill-keys.js';
import { processorSeconds } from '../service/processor-time.js';
import type { Served } from '../service/served.js';
import { fillCopies, KEYS_TABLES, RECORDS_TABLES, type Due } from './fill-due.js';

export interface PlainSeconds {
  /** One table after another, as one database would. */
  readonly plain: number;
  /** Both databases at the same time. */
  readonly bothAtOnce: number;
  /** Of the processor, in the two servers. */
  readonly plainProcessor: number;
}

const PREFIX = 'copy_of_';

/**
 * Makes the four tables once more, with the same rows and indexes, and deletes them as simply as SQL can: one statement a table, in the
 * order in which rows lie, by the schema's owner, without row security, policies, batches or tombstones. They are gone before the
 * tables that the service sweeps are filled: a disk need not hold both.
 */
export async function deletePlainly(served: Served, due: Due): Promise<PlainSeconds> {
  const [records, keyStore] = [await copiesOf(served.records, ['submission', ...RECORDS_TABLES]), await copiesOf(served.keys, KEYS_TABLES)];
  await fillCopies(served, due, PREFIX);
  await Promise.all([indexed(served.records, records, linkCopies), indexed(served.keys, keyStore)]);
  const [processor, began] = [await processorSeconds(served), performance.now()];
  const [recordsSeconds, keyStoreSeconds] = await Promise.all([deleteAll(served.records, ['section', 'intake']), deleteAll(served.keys, ['lookup', 'life_share'])]);
  const bothAtOnce = (performance.now() - began) / 1000;
  const plainProcessor = (await processorSeconds(served)) - processor;
  await Promise.all([drop(served.records, records), drop(served.keys, keyStore)]);
  return { plain: recordsSeconds + keyStoreSeconds, bothAtOnce, plainProcessor };
}

interface Copy {
  readonly name: string;
  /** Statements that make them. */
  readonly indexes: readonly string[];
}

async function copiesOf(url: string, tables: readonly string[]): Promise<readonly Copy[]> {
  const copies: Copy[] = [];
  await asOwner(url, async (client) => {
    for (const table of tables) {
      await client.query(`CREATE TABLE ${PREFIX}${table} (LIKE ${table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING STORAGE)`);
      const { rows } = await client.query<{ indexdef: string; name: string }>(
        `SELECT pg_get_indexdef(indexrelid) AS indexdef, indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = $1::regclass`,
        [table],
      );
      const indexes = rows.map(({ indexdef, name }) => indexdef.replace(` ${name} ON public.${table} `, ` ${PREFIX}${name} ON public.${PREFIX}${table} `));
      copies.push({ name: `${PREFIX}${table}`, indexes });
    }
  });
  return copies;
}

/** As the service's own tables are settled. */
async function indexed(url: string, copies: readonly Copy[], after?: (client: pg.Client) => Promise<unknown>): Promise<void> {
  await asOwner(url, async (client) => {
    for (const index of copies.flatMap(({ indexes }) => indexes)) await client.query(index);
    await after?.(client);
    await client.query(`VACUUM (ANALYZE) ${copies.map(({ name }) => name).join(', ')}`);
    await client.query('CHECKPOINT');
  });
}

/** To an intake point its sections and the form that started it. */
async function linkCopies(client: pg.Client): Promise<void> {
  for (const table of ['section', 'submission']) {
    await client.query(`ALTER TABLE ${PREFIX}${table} ADD FOREIGN KEY (intake_id) REFERENCES ${PREFIX}intake (id) ON DELETE CASCADE`);
  }
}

async function deleteAll(url: string, tables: readonly string[]): Promise<number> {
  let seconds = 0;
  await asOwner(url, async (client) => {
    const began = performance.now();
    for (const table of tables) await client.query(`DELETE FROM ${PREFIX}${table}`);
    seconds = (performance.now() - began) / 1000;
  });
  return seconds;
}

async function drop(url: string, copies: readonly Copy[]): Promise<void> {
  await asOwner(url, async (client) => {
    await client.query(`DROP TABLE ${copies.map(({ name }) => name).join(', ')}`);
  });
}
