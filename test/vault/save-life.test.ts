import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { randomBytes } from '../../src/crypto/random.js';
import { addDays, type Day } from '../../src/platform/clock.js';
import { readShares, type Lives } from '../../src/vault/life-shares.js';
import { lookupTerm } from '../../src/vault/lookup-tags.js';
import { forgetEarlierLookups, saveLife } from '../../src/vault/save-life.js';
import { findByTerm, LATER, TODAY, VaultWorld, type Planted } from './vault-world.js';

const lookupKey = randomBytes(32);

describe('what a save tells the key store before its commit', () => {
  let world: VaultWorld;
  let planted: Planted;
  let lives: Lives;
  beforeAll(async () => {
    world = await VaultWorld.make();
  });
  beforeEach(async () => {
    planted = await world.plant();
    lives = await livesNow();
  });
  afterAll(() => world.close());

  const livesNow = async (today = TODAY) =>
    (await world.keyStore.transaction((store) => readShares(store, planted.siteId, [planted.intakeId], RETENTION_CLASSES, today))).get(planted.intakeId)!;
  const save = (version: number, phone = 'one', days: Partial<Record<RetentionClass, Day>> = {}, stays?: string) => {
    const due = new Map(RETENTION_CLASSES.map((cls) => [cls, days[cls] ?? LATER] as const));
    const term = { slot: 2, class: 'contact', term: lookupTerm(lookupKey, 'phone', phone) } as const;
    const terms = [stays === undefined ? term : { ...term, stays: lookupTerm(lookupKey, 'phone', stays) }];
    return saveLife(world.keyStore, { intakeId: planted.intakeId, version, today: TODAY, due, terms }, lives);
  };
  const found = async (phone: string) =>
    world.keyStore.transaction((store) => findByTerm(store, planted.siteId, 'contact', lookupTerm(lookupKey, 'phone', phone), TODAY));
  const versions = async () =>
    (await world.databases.keysOwner<{ version: number }>('SELECT DISTINCT version FROM lookup WHERE intake_id = $1 ORDER BY 1', [planted.intakeId])).map(({ version }) => version);
  const dueDays = async () =>
    world.databases.keysOwner('SELECT class, due_day FROM life_share WHERE intake_id = $1 ORDER BY class', [planted.intakeId]);

  it('makes days longer and never shorter', async () => {
    const [longer, sooner] = [addDays(LATER, 4), addDays(LATER, -4)];
    expect(await save(2, 'one', { address: longer, notes: sooner })).toBe('saved');
    const now = await livesNow();
    expect([now.get('address'), now.get('notes')]).toMatchObject([{ dueDay: longer }, { dueDay: LATER }]);
  });

  it('adds the version’s rows, keeps those of the version before it, and drops older ones', async () => {
    await save(2, 'two');
    await save(3, 'three');
    expect(await versions()).toEqual([2, 3]);
    expect([await found('two'), await found('three')]).toEqual([[planted.intakeId], [planted.intakeId]]);
    await save(4, 'four');
    expect([await found('two'), await found('three'), await found('four')]).toEqual([[], [planted.intakeId], [planted.intakeId]]);
  });

  it('replaces its own rows where a save of that version was tried before', async () => {
    await save(2, 'tried');
    await save(2, 'saved');
    expect([await found('tried'), await found('saved')]).toEqual([[], [planted.intakeId]]);
  });

  it('leaves what stays where the row has it now, and else writes the row anew', async () => {
    await save(2, 'other', {}, 'kept');
    expect([await found('other'), await found('kept')]).toEqual([[planted.intakeId], []]);
    await save(3, 'kept');
    await save(4, 'other', {}, 'kept');
    await forgetEarlierLookups(world.keyStore, planted.intakeId, 4);
    expect([await found('other'), await found('kept')]).toEqual([[], [planted.intakeId]]);
    await save(5, 'third', {}, 'fourth');
    await forgetEarlierLookups(world.keyStore, planted.intakeId, 5);
    expect([await found('kept'), await found('third'), await found('fourth')]).toEqual([[], [planted.intakeId], []]);
  });

  it('goes by the version that is committed, not by what a save that failed has left', async () => {
    await save(2, 'kept');
    await save(3, 'tried');
    await save(3, 'other', {}, 'kept');
    await forgetEarlierLookups(world.keyStore, planted.intakeId, 3);
    expect([await found('kept'), await found('tried'), await found('other')]).toEqual([[planted.intakeId], [], []]);
  });

  it('drops what a later version left that a restore has undone, and goes by its rows until then', async () => {
    await save(7, 'kept');
    await world.databases.keysOwner('DELETE FROM lookup WHERE intake_id = $1 AND version < 7', [planted.intakeId]);
    await save(3, 'other', {}, 'kept');
    expect(await versions()).toEqual([3]);
    expect([await found('kept'), await found('other')]).toEqual([[planted.intakeId], []]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['destroyed', () => world.databases.keysOwner(`DELETE FROM bucket WHERE site_id = $1 AND class = 'contact'`, [planted.siteId])],
    ['moved', () => world.databases.keysOwner(`UPDATE life_share SET bucket_id = (SELECT id FROM bucket WHERE class = 'notes' AND site_id = $2) WHERE intake_id = $1 AND class = 'contact'`, [planted.intakeId, planted.siteId])],
    ['past its day', () => world.databases.keysOwner(`UPDATE life_share SET due_day = $2 WHERE intake_id = $1 AND class = 'contact'`, [planted.intakeId, TODAY])],
  ])('says so, and writes nothing, when a class has meanwhile been %s', async (_, meanwhile) => {
    await meanwhile();
    const before = await dueDays();
    expect(await save(2, 'one', { address: addDays(LATER, 4) })).toBe('stale');
    expect([await versions(), await dueDays()]).toEqual([[1], before]);
  });

  it('says so when a class has begun to live that was over', async () => {
    lives = new Map([...lives].map(([name, life]) => [name, name === 'credentials' ? { state: 'over' as const } : life]));
    expect(await save(2)).toBe('stale');
    expect(await versions()).toEqual([1]);
  });

  it('waits for a run, and sees what it has done', async () => {
    let answer: Promise<string> | undefined;
    await world.keyStore.exclusively(async ({ tx }) => {
      answer = save(2);
      for (;;) {
        const [row] = await tx.query<{ waits: boolean }>(
          `SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
             WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()) AS waits`,
        );
        if (row!.waits) break;
      }
      await tx.query('DELETE FROM bucket WHERE site_id = $1', [planted.siteId]);
    });
    expect(await answer).toBe('stale');
  });
});
