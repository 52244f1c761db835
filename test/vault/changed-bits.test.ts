import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeHalf } from '../../src/vault/halves.js';
import { openRow, SEALED, TABLES, type Row } from './sealed-rows.js';
import { findByTerm, codeOf, TODAY, VaultWorld, type Planted } from './vault-world.js';

class Undo extends Error {}

describe('one changed bit in the key store', () => {
  let world: VaultWorld;
  let planted: Planted;
  const member = randomUUID();
  beforeAll(async () => {
    world = await VaultWorld.make();
    planted = await world.plant();
    await world.keyStore.transaction((store) => makeHalf(store, member, 'grant'));
  });
  afterAll(() => world.close());

  it.each(TABLES)('of what is sealed in %s is refused with a code', async (table) => {
    const [row] = await world.databases.keysOwner<Row>(`SELECT * FROM ${table} LIMIT 1`);
    const column = SEALED[table];
    await fc.assert(
      fc.asyncProperty(fc.nat((row![column] as Buffer).length * 8 - 1), async (bit) => {
        let outcome = '';
        const work = world.keyStore.transaction(async (store) => {
          expect(await openRow(store, table, row!)).toBe('opened');
          const name = table === 'life_share' || table === 'lookup' ? 'intake_id' : 'id';
          await store.tx.query(`UPDATE ${table} SET ${column} = set_bit(${column}, $1, 1 - get_bit(${column}, $1)) WHERE ${name} = $2`, [bit, row![name]]);
          outcome = await openRow(store, table, row!);
          throw new Undo();
        });
        await expect(work).rejects.toThrow(Undo);
        expect(outcome).toBe(bit < 8 ? 'FORMAT_UNKNOWN' : 'NOT_AUTHENTIC');
      }),
      { numRuns: 60 },
    );
  });

  it.each(TABLES)('of what is sealed in %s: nor does what is cut short, or empty, open', async (table) => {
    const [row] = await world.databases.keysOwner<Row>(`SELECT * FROM ${table} LIMIT 1`);
    const column = SEALED[table];
    for (const length of [0, 1, 25, 40, 41, (row![column] as Buffer).length - 1]) {
      let outcome = '';
      const work = world.keyStore.transaction(async (store) => {
        await store.tx.query(`UPDATE ${table} SET ${column} = substring(${column} FOR $1)`, [length]);
        outcome = await openRow(store, table, row!);
        throw new Undo();
      });
      await expect(work).rejects.toThrow(Undo);
      expect(outcome).toBe(length < 41 ? 'FORMAT_UNKNOWN' : 'NOT_AUTHENTIC');
    }
  });

  it('of the key of halves is refused, and every half with it', async () => {
    const half = await world.keyStore.transaction((store) => makeHalf(store, member, 'session'));
    for (const bit of [3, 90, 250, 580]) {
      const work = world.keyStore.transaction(async (store) => {
        await store.tx.query('UPDATE halves_key SET sealed = set_bit(sealed, $1, 1 - get_bit(sealed, $1))', [bit]);
        const code = await openRow(store, 'half', { id: half.id, member_id: member, kind: 'session' });
        expect(code).toBe(bit < 8 ? 'FORMAT_UNKNOWN' : 'NOT_AUTHENTIC');
        throw new Undo();
      });
      await expect(work).rejects.toThrow(Undo);
    }
  });

  it.each(['UPDATE halves_key SET master = 2', 'UPDATE bucket SET master = 2', "UPDATE bucket SET day = day + 1", 'UPDATE halves_key SET id = gen_random_uuid()'])(
    'or a changed place is refused: %s',
    async (change) => {
      const work = world.keyStore.transaction(async (store) => {
        await store.tx.query(change);
        if (change.includes('halves_key')) await makeHalf(store, member, 'grant');
        else await findByTerm(store, planted.siteId, 'contact', planted.term, TODAY);
      });
      expect(await codeOf(work)).toBe('NOT_AUTHENTIC');
    },
  );

  it('of a tag hides the row from a search, and never shows another', async () => {
    const work = world.keyStore.transaction(async (store) => {
      await store.tx.query('UPDATE lookup SET tag = set_bit(tag, 77, 1 - get_bit(tag, 77))');
      expect(await findByTerm(store, planted.siteId, 'contact', planted.term, TODAY)).toEqual([]);
      throw new Undo();
    });
    await expect(work).rejects.toThrow(Undo);
    expect(await world.keyStore.transaction((store) => findByTerm(store, planted.siteId, 'contact', planted.term, TODAY))).toEqual([planted.intakeId]);
  });
});
