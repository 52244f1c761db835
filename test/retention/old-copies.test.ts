import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openBucket, type BucketRow } from '../../src/vault/buckets.js';
import { openHalvesKey, type HalvesKeyRow } from '../../src/vault/halves.js';
import type { NumberedMaster } from '../../src/vault/master-file.js';
import { refusalCode } from '../support/refusal-code.js';
import { PurgeWorld, TODAY, tracesOf, type Planted } from './purge-world.js';

/** All that the key store has which a master opens. */
interface Copy {
  readonly buckets: readonly BucketRow[];
  readonly halvesKey: HalvesKeyRow;
}

describe('after a run, a copy of the key store from before it', () => {
  let world: PurgeWorld;
  let due: Planted;
  let alive: Planted;
  let old: { copy: Copy; masters: readonly NumberedMaster[] };
  let today: { copy: Copy; masters: readonly NumberedMaster[] };

  beforeAll(async () => {
    world = await PurgeWorld.make();
    due = await world.plant({ identity: TODAY });
    alive = await world.plant();
    old = { copy: await copyKeyStore(), masters: world.masterFile.read() };
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' });
    today = { copy: await copyKeyStore(), masters: world.masterFile.read() };
  });
  afterAll(() => world.close());

  it('opens nothing with the master of today', () => {
    expect(old.copy.buckets.length).toBeGreaterThan(today.copy.buckets.length);
    expect(opened(old.copy, today.masters)).toBe(0);
  });

  it('opened with the master of then', () => {
    expect(opened(old.copy, old.masters)).toBe(old.copy.buckets.length + 1);
  });

  it('is of no use for what is there today, nor is its master', () => {
    expect(opened(today.copy, old.masters)).toBe(0);
    expect(opened(today.copy, today.masters)).toBe(today.copy.buckets.length + 1);
  });

  it('put back in the place of today, is refused whole', async () => {
    const { keysOwner } = world.databases;
    await keysOwner('DELETE FROM bucket');
    for (const row of old.copy.buckets) {
      const place = [row.id, row.site_id, row.class, row.day, today.masters[0]!.number, row.sealed_key];
      await keysOwner('INSERT INTO bucket (id, site_id, class, day, master, sealed_key) VALUES ($1, $2, $3, $4, $5, $6)', place);
    }
    expect(await world.opens(due, 'identity')).toBe(false);
    expect(await world.opens(alive, 'identity')).toBe(false);
    expect((await tracesOf(world.databases, alive.id)).section).toBe(9);
  });

  /** Whatever number a thief writes beside it. */
  function opened({ buckets, halvesKey }: Copy, masters: readonly NumberedMaster[]): number {
    const numbers = [...new Set([...old.masters, ...today.masters].map(({ number }) => number))];
    const opens = (open: (master: NumberedMaster, number: number) => unknown) =>
      masters.some((master) => numbers.some((number) => refusalCode(() => open(master, number)) === undefined));
    return (
      buckets.filter((row) => opens((master, number) => openBucket(master, { ...row, master: number }))).length +
      Number(opens((master, number) => openHalvesKey(master, { ...halvesKey, master: number })))
    );
  }

  async function copyKeyStore(): Promise<Copy> {
    const buckets = await world.databases.keysOwner<BucketRow>('SELECT id, site_id, class, day, master, sealed_key FROM bucket');
    const [halvesKey] = await world.databases.keysOwner<HalvesKeyRow>('SELECT id, master, sealed FROM halves_key');
    return { buckets, halvesKey: halvesKey! };
  }
});
