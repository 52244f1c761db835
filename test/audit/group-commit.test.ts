import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { LogEntry } from '../../src/audit/entry.js';
import { GroupCommit } from '../../src/audit/group-commit.js';
import { logFixture, reading, type LogFixture } from './log-fixture.js';

interface Stored {
  readonly id: number;
  readonly xmin: string;
  readonly site_id: string;
  readonly intake_id: string | null;
  readonly leaf: { readonly counter: number; readonly voided?: readonly number[] };
  readonly counter: number;
  readonly subject: LogEntry['subject'];
}

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

/** As of another process. */
const freshGroup = (): GroupCommit => new GroupCommit(fixture.databases.records, fixture.anotherProcess().log);

/** In the order of the ids. */
async function stored(ids: readonly number[]): Promise<readonly Stored[]> {
  const rows = await fixture.databases.recordsOwner<Stored>(
    `SELECT e.id, e.xmin::text, e.site_id, e.intake_id, e.counter, e.leaf::json, p.subject::json FROM log_entry e JOIN log_part p ON p.entry_id = e.id
     JOIN log_pending q ON q.entry_id = e.id WHERE e.id = ANY ($1)`,
    [ids],
  );
  return ids.map((id) => rows.find((row) => row.id === id)!);
}

/** Nothing is appended before this is over. @param work hears of the connection that waits to append */
async function heldUp(work: (waiting: () => Promise<number>) => Promise<void>): Promise<void> {
  const { databases } = fixture;
  const owner = new pg.Client({ connectionString: databases.urls.records.owner });
  await owner.connect();
  try {
    await owner.query('BEGIN; LOCK TABLE log_pending IN EXCLUSIVE MODE');
    await work(async () => {
      for (;;) {
        const [row] = await databases.recordsOwner<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%append_log_entries%'`,
        );
        if (row) return row.pid;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
  } finally {
    await owner.end();
  }
}

describe('entries that stand by themselves', () => {
  it('share the next commit while one is under way, in the order in which they came, and are each whole', async () => {
    const entries = Array.from({ length: 40 }, () => reading(fixture.site));
    const group = freshGroup();
    const ids = await Promise.all(entries.map((entry) => group.append(entry)));
    const rows = await stored(ids);
    expect(rows.map(({ subject }) => subject)).toEqual(entries.map(({ subject }) => subject));
    expect(rows.map(({ intake_id }) => intake_id)).toEqual(entries.map(({ subject }) => subject.intake));
    const counters = entries.map((_, i) => i + 1);
    expect(rows.map(({ counter }) => counter)).toEqual(counters);
    expect(rows.map(({ leaf }) => leaf.counter)).toEqual(counters);
    expect([...ids].sort((a, b) => a - b)).toEqual(ids);
    expect(new Set(rows.map(({ xmin }) => xmin)).size).toBe(2);
  });

  it('of those who write again as soon as they are answered share one commit, and do not take turns', async () => {
    const group = freshGroup();
    const ids: number[] = [];
    const writer = async (): Promise<void> => {
      for (let n = 0; n < 5; n++) ids.push(await group.append(reading(fixture.site)));
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    const sizes = new Map<string, number>();
    for (const { xmin } of await stored(ids)) sizes.set(xmin, (sizes.get(xmin) ?? 0) + 1);
    expect([...sizes.values()]).toEqual([1, 8, 8, 8, 8, 7]);
  });

  it('give a whole log with the others', async () => {
    const { sequencer, signer } = fixture;
    await sequencer.drain();
    const group = freshGroup();
    await Promise.all(Array.from({ length: 300 }, () => group.append(reading(fixture.site))));
    expect(await sequencer.drain()).toBe(300);
    expect(await signer.sign()).toBe('signed'); // after it has hashed each entry and each part once more
  });

  it('wait for nothing where nothing is under way, and do not wait for another site', async () => {
    const other = randomUUID();
    const group = freshGroup();
    const [a, b] = await Promise.all([group.append(reading(fixture.site)), group.append(reading(other))]);
    const rows = await stored([a, b]);
    expect(rows.map(({ site_id }) => site_id)).toEqual([fixture.site, other]);
    expect(rows[0]!.xmin).not.toBe(rows[1]!.xmin);
  });

  it('of a search that found several, or none, are in no one intake’s trail', async () => {
    const group = freshGroup();
    const found = (intakes: readonly string[]): LogEntry => ({ ...reading(fixture.site), kind: 'intake.searched', subject: { site: fixture.site, intakes, classes: ['contact'], fields: ['contact.phone'] } });
    const one = randomUUID();
    const ids = await Promise.all([[], [randomUUID(), randomUUID()], [], [one], []].map((intakes) => group.append(found(intakes))));
    expect((await stored(ids)).map(({ intake_id }) => intake_id)).toEqual([null, null, null, one, null]);
  });

  it('are refused alone where they do not belong in the log', async () => {
    const group = freshGroup();
    const bad = { ...reading(fixture.site), context: { purpose: 'Noor', ticket: randomUUID() } } as unknown as LogEntry;
    const attempts = await Promise.allSettled([group.append(reading(fixture.site)), group.append(bad), group.append({ ...reading(fixture.site), kind: 'signed-out', subject: {} }), group.append(reading(fixture.site))]);
    expect(attempts.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  });

  it('fail together with their commit, are said to be void, and do not keep later ones from the log', async () => {
    const group = freshGroup();
    const first = await group.append(reading(fixture.site));
    const attempts: Promise<PromiseSettledResult<number>[]>[] = [];
    await heldUp(async (waiting) => {
      attempts.push(Promise.allSettled([group.append(reading(fixture.site))]));
      const pid = await waiting();
      attempts.push(Promise.allSettled([group.append(reading(fixture.site)), group.append(reading(fixture.site))])); // these wait for it
      await fixture.databases.recordsOwner('SELECT pg_terminate_backend($1)', [pid]);
    });
    const [alone, after] = await Promise.all(attempts);
    expect(alone).toEqual([{ status: 'rejected', reason: expect.objectContaining({ name: 'DatabaseUnavailable' }) }]);
    expect(after!.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const ids = after!.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect((await stored([first, ...ids])).map(({ leaf: { counter, voided } }) => [counter, voided])).toEqual([[1, undefined], [3, [2]], [4, undefined]]);
  });

  it('are not appended inside the transaction of a site', async () => {
    const { databases, site } = fixture;
    const append = `SELECT append_log_entries($1, now(), gen_random_uuid(), 1, '', 'signed-out', '{}', '{}', '{}', '{}', ''::bytea)`;
    await expect(databases.records.inSite(randomUUID(), (tx) => tx.query(append, [site]))).rejects.toThrow('a transaction of their own');
  });
});
