import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import { addDays } from '../../src/platform/clock.js';
import { openCertificate } from '../../src/retention/certificate.js';
import { allDue, PurgeWorld, TODAY, tracesOf, type Planted } from './purge-world.js';

const LATER = addDays(TODAY, 7);

describe('a purge run', () => {
  let world: PurgeWorld;
  beforeAll(async () => {
    world = await PurgeWorld.make();
  });
  afterAll(() => world.close());

  it('destroys an intake whose classes are all due, but for its tombstone', async () => {
    const due = await world.plant(allDue(addDays(TODAY, -1)));
    const alive = await world.plant();
    expect(await world.opens(due, 'identity')).toBe(true);
    expect(await world.purge().execute('command')).toMatchObject({ state: 'finished' });
    expect(await tracesOf(world.databases, due.id)).toEqual({ intake: 0, section: 0, tombstone: 1, share: 0, lookup: 0 });
    expect(await tracesOf(world.databases, alive.id)).toEqual({ intake: 1, section: 9, tombstone: 0, share: 9, lookup: 3 });
    const [tombstone] = await world.databases.recordsOwner('SELECT day FROM tombstone WHERE intake_id = $1', [due.id]);
    expect(tombstone).toMatchObject({ day: addDays(TODAY, -1) });
    expect(await world.opens(alive, 'identity')).toBe(true);
  });

  it('destroys on the day itself and not on the day before', async () => {
    const today = await world.plant({ notes: TODAY });
    const tomorrow = await world.plant({ notes: addDays(TODAY, 1) });
    await world.purge().execute('command');
    expect(await world.opens(today, 'notes')).toBe(false);
    expect(await world.opens(tomorrow, 'notes')).toBe(true);
    const [row] = await world.databases.recordsOwner('SELECT destroyed FROM intake WHERE id = $1', [today.id]);
    expect(row).toEqual({ destroyed: { notes: TODAY } });
    expect(await world.opens(today, 'identity')).toBe(true);
  });

  it('carries over what stays in a bucket that must go, with its lookup rows, and under a new key', async () => {
    const goes = await world.plant({ contact: addDays(TODAY, -1) });
    const stays = await world.plant({ contact: addDays(TODAY, -1) });
    await world.moveDue(stays, LATER, 'contact');
    const before = await bucketOf(stays);
    const { id } = await world.purge().execute('command');
    expect(await bucketOf(stays)).not.toBe(before);
    expect(await world.opens(goes, 'contact')).toBe(false);
    expect(await world.opens(stays, 'contact')).toBe(true);
    expect(await world.find(stays, 'contact')).toEqual([stays.id]);
    expect(await world.find(goes, 'contact')).toEqual([]);
    expect((await certificateOf(id)).moved).toBeGreaterThanOrEqual(1);
  });

  it('empties a bucket past its day from which everything has moved on', async () => {
    const moved = await world.plant({ address: addDays(TODAY, -2) });
    await world.moveDue(moved, LATER, 'address');
    const before = await bucketOf(moved, 'address');
    await world.purge().execute('command');
    expect(await world.databases.keysOwner('SELECT id FROM bucket WHERE id = $1', [before])).toEqual([]);
    expect(await world.opens(moved, 'address')).toBe(true);
  });

  it('never destroys what is held, and destroys it once the hold is gone', async () => {
    const [held, other] = [await world.plant({ notes: addDays(TODAY, -1) }), await world.plant({ notes: addDays(TODAY, -1) })];
    const hold = await world.hold({ intakes: [held.id], classes: ['notes'] });
    const before = await bucketOf(held, 'notes');
    await world.purge().execute('command');
    expect(await world.opens(held, 'notes')).toBe(true);
    expect(await world.opens(other, 'notes')).toBe(false);
    // Same day, so the same place: but not the same key, or the other's share would open with it.
    const after = await bucketOf(held, 'notes');
    expect(after).not.toBe(before);
    await world.purge().execute('command');
    expect(await bucketOf(held, 'notes')).toBe(after);
    await world.release(hold);
    await world.purge().execute('command');
    expect(await world.opens(held, 'notes')).toBe(false);
  });

  it('destroys nothing at a site that is held whole', async () => {
    const due = await world.plant(allDue(TODAY));
    const hold = await world.hold();
    const { id } = await world.purge().execute('command');
    expect((await certificateOf(id)).buckets).toEqual([]);
    expect(await tracesOf(world.databases, due.id)).toMatchObject({ section: 9, share: 9, lookup: 3 });
    expect(await world.opens(due, 'credentials')).toBe(true);
    await world.release(hold);
    await world.purge().execute('command');
    expect(await tracesOf(world.databases, due.id)).toMatchObject({ section: 0, share: 0, lookup: 0, tombstone: 1 });
  });

  it('clears away shares that never got their intake', async () => {
    const orphan = await world.plant(allDue(TODAY));
    await world.databases.recordsOwner('DELETE FROM intake WHERE id = $1', [orphan.id]);
    expect(await world.purge().execute('command')).toMatchObject({ state: 'finished' });
    expect(await tracesOf(world.databases, orphan.id)).toEqual({ intake: 0, section: 0, tombstone: 0, share: 0, lookup: 0 });
  });

  it('certifies exactly what it destroyed, and says so in the log', async () => {
    const due = await world.plant({ credentials: TODAY, notes: TODAY });
    const buckets = [await bucketOf(due, 'credentials'), await bucketOf(due, 'notes')].sort();
    const { id } = await world.purge().execute('command');
    const certificate = await certificateOf(id);
    expect(certificate.buckets.map((bucket) => bucket.id).sort()).toEqual(buckets);
    expect(certificate.buckets).toEqual(
      expect.arrayContaining([expect.objectContaining({ site: world.siteId, class: 'notes', day: TODAY, shares: 1 })]),
    );
    const { before, after } = certificate.counts;
    expect(before.keyStore.shares - after.keyStore.shares).toBe(2);
    expect(certificate).toMatchObject({ policyVersion: 1, days: { [world.siteId]: TODAY }, holdsInForce: 0, keyStoreReread: true });
    expect(certificate.log.intended).toBeLessThan(certificate.log.finished);
    expect(await world.logged(id)).toEqual(['purge.intended', 'bucket.destroyed', 'bucket.destroyed', 'purge.finished']);
    const run = await world.runs.find(id);
    expect(run).toMatchObject({ state: 'finished', step: 'finished', trigger: 'command', reason: null });
    expect(run!.done).toBe(run!.total);
  });

  it('rotates the master also when nothing is due', async () => {
    const [before] = world.masterFile.read();
    const { id, state } = await world.purge().execute('nightly');
    expect(state).toBe('finished');
    const after = world.masterFile.read();
    expect(after.map(({ number }) => number)).toEqual([before!.number + 1]);
    expect(await certificateOf(id)).toMatchObject({ buckets: [], moved: 0, master: before!.number + 1 });
  });

  it('leaves no tombstone and no lookup key of a past filing year', async () => {
    const { recordsOwner } = world.databases;
    await recordsOwner(`INSERT INTO lookup_key (site_id, filing_year, vault_number, wrapped) VALUES ($1, 2026, 1, ''), ($1, 2027, 1, '')`, [world.siteId]);
    await recordsOwner(`INSERT INTO tombstone (intake_id, site_id, day) VALUES (gen_random_uuid(), $1, '2026-12-31')`, [world.siteId]);
    await world.purge().execute('command');
    expect(await recordsOwner('SELECT filing_year FROM lookup_key')).toEqual([{ filing_year: 2027 }]);
    expect(await recordsOwner(`SELECT day FROM tombstone WHERE day < '2027-01-01'`)).toEqual([]);
  });

  it('runs once at a time', async () => {
    const due = await world.plant({ notes: TODAY });
    const results = await Promise.allSettled([world.purge().execute('command'), world.purge().execute('page')]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'RUN_IN_PROGRESS' });
    expect(await world.opens(due, 'notes')).toBe(false);
    expect(await world.purge().execute('command')).toMatchObject({ state: 'finished' });
  });

  async function bucketOf(planted: Planted, cls = 'contact'): Promise<string> {
    const [row] = await world.databases.keysOwner<{ bucket_id: string }>('SELECT bucket_id FROM life_share WHERE intake_id = $1 AND class = $2', [planted.id, cls]);
    return row!.bucket_id;
  }

  async function certificateOf(run: string) {
    const issued = await world.certificates.find(run);
    const [origin] = await world.databases.recordsOwner<{ vkey: string }>('SELECT vkey FROM log_origin');
    const certificate = openCertificate(issued!.note, parseVerifierKey(origin!.vkey)!);
    expect(certificate).toEqual(JSON.parse(issued!.body));
    return certificate!;
  }
});
