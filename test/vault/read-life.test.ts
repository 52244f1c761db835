import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { makeHalf } from '../../src/vault/halves.js';
import type { KeyStore } from '../../src/vault/key-store.js';
import { readLife, type LifeRead } from '../../src/vault/read-life.js';
import { rotateMaster } from '../../src/vault/rotate-master.js';
import { TODAY, VaultWorld, type Planted } from './vault-world.js';

const UNDER_LOCK = `EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())`;

describe('reading without the lock of the key store', () => {
  let world: VaultWorld;
  let planted: Planted;
  const memberId = randomUUID();
  let half: { readonly id: string; readonly bytes: Uint8Array };

  beforeAll(async () => {
    world = await VaultWorld.make();
    planted = await world.plant();
    half = await world.keyStore.transaction((store) => makeHalf(store, memberId, 'session'));
  });
  afterAll(() => world.close());

  const read = (keyStore: KeyStore = world.keyStore): Promise<LifeRead> =>
    readLife(keyStore, {
      memberId,
      halves: [{ id: half.id, kind: 'session' }],
      shares: { siteId: planted.siteId, intakeIds: [planted.intakeId], classes: RETENTION_CLASSES, today: TODAY },
    });

  const mustBeWhole = ({ halves, lives }: LifeRead): void => {
    expect(halves).toEqual(new Map([[half.id, half.bytes]]));
    const shares = [...lives.get(planted.intakeId)!].map(([cls, life]) => [cls, life.state === 'alive' ? life.share : life.state]);
    expect(new Map(shares as never)).toEqual(planted.shares);
  };

  it('answers with halves and shares of one moment while the master is rotated again and again', async () => {
    let rotating = true;
    const rotations = (async () => {
      for (let i = 0; i < 8; i++) await rotateMaster(world.keyStore);
    })().finally(() => (rotating = false));
    const reader = async (): Promise<number> => {
      let done = 0;
      for (; rotating; done++) mustBeWhole(await read());
      return done;
    };
    const done = await Promise.all([reader(), reader(), reader(), reader()]);
    await rotations;
    expect(Math.min(...done)).toBeGreaterThan(0);
    mustBeWhole(await read());
  });

  it('asks again under the lock when the master of its answer has been overwritten since', async () => {
    const asked: boolean[] = [];
    const sql = `SELECT CASE WHEN ${UNDER_LOCK} THEN master ELSE master - 1 END AS master_in_force, ${UNDER_LOCK} AS locked FROM key_store`;
    const master = await world.keyStore.read(sql, [], (rows: readonly { master_in_force: number; locked: boolean }[], { number }) => {
      asked.push(...rows.map(({ locked }) => locked));
      return number;
    });
    expect({ asked, master }).toEqual({ asked: [true], master: (await world.master()).number });
  });

  it('fails when the file has no such master under the lock either', async () => {
    await expect(world.keyStore.read('SELECT 0 AS master_in_force', [], () => 'opened')).rejects.toThrow('does not hold the master');
  });

  it('keeps no master once it has answered, nor when opening fails', async () => {
    const kept: Uint8Array[] = [];
    const sql = 'SELECT master AS master_in_force FROM key_store';
    await world.keyStore.read(sql, [], (_, { key }) => void kept.push(key));
    const failing = world.keyStore.read(sql, [], (_, { key }) => {
      kept.push(key);
      throw new Error('does not open');
    });
    await expect(failing).rejects.toThrow('does not open');
    expect(kept).toEqual([new Uint8Array(32), new Uint8Array(32)]);
  });

  it('tells a changed half from a changed share', async () => {
    const flip = (table: string, column: string, condition: string) =>
      world.databases.keysOwner(`UPDATE ${table} SET ${column} = set_byte(${column}, 40, get_byte(${column}, 40) # 1) WHERE ${condition}`);
    await flip('half', 'sealed', `id = '${half.id}'`);
    expect((await read()).halves).toBe('changed');
    await flip('half', 'sealed', `id = '${half.id}'`);
    await flip('life_share', 'wrapped', `intake_id = '${planted.intakeId}' AND class = 'notes'`);
    await expect(read()).rejects.toMatchObject({ code: 'NOT_AUTHENTIC' });
    await flip('life_share', 'wrapped', `intake_id = '${planted.intakeId}' AND class = 'notes'`);
    mustBeWhole(await read());
  });
});
