import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { writeExport } from '../../../src/audit/export/write-export.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { forgeEntry } from '../forged-entry.js';
import { TamperedLog } from './tampered-log.js';

let log: TamperedLog;
beforeAll(async () => (log = await TamperedLog.make()));
afterEach(() => log.undo());
afterAll(() => log.close());

const at = (index: number): string => `(SELECT entry_id FROM log_index WHERE index = ${index})`;

describe('after a pruning that the log tells of', () => {
  const RUN = 44;
  afterEach(() => log.fixture.clock.setTo(new Date('2027-03-01T17:00:00Z')));

  /** A run of 1 March 2027, and a pruning years later. */
  async function prunedIn(year: number, context: object): Promise<void> {
    const { databases, clock, sequencer } = log.fixture;
    const { log: accessLog } = log.fixture.anotherProcess(); // whose counters no other case has used
    const run = { kind: 'purge.failed', actor: { system: 'run' }, subject: {}, context: { run: randomUUID(), reason: 'process-ended' } } as const;
    await databases.records.acrossSites((tx) => accessLog.append(tx, run));
    clock.setTo(new Date(`${year}-06-01T15:00:00Z`));
    await databases.records.acrossSites((tx) => accessLog.append(tx, { kind: 'log.pruned', actor: { system: 'run' }, subject: {}, context }));
    await sequencer.drain();
    for (const index of [15, RUN]) {
      await log.sql(`DELETE FROM log_part WHERE entry_id = ${at(index)}`);
      await log.sql(`UPDATE log_filter SET member = NULL, purpose = NULL, named = NULL, several = NULL WHERE entry_id = ${at(index)}`);
    }
  }

  it.each([
    ['with the days of both', { day: '2028-05-31', certificatesDay: '2024-05-31', counts: { entries: 1 } }],
    ['with the one day of older entries', { day: '2028-05-31', counts: { entries: 1 } }],
    ['with a day that no run’s parts can have come to yet', { day: '2028-05-31', certificatesDay: '2028-05-31', counts: { entries: 1 } }],
  ])('parts of a run that is younger than its certificate are missed, %s', async (_, context) => {
    await prunedIn(2030, context);
    expect(await log.found()).toEqual([{ kind: 'parts-gone', index: RUN, entryId: expect.any(Number) }]);
  });

  it('parts of any entry that is younger than two years are missed, whatever day it names', async () => {
    await prunedIn(2028, { day: '2028-05-31', certificatesDay: '2022-05-31', counts: { entries: 1 } });
    expect((await log.found()).map(({ kind, index }) => [kind, index])).toEqual([['parts-gone', 15], ['parts-gone', RUN]]);
  });

  it('a forged pruning that names no days takes no parts with it, and stops nothing', async () => {
    const year = 2034;
    for (const day of [{ toString: 1 }, null, 99_999_999, ['9999-12-31'], '9999']) {
      await forgeEntry(log.fixture.databases.recordsOwner, 'log.pruned', new Date(`${year}-06-01T15:00:00Z`), JSON.stringify({ day, certificatesDay: day }));
    }
    await prunedIn(year, { day: '2022-05-31', certificatesDay: '2022-05-31', counts: { entries: 0 } });
    expect((await log.found()).map(({ kind }) => kind)).toEqual(['parts-gone', 'parts-gone']);
  });

  it('and after their years are not', async () => {
    await prunedIn(2034, { day: '2032-05-31', certificatesDay: '2028-05-31', counts: { entries: 2 } });
    expect(await log.found()).toEqual([]);
  });
});

describe('a pruning while the log is gone through', () => {
  const SAID = JSON.stringify({ day: '2032-05-31', certificatesDay: '2028-05-31', counts: { entries: 1 } });
  const NEWEST = '(SELECT max(id) FROM log_entry)';
  type Sql = (text: string, parameters?: unknown[]) => Promise<unknown>;

  async function prune(sql: Sql): Promise<void> {
    await sql(`DELETE FROM log_part WHERE entry_id = ${at(15)}`);
    await sql(`UPDATE log_filter SET member = NULL, purpose = NULL, named = NULL, several = NULL WHERE entry_id = ${at(15)}`);
    await forgeEntry(sql, 'log.pruned', new Date('2034-06-01T15:00:00Z'), SAID);
  }

  /** Prunes an entry once it is settled how long the log is, and before any parts are read. @param after in the same transaction */
  async function beside<T>(work: () => Promise<T>, after: (sql: Sql) => Promise<unknown> = async () => undefined): Promise<T> {
    const { urls, recordsOwner } = log.fixture.databases;
    const owner = new pg.Client({ connectionString: urls.records.owner });
    const sql: Sql = (text, parameters) => owner.query(text, parameters);
    await owner.connect();
    try {
      await sql('BEGIN');
      await sql('LOCK TABLE log_part IN ACCESS EXCLUSIVE MODE');
      const done = work();
      while ((await recordsOwner(`SELECT FROM pg_locks WHERE relation = 'log_part'::regclass AND NOT granted`)).length === 0) await sleep(10);
      await prune(sql);
      await after(sql);
      await sql('COMMIT');
      return await done;
    } finally {
      await owner.end();
    }
  }

  it('is no finding where the entry that tells of it has no place yet', async () => {
    expect(await beside(() => log.found())).toEqual([]);
  });

  it('nor where it has one beyond what was there at the beginning', async () => {
    const place = async (sql: Sql) => {
      await sql(`INSERT INTO log_index SELECT 43, id, sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')) FROM log_entry WHERE id = ${NEWEST}`);
      await sql(`INSERT INTO log_filter SELECT * FROM log_entry_terms WHERE entry_id = ${NEWEST}`);
      await sql(`DELETE FROM log_pending WHERE entry_id = ${NEWEST}`);
    };
    expect(await beside(() => log.found(), place)).toEqual([]);
  });

  it('is one where its entry does not say so', async () => {
    for (const change of [`context = replace(context, '2032', '2031')`, 'context_salt = actor_salt']) {
      const found = await beside(() => log.found(), (sql) => sql(`UPDATE log_part SET ${change} WHERE entry_id = ${NEWEST}`));
      expect(found).toEqual([{ kind: 'parts-gone', index: 15, entryId: expect.any(Number) }]);
      await log.undo();
    }
  });

  describe('to be exported', () => {
    let root: string;
    beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'thinfile-pruned-'))));
    afterEach(() => rmSync(root, { recursive: true, force: true }));

    const exported = () => writeExport(log.fixture.databases.records, join(root, 'log'), () => undefined);
    const verified = () => verifyExportedLog(join(root, 'log'), log.key, [], () => undefined);

    it('is of another moment', async () => {
      expect(await beside(exported)).toBe(41);
      expect(await verified()).toMatchObject({ findings: [], withParts: 41 });
    });

    it('is told of in the export where it came before', async () => {
      await prune(log.fixture.databases.recordsOwner);
      const size = exported();
      await sleep(100);
      await log.fixture.sequencer.drain();
      await log.fixture.signer.sign();
      expect(await size).toBe(45);
      expect(await verified()).toMatchObject({ findings: [], withParts: 44 });
    });
  });
});
