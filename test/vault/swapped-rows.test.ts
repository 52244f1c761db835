import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';
import { addDays } from '../../src/platform/clock.js';
import { bucketsFor } from '../../src/vault/buckets.js';
import { makeHalf } from '../../src/vault/halves.js';
import type { OpenKeyStore } from '../../src/vault/key-store.js';
import { addLookups } from '../../src/vault/lookup-rows.js';
import { insertRow, openRow, TABLES, type Row, type Table } from './sealed-rows.js';
import { LATER, lifeIn, VaultWorld } from './vault-world.js';

/** What of a row is sealed or bound into what is sealed; anything else may change by itself. */
const BOUND: Record<Table, readonly string[]> = {
  bucket: ['id', 'site_id', 'class', 'day', 'sealed_key'],
  life_share: ['intake_id', 'class', 'site_id', 'bucket_id', 'wrapped'],
  lookup: ['intake_id', 'version', 'slot', 'bucket_id', 'sealed'],
  half: ['id', 'member_id', 'kind', 'sealed'],
};

class Undo extends Error {}

/**
 * A tamperer with the whole key store exchanges a column between two of its rows. Every exchange that changes something has
 * to be refused, of both rows.
 */
describe.each(TABLES)('rows of %s', (table) => {
  let world: VaultWorld;
  let rows: readonly Row[];

  beforeAll(async () => {
    world = await VaultWorld.make();
    const siteId = randomUUID();
    await plantFew(world, siteId);
    rows = await sampleOf(world, table);
  });
  afterAll(() => world.close());

  it('open where they are', async () => {
    expect(rows.length).toBeGreaterThanOrEqual(6);
    await world.keyStore.transaction(async (store) => {
      for (const row of rows) expect(await openRow(store, table, row)).toBe('opened');
    });
  });

  it.each(BOUND[table])('refuse to open with %s exchanged', async (column) => {
    const outcomes = new Set<string>();
    for (const [a, b] of pairsOf(rows)) {
      if (equal(a[column], b[column])) continue;
      for (const outcome of await exchanged(a, b, [column])) outcomes.add(outcome);
    }
    expect(outcomes.size).toBeGreaterThan(0);
    expect([...outcomes].filter((outcome) => outcome !== 'NOT_AUTHENTIC' && outcome !== '23505')).toEqual([]);
    expect(outcomes).toContain('NOT_AUTHENTIC');
  });

  it('refuse to open with any of these columns exchanged together, but all of them', async () => {
    const columns = BOUND[table];
    const [a, b] = [...pairsOf(rows)].find(([one, other]) => columns.filter((column) => !equal(one[column], other[column])).length >= 3)!;
    const differing = columns.filter((column) => !equal(a[column], b[column]));
    for (let set = 1; set < 2 ** differing.length - 1; set++) {
      const some = differing.filter((_, i) => set & (1 << i));
      for (const outcome of await exchanged(a, b, some)) expect([some, outcome]).toEqual([some, expect.stringMatching(/NOT_AUTHENTIC|23505/)]);
    }
    expect(await exchanged(a, b, differing)).toEqual(['opened', 'opened']); // the same two rows
  });

  /** What became of opening both rows; undone afterwards. 23505: the table itself does not take such rows. */
  async function exchanged(a: Row, b: Row, columns: readonly string[]): Promise<string[]> {
    const changed = [{ ...a, ...pick(b, columns) }, { ...b, ...pick(a, columns) }];
    let outcomes: string[] = [];
    try {
      await world.keyStore.transaction(async (store) => {
        await remove(store, table, [a, b]);
        for (const row of changed) await insertRow(store, table, row);
        outcomes = [];
        for (const row of changed) outcomes.push(await openRow(store, table, row));
        throw new Undo();
      });
    } catch (error) {
      if (error instanceof Undo) return outcomes;
      return [(error as { code: string }).code];
    }
    return outcomes;
  }
});

/** Two sites, three days, three members: neighbours in every column. */
async function plantFew(world: VaultWorld, siteId: string): Promise<void> {
  const saved = await world.plant({}, siteId);
  await world.plant({ identity: addDays(LATER, 1), contact: addDays(LATER, 1) }, siteId);
  await world.plant();
  await world.keyStore.transaction(async (store) => {
    const lives = new Map([['contact', await lifeIn(store, saved, 'contact')]] as const);
    await addLookups(store, { intakeId: saved.intakeId, version: 2 }, [0, 3].map((slot) => ({ slot, class: 'contact' as const, term: randomBytes(32) })), lives);
    await bucketsFor(store, siteId, [{ class: 'contact', day: addDays(LATER, 2) }]);
    for (const member of [randomUUID(), randomUUID(), randomUUID()]) {
      for (const kind of ['password', 'session', 'session', 'grant'] as const) await makeHalf(store, member, kind);
    }
  });
}

async function sampleOf(world: VaultWorld, table: Table): Promise<readonly Row[]> {
  const rows = await world.databases.keysOwner<Row>(`SELECT * FROM ${table}`);
  const few: readonly RetentionClass[] = ['contact', 'identity', 'credentials'];
  return rows.filter((row) => !row['class'] || few.includes(row['class'] as RetentionClass));
}

function* pairsOf(rows: readonly Row[]): Generator<readonly [Row, Row]> {
  for (const [i, a] of rows.entries()) for (const b of rows.slice(i + 1)) yield [a, b];
}

function pick(row: Row, columns: readonly string[]): Row {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}

function equal(a: unknown, b: unknown): boolean {
  return a instanceof Uint8Array ? Buffer.from(a).equals(b as Buffer) : a === b;
}

async function remove({ tx }: OpenKeyStore, table: Table, rows: readonly Row[]): Promise<void> {
  for (const row of rows) {
    const key = { bucket: ['id'], half: ['id'], life_share: ['intake_id', 'class'], lookup: ['intake_id', 'version', 'slot'] }[table];
    await tx.query(`DELETE FROM ${table} WHERE ${key.map((name, i) => `${name} = $${i + 1}`).join(' AND ')}`, key.map((name) => row[name]));
  }
}
