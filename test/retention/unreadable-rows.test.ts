import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RetentionClass } from '../../src/catalogue/retention-class.js';
import { addDays } from '../../src/platform/clock.js';
import { PurgeWorld, TODAY, type Planted } from './purge-world.js';

const YESTERDAY = addDays(TODAY, -1);

describe('a run that meets a row of the key store that does not open', () => {
  let world: PurgeWorld;
  beforeEach(async () => {
    world = await PurgeWorld.make();
  });
  afterEach(() => world.close());

  const keys = (sql: string, parameters: unknown[] = []) => world.databases.keysOwner(sql, parameters);

  /** One intake that is due in a bucket, and one that has moved on to a later day. */
  async function mixedBucket(cls: RetentionClass): Promise<{ goes: Planted; stays: Planted; id: string }> {
    const [goes, stays] = [await world.plant({ [cls]: YESTERDAY }), await world.plant({ [cls]: YESTERDAY })];
    await world.moveDue(stays, addDays(TODAY, 9), cls);
    const [row] = await keys('SELECT bucket_id FROM life_share WHERE intake_id = $1 AND class = $2', [stays.id, cls]);
    return { goes, stays, id: String(row!['bucket_id']) };
  }

  const opens = async ({ goes, stays }: { goes: Planted; stays: Planted }, cls: RetentionClass) => [await world.opens(goes, cls), await world.opens(stays, cls)];
  const masterNumbers = () => world.masterFile.read().map(({ number }) => number);
  const swap = (table: string, column: string, on: string) =>
    `UPDATE ${table} x SET ${column} = y.${column} FROM ${table} y WHERE ${on} AND x.intake_id = $1 AND y.intake_id = $2`;

  it('leaves a lookup row behind, says so, and finishes', async () => {
    const [one, other] = [await mixedBucket('contact'), await mixedBucket('identity')];
    await keys(swap('lookup', 'sealed', 'x.slot = y.slot AND x.slot = 0'), [one.stays.id, other.stays.id]);
    const run = await world.purge().execute('nightly');
    expect(run.state).toBe('finished');
    expect(await opens(one, 'contact')).toEqual([false, true]);
    expect([await world.find(one.stays, 'contact'), await world.find(one.stays, 'identity')]).toEqual([[], [one.stays.id]]);
    expect(await keys('SELECT slot FROM lookup WHERE intake_id = $1 ORDER BY slot', [one.stays.id])).toEqual([{ slot: 1 }, { slot: 2 }]);
    const [entry] = await world.databases.recordsOwner<{ subject: string; context: string }>(
      `SELECT p.subject, p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'lookup.lost'`,
    );
    expect(JSON.parse(entry!.subject)).toEqual({ site: world.siteId, bucket: one.id, classes: ['contact'] });
    expect(JSON.parse(entry!.context)).toEqual({ run: run.id, counts: { rows: 1 } });
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' });
  });

  it('keeps the bucket of a share, destroys what else is due, in old copies too, and fails with the row’s name', async () => {
    const [damaged, whole] = [await mixedBucket('contact'), await mixedBucket('identity')];
    const clean = await world.plant({ address: YESTERDAY });
    const held = await world.plant({ contact: YESTERDAY });
    await world.hold({ intakes: [held.id] });
    const [share] = await keys(`SELECT wrapped FROM life_share WHERE intake_id = $1 AND class = 'contact'`, [damaged.stays.id]);
    await keys(swap('life_share', 'wrapped', `x.class = 'contact' AND y.class = 'notes'`), [damaged.stays.id, whole.stays.id]);
    const [before] = masterNumbers();
    const run = await world.purge().execute('nightly');
    expect(run).toMatchObject({ state: 'failed', reason: 'key-store-failed', unreadable: `life share of intake ${damaged.stays.id}, contact` });
    expect(await world.logged(run.id)).toEqual(['purge.intended', 'purge.failed']);
    expect(await world.certificates.find(run.id)).toBeUndefined();
    expect(await opens(whole, 'identity')).toEqual([false, true]);
    expect(await world.opens(clean, 'address')).toBe(false);
    expect([await world.opens(held, 'contact'), await world.find(held, 'contact')]).toEqual([true, [held.id]]);
    expect(await world.opens(damaged.goes, 'contact')).toBe(true); // until somebody has cleared it up
    expect(masterNumbers()).toEqual([before! + 1]);
    expect(await keys('SELECT last_run_day FROM key_store')).toEqual([{ last_run_day: TODAY }]);

    await keys(`UPDATE life_share SET wrapped = $2 WHERE intake_id = $1 AND class = 'contact'`, [damaged.stays.id, share!['wrapped']]);
    const next = await world.purge().execute('nightly');
    expect(next.state).toBe('finished');
    expect(await opens(damaged, 'contact')).toEqual([false, true]);
    expect(await world.find(damaged.stays, 'contact')).toEqual([damaged.stays.id]);
    expect(await world.opens(held, 'contact')).toBe(true);
    const certificate = JSON.parse((await world.certificates.find(next.id))!.body) as { buckets: { id: string; class: string }[] };
    expect(certificate.buckets.map((bucket) => bucket.class).sort()).toEqual(['address', 'contact', 'identity']);
  });

  it.each<[string, (id: string) => Promise<string>]>([
    ['the bucket itself', async (id) => id],
    ['the one that takes over what stays', async () => (await bucketAt(addDays(TODAY, 9)))],
  ])('goes on to the other buckets when it is the key of %s, and leaves the master as it is', async (_, choose) => {
    const [damaged, whole] = [await mixedBucket('contact'), await mixedBucket('identity')];
    await world.plant({ contact: addDays(TODAY, 9) });
    const id = await choose(damaged.id);
    const [bucket] = await keys('SELECT sealed_key FROM bucket WHERE id = $1', [id]);
    await keys(`UPDATE bucket SET sealed_key = set_byte(sealed_key, 40, (get_byte(sealed_key, 40) + 1) % 256) WHERE id = $1`, [id]);
    const before = masterNumbers();
    const run = await world.purge().execute('nightly');
    expect(run).toMatchObject({ state: 'failed', unreadable: `bucket ${id}` });
    expect(await opens(whole, 'identity')).toEqual([false, true]);
    expect(masterNumbers()).toEqual(before);

    await keys('UPDATE bucket SET sealed_key = $2 WHERE id = $1', [id, bucket!['sealed_key']]);
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' });
    expect(await opens(damaged, 'contact')).toEqual([false, true]);
  });

  async function bucketAt(day: string): Promise<string> {
    const [row] = await keys(`SELECT id FROM bucket WHERE class = 'contact' AND day = $1`, [day]);
    return String(row!['id']);
  }
});
