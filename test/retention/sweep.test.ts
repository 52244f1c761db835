import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/platform/clock.js';
import type { KeysTx } from '../../src/platform/keys-tx.js';
import { withRunLock } from '../../src/retention/run-lock.js';
import { sweepDead } from '../../src/retention/sweep-dead.js';
import { SweepPace } from '../../src/retention/sweep-pace.js';
import { KeyStore, type OpenKeyStore } from '../../src/vault/key-store.js';
import { spawnProgram } from '../support/spawned.js';
import { allDue, PurgeWorld, TODAY, tracesOf, type Planted } from './purge-world.js';

const YESTERDAY = addDays(TODAY, -1);
const GONE = { intake: 0, section: 0, tombstone: 1, share: 0, lookup: 0 };

/** The key store itself, until a transaction with it fails. */
class Failing extends KeyStore {
  override transaction<T>(_: (store: OpenKeyStore) => Promise<T>): Promise<T> {
    return Promise.reject(new Error('cut'));
  }
}

describe('the sweep', () => {
  let world: PurgeWorld;
  beforeEach(async () => {
    world = await PurgeWorld.make();
  });
  afterEach(() => world.close());

  const destroy = () =>
    world.purge((step) => {
      if (step === 'sweep') throw new Error('before anything is swept');
    }).execute('nightly');
  const sweep = async (keyStore: KeyStore = world.keyStore) => {
    const said: (readonly [number, number])[] = [];
    const done = await sweepDead(world.databases.records, keyStore, async (...progress) => void said.push(progress));
    return { done, said };
  };

  it('that dies between the two databases finds its way again by the shares that are left', async () => {
    const [one, other] = [await world.plant(allDue(YESTERDAY)), await world.plant(allDue(TODAY))];
    const partly = await world.plant({ notes: TODAY });
    const alive = await world.plant();
    await destroy();
    await expect(sweep(new Failing(world.keyStore.database, world.masterFile))).rejects.toThrow('cut');
    expect(await tracesOf(world.databases, one.id)).toEqual({ ...GONE, share: 9, lookup: 3 });
    expect(await tracesOf(world.databases, partly.id)).toMatchObject({ intake: 1, section: 8, share: 9 });

    expect(await sweep()).toMatchObject({ done: 3 });
    for (const is of [one, other]) expect(await tracesOf(world.databases, is.id)).toEqual(GONE);
    expect(await tracesOf(world.databases, partly.id)).toEqual({ intake: 1, section: 8, tombstone: 0, share: 8, lookup: 3 });
    expect(await tracesOf(world.databases, alive.id)).toEqual({ intake: 1, section: 9, tombstone: 0, share: 9, lookup: 3 });
    expect(await sweep()).toMatchObject({ done: 0, said: [[0, 0], [0, 0]] });
  });

  it('leaves to the next certificate what none names yet, as where a run that was taken over goes on sweeping', async () => {
    const one = await world.plant(allDue(TODAY));
    await world.purge((step) => {
      if (step === 'certificate') throw new Error('destroyed, and not certified');
    }).execute('nightly');
    await sweep();
    expect(await tracesOf(world.databases, one.id)).toMatchObject({ section: 0, share: 9 });
    const { id } = await world.purge().execute('nightly');
    const { buckets } = JSON.parse((await world.certificates.find(id))!.body) as { buckets: { shares: number }[] };
    expect(buckets.map(({ shares }) => shares)).toEqual(Array(9).fill(1));
    expect(await tracesOf(world.databases, one.id)).toEqual(GONE);
  });

  it('keeps the later day, of this destruction or an earlier one', async () => {
    const [earlier, later] = [await world.plant(allDue(YESTERDAY)), await world.plant(allDue(TODAY))];
    await noteDestroyed(earlier, 'notes', TODAY);
    await noteDestroyed(later, 'notes', addDays(TODAY, -30));
    await destroy();
    await sweep();
    const rows = await world.databases.recordsOwner('SELECT intake_id, day FROM tombstone');
    expect(new Map(rows.map((row) => [row['intake_id'], row['day']]))).toEqual(new Map([[earlier.id, TODAY], [later.id, TODAY]]));
  });

  it('says how far it is, and ends with all of it', async () => {
    for (let i = 0; i < 3; i++) await world.plant(allDue(TODAY));
    await destroy();
    const { done, said } = await sweep();
    expect([done, said[0], said.at(-1)]).toEqual([3, [0, 0], [3, 3]]);
    expect(said.every(([swept, total]) => swept <= total)).toBe(true);
  });

  it('waits for whoever is writing to an intake, and sees what they began anew', async () => {
    const one = await world.plant({ ...allDue(TODAY), credentials: TODAY });
    await destroy();
    let swept: Promise<unknown> = Promise.resolve();
    await world.databases.records.acrossSites(async (tx) => {
      await tx.query('SELECT FROM intake WHERE id = $1 FOR UPDATE', [one.id]);
      swept = sweep();
      await untilSomebodyWaits();
      await world.keyStore.transaction((store) => revive(store.tx, one));
    });
    await swept;
    expect(await tracesOf(world.databases, one.id)).toMatchObject({ intake: 1, section: 1, tombstone: 0, share: 1 });
  });

  it('makes way for others who are at work, and for nobody else', async () => {
    const { records } = world.databases;
    const pace = new SweepPace(records);
    const shared = async (): Promise<boolean> => {
      for (let look = 0; look < 4; look++) await pace.rest(1);
      return pace.isShared;
    };
    expect(await shared()).toBe(false);
    await records.acrossSites(async (tx) => {
      await tx.query('SELECT 1');
      expect(await shared()).toBe(false);
    });
    await records.withoutSite(async (tx) => {
      await tx.query('SELECT 1');
      expect(await shared()).toBe(true);
      const began = performance.now();
      await pace.rest(100);
      expect(performance.now() - began).toBeGreaterThan(250);
    });
  });

  it('and the rest of a run is refused to another process while one is at it', async () => {
    const { settings, urls, keys } = world.databases;
    const due = await world.plant({ notes: TODAY });
    writeFileSync(join(settings.secretsDirectories[0], 'pepper.key'), Buffer.alloc(32));
    const environment = {
      ...{ THINFILE_DATA: settings.dataDirectory, RECORDS_DATABASE_URL: urls.records.service, KEYS_DATABASE_URL: urls.keys.service },
      ...{ RECORDS_OWNER_URL: urls.records.owner, KEYS_OWNER_URL: urls.keys.owner },
    };
    await withRunLock(keys, async () => {
      const command = spawnProgram('cli', ['purge'], settings.dataDirectory, environment);
      expect([await command.end(), command.printed()]).toEqual([1, expect.stringContaining('A purge run is under way')]);
    });
    expect(await world.runs.recent(5)).toEqual([]);
    expect(await world.opens(due, 'notes')).toBe(true);
  });

  async function noteDestroyed({ id }: Planted, cls: string, on: string): Promise<void> {
    await world.databases.recordsOwner('UPDATE intake SET destroyed = jsonb_build_object($2::text, $3::text) WHERE id = $1', [id, cls, on]);
  }

  /** As numbers after a rejection are begun anew: the share lies in a bucket that is there. */
  async function revive(tx: KeysTx, { id }: Planted): Promise<void> {
    await tx.query(
      `INSERT INTO bucket (id, site_id, class, day, master, sealed_key) SELECT gen_random_uuid(), $1, 'credentials', $2, master, '' FROM key_store`,
      [world.siteId, addDays(TODAY, 3)],
    );
    await tx.query(
      `UPDATE life_share SET bucket_id = (SELECT id FROM bucket WHERE class = 'credentials' AND day = $2), due_day = $2
       WHERE intake_id = $1 AND class = 'credentials'`,
      [id, addDays(TODAY, 3)],
    );
  }

  async function untilSomebodyWaits(): Promise<void> {
    for (let waiting = 0; waiting === 0; ) {
      const rows = await world.databases.recordsOwner(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM intake%FOR UPDATE%'`,
      );
      waiting = rows.length;
    }
  }
});
