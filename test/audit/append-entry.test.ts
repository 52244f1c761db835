import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { logFixture, reading, writing, type LogFixture } from './log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

const leavesOf = async (epoch: string): Promise<{ counter: number; voided?: number[] }[]> => {
  const inOrder = 'SELECT leaf FROM log_entry WHERE epoch = $1 ORDER BY counter';
  const rows = await fixture.databases.recordsOwner<{ leaf: string }>(inOrder, [epoch]);
  return rows.map(({ leaf }) => JSON.parse(leaf) as { counter: number; voided?: number[] });
};

/** A log of its own epoch, and the epoch of the first entry that it writes. */
async function freshLog() {
  const { log } = fixture.anotherProcess();
  const { records, recordsOwner } = fixture.databases;
  const id = await records.inSite(fixture.site, (tx) => log.append(tx, reading(fixture.site)));
  const [row] = await recordsOwner<{ epoch: string }>('SELECT epoch FROM log_entry WHERE id = $1', [id]);
  return { log, epoch: row!.epoch };
}

describe('appending', () => {
  it('writes the entry, its parts and its place in the queue', async () => {
    const { databases, site, log } = fixture;
    const entry = reading(site);
    const id = await databases.records.inSite(site, (tx) => log.append(tx, entry));
    const [row] = await databases.recordsOwner(
      `SELECT e.kind, e.site_id, e.intake_id, p.actor, p.subject, p.context, q.entry_id AS pending
       FROM log_entry e JOIN log_part p ON p.entry_id = e.id JOIN log_pending q ON q.entry_id = e.id WHERE e.id = $1`,
      [id],
    );
    expect(row).toMatchObject({ kind: 'answers.read', site_id: site, intake_id: entry.subject.intake });
    expect(JSON.parse(row!['subject'] as string)).toEqual(entry.subject);
    expect(JSON.parse(row!['context'] as string)).toEqual(entry.context);
  });

  it('leaves nothing of a transaction that was rolled back, and says so in the next leaf', async () => {
    const { databases, site } = fixture;
    const { log, epoch } = await freshLog();
    const failed = databases.records.inSite(site, async (tx) => {
      await log.appendAll(tx, [reading(site), reading(site)]);
      throw new Error('the caller fails');
    });
    await expect(failed).rejects.toThrow('the caller fails');
    await databases.records.inSite(site, (tx) => log.append(tx, reading(site)));
    await databases.records.inSite(site, (tx) => log.append(tx, reading(site)));
    expect(await leavesOf(epoch)).toEqual([
      expect.objectContaining({ counter: 1 }),
      expect.objectContaining({ counter: 4, voided: [2, 3] }),
      expect.not.objectContaining({ voided: expect.anything() }),
    ]);
  });

  it('announces again what a rolled-back entry had announced', async () => {
    const { databases, site } = fixture;
    const { log, epoch } = await freshLog();
    for (const _attempt of [1, 2]) {
      await databases.records
        .inSite(site, async (tx) => {
          await log.append(tx, reading(site));
          throw new Error('the caller fails');
        })
        .catch(() => undefined);
    }
    await databases.records.inSite(site, (tx) => log.append(tx, reading(site)));
    expect((await leavesOf(epoch)).map(({ counter, voided }) => [counter, voided])).toEqual([[1, undefined], [4, [2, 3]]]);
  });

  it('leaves no gap under many writers of which some fail', async () => {
    const { databases, site } = fixture;
    const { log, epoch } = await freshLog();
    const writers = Array.from({ length: 40 }, (_, i) =>
      databases.records.inSite(site, async (tx) => {
        await log.append(tx, reading(site));
        if (i % 3 === 0) throw new Error('the caller fails');
      }),
    );
    await Promise.allSettled(writers);
    await databases.records.inSite(site, (tx) => log.append(tx, reading(site)));
    const leaves = await leavesOf(epoch);
    const seen = leaves.flatMap(({ counter, voided }) => [counter, ...(voided ?? [])]).sort((a, b) => a - b);
    expect(seen).toEqual(Array.from({ length: 42 }, (_, i) => i + 1));
  });

  it('keeps the order of entries that are written together', async () => {
    const { databases, site } = fixture;
    const { log, epoch } = await freshLog();
    const intakes = Array.from({ length: 5 }, () => randomUUID());
    const entries = intakes.map((intake) => reading(site, intake));
    const ids = await databases.records.inSite(site, (tx) => log.appendAll(tx, entries));
    expect([...ids]).toEqual([...ids].sort((a, b) => a - b));
    const together = 'SELECT intake_id FROM log_entry WHERE epoch = $1 AND counter > 1 ORDER BY counter';
    const rows = await databases.recordsOwner(together, [epoch]);
    expect(rows.map((row) => row['intake_id'])).toEqual(intakes);
  });

  it('serves the newest write of an intake from its index', async () => {
    const { databases, site, log } = fixture;
    const intake = randomUUID();
    for (const digest of ['11', '22']) {
      await databases.records.inSite(site, (tx) => log.append(tx, writing(site, intake, digest.repeat(32))));
    }
    const newest = `SELECT p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id
      WHERE e.intake_id = '${intake}' AND e.kind IN ('intake.created', 'answers.written', 'intake.staged')
      ORDER BY e.id DESC LIMIT 1`;
    const [row] = await databases.records.inSite(site, (tx) => tx.query<{ context: string }>(newest));
    expect(JSON.parse(row!.context)).toMatchObject({ digests: { contact: '22'.repeat(32) } });
    const plan = await databases.records.inSite(site, async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      return tx.query<Record<string, string>>(`EXPLAIN ${newest}`);
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('log_entry_changes_of_intake');
  });

  it('works without a site, for what has none', async () => {
    const { databases, log } = fixture;
    const context = { reason: 'unknown-account' } as const;
    const entry = { kind: 'sign-in-failed', actor: { system: 'visitor' }, subject: {}, context } as const;
    await expect(databases.records.withoutSite((tx) => log.append(tx, entry))).resolves.toBeGreaterThan(0);
  });

  it('refuses an entry for another site than the transaction is in', async () => {
    const { databases, site, log } = fixture;
    const elsewhere = databases.records.inSite(site, (tx) => log.append(tx, reading(randomUUID())));
    await expect(elsewhere).rejects.toThrow('row-level security');
  });
});

describe("the service's role", () => {
  it.each([
    'UPDATE log_entry SET kind = kind',
    'DELETE FROM log_entry',
    'TRUNCATE log_entry',
    'UPDATE log_part SET context = context',
    'DELETE FROM log_part',
    'DELETE FROM log_pending',
    'UPDATE log_index SET index = index',
    'DELETE FROM log_index',
    'INSERT INTO log_tile (level, number, hashes) SELECT 0, 0, hashes FROM log_tile',
    'UPDATE log_tile SET hashes = hashes',
    'DELETE FROM log_tile',
    'UPDATE log_head SET size = 0',
    'DELETE FROM log_checkpoint',
    'ALTER TABLE log_entry DISABLE ROW LEVEL SECURITY',
  ])('cannot %s', async (sql) => {
    const { records } = fixture.databases;
    await expect(records.inSite(fixture.site, (tx) => tx.query(sql))).rejects.toThrow(/permission denied|must be owner/);
  });

  it.each([
    'UPDATE log_entry SET kind = kind',
    'DELETE FROM log_entry',
    'DELETE FROM log_part',
    'DELETE FROM log_index',
    'UPDATE log_tile SET hashes = hashes',
    'DELETE FROM log_tile',
    'TRUNCATE log_tile',
    'DELETE FROM log_head',
  ])('cannot %s as a job either', async (sql) => {
    await expect(fixture.databases.records.acrossSites((tx) => tx.query(sql))).rejects.toThrow('permission denied');
  });

  it("does not see another site's entries", async () => {
    const { databases, site } = fixture;
    const seenFrom = (here: string) =>
      databases.records.inSite(here, (tx) => tx.query('SELECT entry_id FROM log_part WHERE site_id = $1', [site]));
    expect(await seenFrom(randomUUID())).toEqual([]);
    expect(await seenFrom(site)).not.toEqual([]);
  });
});
