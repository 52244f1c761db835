import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { TamperedLog } from './tampered-log.js';

/** Columns that a table of the log never leaves empty, until its owner wants it so. */
const EMPTIED = ['log_checkpoint note', 'log_checkpoint signed_at', 'log_origin vkey', 'log_origin started_at', 'log_key vkey', 'log_key started_at', 'log_key from_size', 'log_entry leaf', 'log_index entry_id'] as const;
const KEYS = ['log_origin log_origin_pk', 'log_origin log_origin_number_once', 'log_key log_key_vkey_once', 'log_head log_head_pk', 'log_head log_head_only_one', 'log_pending log_pending_pk'] as const;

let log: TamperedLog;
beforeAll(async () => {
  log = await TamperedLog.make();
  for (const [table, column] of EMPTIED.map((one) => one.split(' '))) await log.sql(`ALTER TABLE ${table} ALTER ${column} DROP NOT NULL`);
  for (const [table, constraint] of KEYS.map((one) => one.split(' '))) await log.sql(`ALTER TABLE ${table} DROP CONSTRAINT ${constraint} CASCADE`);
});
afterEach(() => log.undo());
afterAll(() => log.close());

type Case = readonly [what: string, sql: string, first: Partial<Finding> & Pick<Finding, 'kind'>];

describe('very many rows that somebody put far from one another', () => {
  it.each([
    ['what lists go by', `INSERT INTO log_filter (entry_id, at, kind) SELECT n * 1000000000::bigint, now(), 'log.read' FROM generate_series(1, 30000) n`, 'filter-without-entry'],
    ['names of the log', `INSERT INTO log_origin (origin, number, vkey, started_at) OVERRIDING SYSTEM VALUE SELECT 'thinfile/' || n, -n, 'none', now() FROM generate_series(1, 30000) n`, 'wrong-key'],
  ])('%s: are named, and keep no verification from its end', async (_what, insert, kind) => {
    await log.sql(insert);
    const [found] = await log.found();
    expect(found).toMatchObject({ kind });
  });

  it('entries at ids of more and of fewer digits: each is named', async () => {
    const far = [3_000_000, 20_000_000, 100_000_000_000];
    const near = 'SELECT n + 100 FROM generate_series(1, 1000) n';
    await log.sql(`INSERT INTO log_entry (id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE
      SELECT given.id, e.kind, e.at, e.epoch, e.counter + given.id, e.leaf FROM log_entry e CROSS JOIN (${near} UNION SELECT unnest('{${far.join()}}'::bigint[])) AS given (id)
      WHERE e.id = (SELECT entry_id FROM log_index WHERE index = 15)`);
    expect((await log.found()).map(({ entryId }) => entryId)).toEqual(expect.arrayContaining(far));
  });
});

describe('where the owner of the database took away what its tables refuse', () => {
  it.each<Case>([
    ['a checkpoint emptied', 'UPDATE log_checkpoint SET note = NULL WHERE size = 21', { kind: 'checkpoint-malformed', size: 21 }],
    ['the time of a checkpoint', 'UPDATE log_checkpoint SET signed_at = NULL WHERE size = 21', { kind: 'recorded-differs' }],
    ['when the log began', 'UPDATE log_origin SET started_at = NULL', { kind: 'recorded-differs' }],
    ['when its key began', 'UPDATE log_key SET started_at = NULL', { kind: 'recorded-differs' }],
    ['the key of its name', 'UPDATE log_origin SET vkey = NULL', { kind: 'wrong-key' }],
    ['a key of the list', 'UPDATE log_key SET vkey = NULL', { kind: 'wrong-key' }],
    ['a leaf', 'UPDATE log_entry SET leaf = NULL WHERE id = (SELECT entry_id FROM log_index WHERE index = 15)', { kind: 'removed', index: 15 }],
    ['the leaf of an entry that waits', 'UPDATE log_entry SET leaf = NULL WHERE id = (SELECT entry_id FROM log_pending)', { kind: 'pending-without-entry' }],
    ['which entry a row is of', 'UPDATE log_index SET entry_id = NULL WHERE index = 15', { kind: 'removed', index: 15 }],
    ['the name of the log deleted', 'DELETE FROM log_origin', { kind: 'recorded-differs' }],
    ['the name of the log doubled', 'INSERT INTO log_origin (origin, number, vkey, started_at) OVERRIDING SYSTEM VALUE SELECT origin, number + 1, vkey, started_at FROM log_origin', { kind: 'recorded-differs' }],
    ['its key listed once more, for later', 'INSERT INTO log_key SELECT origin, 2, vkey, 1000, started_at FROM log_key', { kind: 'recorded-differs' }],
    ['since which size a key signs', 'UPDATE log_key SET from_size = NULL', { kind: 'key-missing' }],
    ['a checkpoint under a name that there never was', `INSERT INTO log_checkpoint SELECT 'thinfile/x', size, note, signed_at FROM log_checkpoint WHERE size = 21`, { kind: 'checkpoint-misplaced', size: 21, name: 'thinfile/x 21' }],
    ['a second head', `INSERT INTO log_head (single, size, frontier) SELECT false, 21, frontier FROM older_log_head`, { kind: 'head-differs' }],
    ['the head doubled', `INSERT INTO log_head SELECT * FROM log_head`, { kind: 'head-differs' }],
    ['a row that waits doubled', 'INSERT INTO log_pending SELECT * FROM log_pending', { kind: 'pending-again' }],
  ])('%s: found by its name', async (_what, change, first) => {
    await log.sql(change);
    const [found] = await log.found();
    expect(found).toMatchObject(first);
  });
});
