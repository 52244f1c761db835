import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { addDays } from '../../src/platform/clock.js';
import { makeHalf } from '../../src/vault/halves.js';
import { readLife } from '../../src/vault/read-life.js';
import { LATER, search, TODAY, VaultWorld, type Planted } from './vault-world.js';

interface Planned {
  readonly asked: string;
  readonly custom: number;
  readonly generic: number;
}

describe('what the key store is asked all the time', () => {
  let world: VaultWorld;
  beforeAll(async () => {
    world = await VaultWorld.make();
  });
  afterAll(() => world.close());

  it('is planned once for a connection, also where its tables were empty at first', async () => {
    const memberId = randomUUID();
    const half = await world.keyStore.transaction((store) => makeHalf(store, memberId, 'session'));
    const ask = async ({ siteId, intakeId, term }: Planted): Promise<void> => {
      const shares = { siteId, intakeIds: [intakeId], classes: RETENTION_CLASSES, today: TODAY };
      expect((await readLife(world.keyStore, { memberId, halves: [{ id: half.id, kind: 'session' }], shares })).lives.size).toBe(1);
      expect([...(await search(world.keyStore, { siteId, class: 'contact', today: TODAY, terms: [term] })).keys()]).toEqual([intakeId]);
    };

    const first = await world.plant();
    for (let i = 0; i < 20; i++) await ask(first);
    const more = [];
    for (let i = 0; i < 120; i++) more.push(await world.plant({ contact: addDays(LATER, i) }, i % 2 ? first.siteId : randomUUID()));
    await world.databases.keysOwner('ANALYZE life_share, lookup, bucket'); // as PostgreSQL does by itself: of tables of one row it never has statistics
    for (const planted of [...more, ...more]) await ask(planted);

    const plans = await world.databases.keys.query<Planned>(
      `SELECT CASE WHEN statement LIKE '%bucket_ring%' THEN 'ring' WHEN statement LIKE '%halves_key%' THEN 'life' WHEN statement LIKE '%FROM lookup%' THEN 'found' ELSE 'each bucket' END AS asked,
              custom_plans::integer AS custom, generic_plans::integer AS generic
       FROM pg_prepared_statements WHERE statement LIKE '%master_in_force%' AND custom_plans + generic_plans > 200 ORDER BY 1`,
    );
    expect(plans.map(({ asked }) => asked)).toEqual(['found', 'life', 'ring']);
    for (const { custom, generic } of plans) expect(custom).toBeLessThan(generic / 5);
  });
});
