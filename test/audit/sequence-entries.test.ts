import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { frontierFrom, rootOf } from '../../src/audit/merkle.js';
import { BATCH } from '../../src/audit/sequence-entries.js';
import { oldestPendingAge } from '../../src/audit/stall-gate.js';
import { logFixture, reading, type LogFixture } from './log-fixture.js';
import { naiveRoot } from './naive-tree.js';

let fixture: LogFixture;
beforeEach(async () => (fixture = await logFixture()));
afterEach(() => fixture.databases.close());

interface Place {
  readonly index: number;
  readonly entry_id: number;
  readonly leaf: string;
}

const PLACES = 'SELECT index, entry_id, leaf FROM log_index JOIN log_entry ON id = entry_id ORDER BY index';
const places = (): Promise<Place[]> => fixture.databases.recordsOwner<Place>(PLACES);

async function expectWholeTree(size: number): Promise<void> {
  const tree = await places();
  expect(tree.map(({ index }) => index)).toEqual(Array.from({ length: size }, (_, i) => i));
  const [head] = await fixture.databases.recordsOwner<{ size: number; frontier: Buffer }>('SELECT size, frontier FROM log_head');
  expect(rootOf(frontierFrom(head!.size, head!.frontier))).toEqual(naiveRoot(tree.map(({ leaf }) => Buffer.from(leaf))));
}

describe('the sequencer', () => {
  it('gives every entry its place, in order of arrival, and grows the tree', async () => {
    const { sequencer, write } = fixture;
    for (const [written, size] of [[3, 3], [0, 3], [5, 8], [1, 9]] as const) {
      await write(written);
      expect(await sequencer.drain()).toBe(written);
      await expectWholeTree(size);
    }
    const ids = (await places()).map(({ entry_id }) => entry_id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('is not stopped by an entry that was given a kind or a purpose too long for an index while it waited', async () => {
    const { databases, sequencer, write } = fixture;
    const long = `(SELECT string_agg(md5(n::text), '') FROM generate_series(1, 300) n)`;
    await write(2);
    await databases.recordsOwner(`UPDATE log_part SET context = '{"purpose":"' || ${long} || '"}'`);
    await databases.recordsOwner(`UPDATE log_entry SET kind = ${long} WHERE kind = 'answers.read'`);
    expect(await sequencer.drain()).toBe(2);
    await expectWholeTree(2);
  });

  it('does not skip an entry that commits after later ones are in the tree', async () => {
    const { databases, site, log, sequencer, write } = fixture;
    const slow = { written: signal(), go: signal() };
    const late = databases.records.inSite(site, async (tx) => {
      const id = await log.append(tx, reading(site));
      slow.written.fire();
      await slow.go.fired;
      return id;
    });
    await slow.written.fired;
    await write(2);
    expect(await sequencer.drain()).toBe(2);
    slow.go.fire();
    const id = await late;
    expect(await sequencer.drain()).toBe(1);
    const tree = await places();
    expect(tree.at(-1)).toMatchObject({ index: 2, entry_id: id });
    expect(id).toBeLessThan(tree[0]!.entry_id);
    await expectWholeTree(3);
  });

  it('is two at once without harm, while others write', async () => {
    const { databases, site, log } = fixture;
    const sequencers = [fixture.sequencer, fixture.anotherProcess().sequencer];
    const write = () => databases.records.inSite(site, (tx) => log.appendAll(tx, [reading(site), reading(site)]));
    const writers = Array.from({ length: 60 }, write);
    const passes = Array.from({ length: 20 }, (_, i) => sequencers[i % 2]!.drain());
    await Promise.all([...writers, ...passes]);
    await sequencers[0]!.drain();
    await expectWholeTree(120);
  });

  it('works off a backlog in bounded steps', async () => {
    const { databases, site, log, sequencer } = fixture;
    const entries = Array.from({ length: BATCH + 1 }, () => reading(site));
    await databases.records.inSite(site, (tx) => log.appendAll(tx, entries));
    expect(await sequencer.drain()).toBe(BATCH + 1);
    const [head] = await databases.recordsOwner<{ size: number }>('SELECT size FROM log_head');
    expect(head!.size).toBe(BATCH + 1);
  });

  it('stops at a pending entry that somebody removed, and leaves it pending', async () => {
    const { databases, sequencer, write } = fixture;
    await write(2);
    await databases.recordsOwner('DELETE FROM log_entry WHERE id = (SELECT min(id) FROM log_entry)');
    await expect(sequencer.drain()).rejects.toMatchObject({ code: 'LOG_ENTRY_CHANGED' });
    expect(await databases.recordsOwner('SELECT entry_id FROM log_pending')).toHaveLength(2);
    expect(await places()).toEqual([]);
  });

  it('stops when the head is not a tree', async () => {
    const { databases, sequencer, write } = fixture;
    await write(1);
    await databases.recordsOwner('UPDATE log_head SET size = 5');
    await expect(sequencer.drain()).rejects.toMatchObject({ code: 'LOG_FORKED' });
  });

  it('runs by itself, survives the loss of its connections, and stops', async () => {
    const { databases, sequencer, said, write } = fixture;
    sequencer.onApplicationBootstrap();
    await write(2);
    await eventually(async () => expect(await places()).toHaveLength(2));
    await databases.recordsOwner('ALTER TABLE log_head RENAME TO log_head_away');
    try {
      await write(1);
      await eventually(() => expect(said.join('')).toContain('sequencer.failed'));
    } finally {
      await databases.recordsOwner('ALTER TABLE log_head_away RENAME TO log_head');
    }
    await databases.recordsOwner(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await eventually(() => write(1));
    await eventually(async () => expect(await places()).toHaveLength(4));
    await sequencer.onApplicationShutdown();
    await write(1);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await places()).toHaveLength(4);
  });
});

describe('a stalled log', () => {
  const waiting = (minutes: number) =>
    fixture.databases.recordsOwner(`UPDATE log_pending SET since = now() - make_interval(mins => $1)`, [minutes]);

  it('opens nothing while an entry has waited over five minutes, and opens again afterwards', async () => {
    const { databases, site, sequencer, write } = fixture;
    const { log } = fixture.anotherProcess();
    const opening = () => databases.records.inSite(site, (tx) => log.refuseWhenStalled(tx));
    await write(1);
    await waiting(6);
    await expect(opening()).rejects.toMatchObject({ code: 'LOG_STALLED' });
    await sequencer.drain();
    await expect(opening()).resolves.toBeUndefined();
  });

  it('is not one that has waited four', async () => {
    const { databases, site, log, write } = fixture;
    await write(1);
    await waiting(4);
    await databases.records.inSite(site, async (tx) => {
      await log.refuseWhenStalled(tx);
      expect(Math.round(await oldestPendingAge(tx))).toBe(240);
    });
  });

  it('is not told by a clock that was set by hand', async () => {
    const { databases, site, log, clock, write } = fixture;
    await write(1);
    clock.advanceDays(3);
    await databases.records.inSite(site, (tx) => log.refuseWhenStalled(tx));
  });
});

function signal(): { readonly fired: Promise<void>; readonly fire: () => void } {
  let fire = (): void => undefined;
  const fired = new Promise<void>((resolve) => (fire = resolve));
  return { fired, fire: () => fire() };
}

/** Tries again for some seconds. */
async function eventually(attempt: () => unknown): Promise<void> {
  for (let left = 80; ; left--) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
