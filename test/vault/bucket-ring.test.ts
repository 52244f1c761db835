import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';
import { addDays } from '../../src/platform/clock.js';
import type { Ring, RingAsked } from '../../src/vault/bucket-ring.js';
import { findByTerms } from '../../src/vault/find-by-terms.js';
import { KeyStore } from '../../src/vault/key-store.js';
import type { NumberedMaster } from '../../src/vault/master-file.js';
import { readLife } from '../../src/vault/read-life.js';
import { rotateMaster } from '../../src/vault/rotate-master.js';
import { codeOf, LATER, search, TODAY, VaultWorld, type Planted } from './vault-world.js';

/** The key store itself, with something that happens once, after a question without the lock has been answered. */
class Overtaken extends KeyStore {
  constructor(
    { database, masterFile }: KeyStore,
    private meanwhile: (() => Promise<unknown>) | undefined,
  ) {
    super(database, masterFile);
  }

  override async read<Row extends { readonly master_in_force: number }, T>(
    sql: string,
    parameters: readonly unknown[],
    open: (rows: readonly Row[], master: NumberedMaster) => T,
  ): Promise<T> {
    const answer = await super.read(sql, parameters, open);
    const happens = this.meanwhile;
    this.meanwhile = undefined;
    await happens?.();
    return answer;
  }
}

