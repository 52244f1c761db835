import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { destroyHalves, destroyHalvesOf, makeHalf, readHalves, type Half, type HalfKind } from '../../src/vault/halves.js';
import { VaultWorld } from './vault-world.js';

describe('halves', () => {
  let world: VaultWorld;
  beforeAll(async () => {
    world = await VaultWorld.make();
  });
  afterAll(() => world.close());

  const make = (memberId: string, kind: HalfKind): Promise<Half> => world.keyStore.transaction((store) => makeHalf(store, memberId, kind));
  const read = (memberId: string, ...wanted: { id: string; kind: HalfKind }[]) =>
    world.keyStore.transaction((store) => readHalves(store, memberId, wanted));

  it('are given back to their member, as their kind', async () => {
    const [member, other] = [randomUUID(), randomUUID()];
    const half = await make(member, 'session');
    expect(half.bytes).toHaveLength(32);
    expect(await read(member, { id: half.id, kind: 'session' })).toEqual(new Map([[half.id, half.bytes]]));
    expect(await read(other, { id: half.id, kind: 'session' })).toEqual(new Map());
    for (const kind of ['password', 'grant'] as const) expect(await read(member, { id: half.id, kind })).toEqual(new Map());
    expect(await read(member, { id: randomUUID(), kind: 'session' })).toEqual(new Map());
    expect(await read(member)).toEqual(new Map());
  });

  it('come together, those that live', async () => {
    const member = randomUUID();
    const [password, session, grant] = [await make(member, 'password'), await make(member, 'session'), await make(member, 'grant')];
    await world.keyStore.transaction((store) => destroyHalves(store, member, 'session', [session.id, password.id, randomUUID()]));
    const found = await read(member, { id: password.id, kind: 'password' }, { id: session.id, kind: 'session' }, { id: grant.id, kind: 'grant' });
    expect(found).toEqual(new Map([[password.id, password.bytes], [grant.id, grant.bytes]]));
  });

  it('of a member end all at once, and nobody else’s', async () => {
    const [leaving, staying] = [randomUUID(), randomUUID()];
    for (const kind of ['password', 'session', 'grant'] as const) await make(leaving, kind);
    const kept = await make(staying, 'grant');
    await world.keyStore.transaction((store) => destroyHalvesOf(store, leaving));
    expect(await world.databases.keysOwner('SELECT id FROM half WHERE member_id = $1', [leaving])).toEqual([]);
    expect((await read(staying, { id: kept.id, kind: 'grant' })).size).toBe(1);
  });

  it('are sealed where they lie', async () => {
    const half = await make(randomUUID(), 'grant');
    const [row] = await world.databases.keysOwner<{ sealed: Buffer }>('SELECT sealed FROM half WHERE id = $1', [half.id]);
    expect(row!.sealed.includes(Buffer.from(half.bytes))).toBe(false);
  });
});
