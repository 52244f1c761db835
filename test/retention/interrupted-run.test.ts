import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/platform/clock.js';
import type { RunOutcome, RunStep } from '../../src/retention/purge-run.js';
import { withRunLock } from '../../src/retention/run-lock.js';
import { PurgeWorld, TODAY, type Planted } from './purge-world.js';

const AFTER_THE_INTENTION: readonly RunStep[] = ['clean-buckets', 'mixed-buckets', 'master', 'certificate', 'sweep', 'finished'];

describe('a purge run that is cut short', () => {
  let world: PurgeWorld;
  let due: Planted;
  let mixed: Planted;
  let survivor: Planted;
  let held: Planted;
  let buckets: readonly string[];

  beforeEach(async () => {
    world = await PurgeWorld.make();
    due = await world.plant({ identity: TODAY });
    mixed = await world.plant({ contact: addDays(TODAY, -1) });
    survivor = await world.plant({ contact: addDays(TODAY, -1) });
    held = await world.plant({ identity: addDays(TODAY, -3), contact: addDays(TODAY, -1) });
    await world.moveDue(survivor, addDays(TODAY, 7));
    await world.hold({ intakes: [held.id] });
    buckets = await bucketsDue();
  });
  afterEach(() => world.close());

  it.each(AFTER_THE_INTENTION)('before %s, loses nothing and is made good by the next', async (step) => {
    const broken = await world.purge(failAt(step)).execute('nightly');
    expect(broken.state).toBe('failed');
    expect(await world.runs.find(broken.id)).toMatchObject({ state: 'failed', reason: broken.reason });
    expect(await world.logged(broken.id)).toContain('purge.failed');
    await nothingLost();

    const next = await world.purge().execute('nightly');
    expect(next.state).toBe('finished');
    await nothingLost();
    expect(await world.opens(due, 'identity')).toBe(false);
    expect(await world.opens(mixed, 'contact')).toBe(false);
    expect(await certified(broken.id, next.id)).toEqual([...buckets].sort());
    expect(await world.databases.keysOwner('SELECT id FROM destroyed_bucket')).toEqual([]);
    expect(await world.databases.keysOwner('SELECT l.intake_id FROM lookup l LEFT JOIN bucket b ON b.id = l.bucket_id WHERE b.id IS NULL')).toEqual([]);
  });

  it('before its intention is written, is refused and has done nothing', async () => {
    await expect(world.purge(failAt('intended')).execute('nightly')).rejects.toThrow('cut');
    expect(await world.runs.recent(5)).toEqual([]);
    expect(await world.opens(due, 'identity')).toBe(true);
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' });
  });

  it('by the end of its process, is called failed by the next', async () => {
    const { id } = await world.purge(failAt('master')).execute('nightly');
    await world.databases.recordsOwner(`UPDATE purge_run SET state = 'running', reason = NULL, finished_at = NULL WHERE id = $1`, [id]);
    await world.purge().execute('nightly');
    expect(await world.runs.find(id)).toMatchObject({ state: 'failed', reason: 'process-ended', step: 'mixed-buckets' });
  });

  it('by the end of its process, is called failed when a process starts, unless somebody is still at it', async () => {
    const { id } = await world.purge(failAt('master')).execute('nightly');
    const running = `UPDATE purge_run SET state = 'running', reason = NULL, finished_at = NULL WHERE id = $1`;
    await world.databases.recordsOwner(running, [id]);
    await withRunLock(world.databases.keys, () => world.purge().closeInterrupted());
    expect(await world.runs.find(id)).toMatchObject({ state: 'running' });
    await world.purge().closeInterrupted();
    expect(await world.runs.find(id)).toMatchObject({ state: 'failed' });
  });

  it('by the loss of its lock to another run, ends at its next step and certifies nothing', async () => {
    let second: RunOutcome | undefined;
    const first = await world.purge(async (step) => {
      if (step !== 'mixed-buckets' || second) return;
      await world.databases.keysOwner(`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 7466002 AND granted`);
      second = await world.purge().execute('nightly');
    }).execute('nightly');
    expect([first.state, first.reason, second?.state]).toEqual(['failed', 'process-ended', 'finished']);
    expect(await world.runs.find(first.id)).toMatchObject({ state: 'failed', reason: 'process-ended' });
    expect(await world.certificates.find(first.id)).toBeUndefined();
    expect(await certified(second!.id)).toEqual([...buckets].sort());
    await nothingLost();
  });

  it('has not destroyed what came under a hold meanwhile', async () => {
    const late = await world.plant({ notes: addDays(TODAY, -1) });
    await world.plant({ notes: addDays(TODAY, -1) });
    const broken = await world.purge(async (step) => {
      if (step === 'clean-buckets') await world.hold({ intakes: [late.id] });
    }).execute('nightly');
    expect(broken.state).toBe('finished');
    expect(await world.opens(late, 'notes')).toBe(true);
  });

  it('destroys nothing without the sentinel hold', async () => {
    await world.databases.keysOwner('UPDATE hold SET sentinel = false, released_at = now() WHERE sentinel');
    const run = await world.purge().execute('nightly');
    expect(run).toMatchObject({ state: 'failed', reason: 'sentinel-missing' });
    expect(await world.opens(due, 'identity')).toBe(true);
    expect(await world.opens(mixed, 'contact')).toBe(true);
    expect(await world.certificates.find(run.id)).toBeUndefined();
  });

  it('issues no certificate while a location of the master cannot be reached', async () => {
    const { rename } = await import('node:fs/promises');
    const path = `${world.databases.settings.secretsDirectories[0]}/master.key`;
    const run = await world.purge(async (step) => {
      if (step === 'certificate') throw new Error('too far');
      if (step === 'master') await rename(path, `${path}.away`);
    }).execute('nightly');
    expect(run).toMatchObject({ state: 'failed', reason: 'master-unreachable' });
    await rename(`${path}.away`, path);
    expect(await world.purge().execute('nightly')).toMatchObject({ state: 'finished' });
  });

  async function nothingLost(): Promise<void> {
    expect(await world.opens(survivor, 'contact')).toBe(true);
    expect(await world.find(survivor, 'contact')).toEqual([survivor.id]);
    expect(await world.opens(held, 'identity')).toBe(true);
    expect(await world.opens(held, 'contact')).toBe(true);
    expect(await world.find(held, 'contact')).toEqual([held.id]);
    expect(await world.opens(due, 'notes')).toBe(true);
  }

  /** The buckets of which something must go. */
  async function bucketsDue(): Promise<readonly string[]> {
    const rows = await world.databases.keysOwner<{ bucket_id: string }>(
      `SELECT bucket_id FROM life_share WHERE (intake_id = $1 AND class = 'identity') OR (intake_id = $2 AND class = 'contact')`,
      [due.id, mixed.id],
    );
    return rows.map((row) => row.bucket_id);
  }

  async function certified(...runs: readonly string[]): Promise<readonly string[]> {
    const issued = await Promise.all(runs.map((run) => world.certificates.find(run)));
    const ids = issued.flatMap((one) => (one ? (JSON.parse(one.body) as { buckets: { id: string }[] }).buckets.map(({ id }) => id) : []));
    return ids.sort();
  }
});

function failAt(step: RunStep) {
  return (now: RunStep | 'failed') => {
    if (now === step) throw new Error('cut');
  };
}