describe('the ring of a site’s and class’s buckets', () => {
  let world: VaultWorld;
  let planted: Planted;
  let second: Planted;
  beforeAll(async () => {
    world = await VaultWorld.make();
  });
  beforeEach(async () => {
    planted = await world.plant();
    second = await world.plant({ contact: addDays(LATER, 1) }, planted.siteId);
  });
  afterEach(() => world.databases.keysOwner('DELETE FROM bucket'));
  afterAll(() => world.close());

  const of = (cls: RetentionClass = 'contact'): RingAsked => ({ siteId: planted.siteId, class: cls });
  const find = async ({ term }: Planted, cls: RetentionClass = 'contact') =>
    [...(await search(world.keyStore, { ...of(cls), today: TODAY, terms: [term] })).keys()];
  const read = async (asked = of()): Promise<Ring> => (await readLife(world.keyStore, { memberId: randomUUID(), halves: [], ring: asked })).ring!;
  const rings = () => world.databases.keysOwner('SELECT site_id, class, buckets::text, master, sealed FROM bucket_ring ORDER BY site_id, class');
  const destroy = ({ intakeId }: Planted) =>
    world.keyStore.exclusively(({ tx }) => tx.query(`DELETE FROM bucket WHERE id = (SELECT bucket_id FROM life_share WHERE intake_id = $1 AND class = 'contact')`, [intakeId]));

  /** Until some session of this database is seen like this. */
  async function until(condition: string): Promise<void> {
    while ((await world.databases.keysOwner(`SELECT FROM pg_stat_activity WHERE datname = current_database() AND ${condition}`)).length === 0) await pause(10);
  }

  it('is made by the first search, and opened instead of the buckets by the next', async () => {
    expect((await read()).keys).toBeUndefined();
    expect(await find(planted)).toEqual([planted.intakeId]);
    const made = await rings();
    const keys = await world.bucketKeys();
    const buckets = await world.databases.keysOwner<{ id: string }>(`SELECT id FROM bucket WHERE site_id = $1 AND class = 'contact' ORDER BY id`, [planted.siteId]);
    expect(Buffer.from((await read()).keys!).toString('hex').match(/.{64}/g)!.sort()).toEqual(buckets.map(({ id }) => keys.get(id)!).sort());
    // A bucket that nothing found is in is not looked at any more.
    await world.databases.keysOwner(
      `UPDATE bucket SET sealed_key = set_byte(sealed_key, 30, (get_byte(sealed_key, 30) + 1) % 256) WHERE id = (SELECT bucket_id FROM life_share WHERE intake_id = $1 AND class = 'contact')`,
      [second.intakeId],
    );
    expect(await find(planted)).toEqual([planted.intakeId]);
    expect(await codeOf(find(second))).toBe('NOT_AUTHENTIC');
    expect(await rings()).toEqual(made);
  });

  it('is no ring of other buckets: one that came is found, and the ring made anew', async () => {
    await find(planted);
    const late = await world.plant({ contact: addDays(LATER, 2) }, planted.siteId);
    expect((await read()).keys).toBeUndefined();
    expect(await find(late)).toEqual([late.intakeId]);
    expect((await read()).keys).toHaveLength(3 * 32);
  });

  it('goes in the transaction that destroys a bucket, and the rings of other classes and sites stay', async () => {
    const elsewhere = await world.plant();
    await find(planted);
    await find(planted, 'identity');
    await search(world.keyStore, { siteId: elsewhere.siteId, class: 'contact', today: TODAY, terms: [elsewhere.term] });
    const before = await rings();
    const isContact = (row: Record<string, unknown>): boolean => row['site_id'] === planted.siteId && row['class'] === 'contact';
    expect([before.length, before.filter(isContact).length]).toEqual([3, 1]);
    await destroy(planted);
    expect(await rings()).toEqual(before.filter((row) => !isContact(row)));
    expect([await find(planted), await find(second)]).toEqual([[], [second.intakeId]]);
  });

  it('goes with the master that sealed it', async () => {
    await find(planted);
    await rotateMaster(world.keyStore);
    expect(await rings()).toEqual([]);
    expect(await find(planted)).toEqual([planted.intakeId]);
    expect(await rings()).toMatchObject([{ master: (await world.master()).number }]);
  });

  it.each([
    ['a bucket is destroyed', () => destroy(second)],
    ['another comes', () => world.plant({ contact: addDays(LATER, 3) }, planted.siteId)],
    ['the next master is made', () => rotateMaster(world.keyStore)],
  ])('is not kept when %s before it could be', async (_what, happens) => {
    const asked = { ...of(), today: TODAY, terms: [planted.term] };
    const ring = await read();
    expect([...(await findByTerms(new Overtaken(world.keyStore, happens), ring, asked)).keys()]).toEqual([planted.intakeId]);
    expect(await rings()).toEqual([]);
  });

  it('is not kept by a search that waits for a run which destroys one of its buckets', async () => {
    await find(planted);
    const late = await world.plant({ contact: addDays(LATER, 2) }, planted.siteId); // or there would be nothing to keep
    let search: Promise<unknown> | undefined;
    await world.keyStore.exclusively(async ({ tx }) => {
      await tx.query(`DELETE FROM bucket WHERE id = (SELECT bucket_id FROM life_share WHERE intake_id = $1 AND class = 'contact')`, [second.intakeId]);
      search = find(late);
      await until(`wait_event_type = 'Lock'`);
    });
    expect(await search).toEqual([late.intakeId]);
    expect(await rings()).toEqual([]);
    expect([await find(late), await find(second)]).toEqual([[late.intakeId], []]);
  });

  it('is not kept by a search that waits for the next master', async () => {
    await find(planted);
    const late = await world.plant({ contact: addDays(LATER, 2) }, planted.siteId);
    await world.databases.keysOwner(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(1); RETURN NEW; END'`);
    await world.databases.keysOwner('CREATE TRIGGER slow BEFORE UPDATE ON key_store FOR EACH ROW EXECUTE FUNCTION slow()');
    try {
      const rotation = rotateMaster(world.keyStore);
      await until(`wait_event = 'PgSleep'`);
      const [found] = await Promise.all([find(late), rotation]);
      expect(found).toEqual([late.intakeId]);
      expect(await rings()).toEqual([]);
    } finally {
      await world.databases.keysOwner('DROP FUNCTION slow CASCADE');
    }
  });

  it('spares a search nothing and fails none where it cannot be kept', async () => {
    await world.databases.keysOwner('REVOKE INSERT ON bucket_ring FROM thinfile_service');
    try {
      expect([await find(planted), await find(planted)]).toEqual([[planted.intakeId], [planted.intakeId]]);
      expect(await rings()).toEqual([]);
    } finally {
      await world.databases.keysOwner('GRANT INSERT ON bucket_ring TO thinfile_service');
    }
  });

  it.each([
    ['of another class', `UPDATE bucket_ring r SET sealed = o.sealed FROM bucket_ring o WHERE o.class = 'identity' AND r.class = 'contact'`],
    ['changed', `UPDATE bucket_ring SET sealed = set_byte(sealed, 60, (get_byte(sealed, 60) + 1) % 256)`],
    ['of a bucket less', `UPDATE bucket_ring SET sealed = substr(sealed, 1, length(sealed) - 32)`],
    ['cut short', `UPDATE bucket_ring SET sealed = '\\x01'`],
  ])('that is %s is none, and is made anew', async (_what, sql) => {
    await find(planted);
    await find(planted, 'identity');
    await world.databases.keysOwner(sql);
    expect((await read()).keys).toBeUndefined();
    expect(await find(planted)).toEqual([planted.intakeId]);
    expect((await read()).keys).toHaveLength(2 * 32);
  });

  it('of earlier buckets, put back, is none', async () => {
    await find(planted);
    const [earlier] = await rings();
    await world.plant({ contact: addDays(LATER, 4) }, planted.siteId);
    await find(planted);
    await world.databases.keysOwner('UPDATE bucket_ring SET sealed = $1', [earlier!['sealed']]);
    expect((await read()).keys).toBeUndefined();
  });

  it('is in no write-ahead log and no backup', async () => {
    expect(await world.databases.keysOwner(`SELECT relpersistence FROM pg_class WHERE oid IN ('bucket_ring'::regclass, (SELECT reltoastrelid FROM pg_class WHERE oid = 'bucket_ring'::regclass))`)).toEqual([
      { relpersistence: 'u' },
      { relpersistence: 'u' },
    ]);
  });

  it('of no buckets is none, and nothing is found', async () => {
    await world.databases.keysOwner('DELETE FROM bucket');
    expect(await find(planted)).toEqual([]);
    expect(await read()).toEqual({ buckets: null });
    expect(await rings()).toEqual([]);
  });
});
