import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeExport } from '../../../src/audit/export/write-export.js';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { verifyExportedLog } from '../../../src/audit/verify/verify-exported-log.js';
import { TamperedLog } from './tampered-log.js';

/** Keys of the log's tables, each with the columns that can be empty without it. */
const KEYS: readonly (readonly [table: string, key: string, ...columns: string[]])[] = [
  ['log_index', 'log_index_pk', 'index', 'entry_id', 'leaf_hash'],
  ['log_index', 'log_index_entry_once'],
  ['log_entry', 'log_entry_pk', 'id'],
  ['log_part', 'log_part_pk', 'entry_id', 'actor', 'actor_salt', 'subject', 'subject_salt', 'context', 'context_salt'],
  ['log_filter', 'log_filter_pk', 'entry_id'],
  ['log_checkpoint', 'log_checkpoint_pk', 'size'],
  ['log_key', 'log_key_pk', 'from_size'],
  ['log_tile', 'log_tile_pk', 'level', 'number'],
];
const FORGED = 90_000;
const TILE = `decode(repeat('00', 8192), 'hex')`;
const at = (index: number): string => `(SELECT entry_id FROM log_index WHERE index = ${index})`;
/** The same once more: an entry of another id, its parts, and what it is found by. */
const forged = (id: string): string => `
  INSERT INTO log_entry (id, site_id, intake_id, kind, at, epoch, counter, leaf) SELECT ${id}, site_id, intake_id, kind, at, gen_random_uuid(), 1, leaf FROM log_entry WHERE id = ${at(15)};
  INSERT INTO log_part SELECT ${id}, site_id, actor, actor_salt, subject, subject_salt, context, context_salt FROM log_part WHERE entry_id = ${at(15)};
  INSERT INTO log_filter (entry_id, site_id, at, kind) SELECT ${id}, site_id, at, kind FROM log_filter WHERE entry_id = ${at(15)}`;

let log: TamperedLog;
beforeAll(async () => {
  log = await TamperedLog.make();
  await log.sql('ALTER TABLE log_entry ALTER id DROP IDENTITY');
  for (const [table, key, ...columns] of KEYS) {
    await log.sql(`ALTER TABLE ${table} DROP CONSTRAINT ${key} CASCADE`);
    for (const column of columns) await log.sql(`ALTER TABLE ${table} ALTER ${column} DROP NOT NULL`);
  }
});
afterEach(async () => {
  await log.undo();
  await log.sql('DELETE FROM log_tile');
});
afterAll(() => log.close());

const part = (name: 'actor' | 'subject' | 'context'): Finding => ({ kind: 'part-changed', part: name, index: 15, entryId: expect.any(Number) as unknown as number });
const EMPTIED = 'actor = NULL, actor_salt = NULL, subject = NULL, subject_salt = NULL, context = NULL, context_salt = NULL';

describe('rows of which the owner of the database emptied what tells their place', () => {
  it.each<readonly [string, string, readonly object[]]>([
    ['an entry that waits for no place and has none, which is taken for the newest', `${forged(`${FORGED}`)}; INSERT INTO log_index VALUES (NULL, ${FORGED}, sha256('x'))`, [{ kind: 'added', entryId: FORGED }]],
    ['an entry that has a place, and none as well', 'INSERT INTO log_index SELECT NULL, entry_id, leaf_hash FROM log_index WHERE index = 15', [{ kind: 'added', entryId: expect.any(Number) }]],
    ['a place of no entry', 'UPDATE log_index SET entry_id = NULL WHERE index = 15', [{ kind: 'removed', index: 15 }, { kind: 'never-sequenced', entryId: expect.any(Number) }, { kind: 'filter-without-entry', entryId: expect.any(Number) }]],
    ['entry, parts and filter of no id', forged('NULL'), [{ kind: 'never-sequenced', entryId: null }, { kind: 'parts-without-entry', entryId: null }, { kind: 'filter-without-entry', entryId: null }]],
    ['a checkpoint of no size, which is taken for the newest', 'INSERT INTO log_checkpoint SELECT origin, NULL, note, signed_at FROM log_checkpoint WHERE size = 21', [{ kind: 'checkpoint-misplaced', size: -1, name: expect.any(String) }]],
    ['a tile of no level', `INSERT INTO log_tile (level, number, hashes) VALUES (NULL, 0, ${TILE})`, [{ kind: 'tile-differs', name: 'tile/-1/000' }]],
    ['a tile of no number', `INSERT INTO log_tile (level, number, hashes) VALUES (1, NULL, ${TILE})`, [{ kind: 'tile-differs', name: 'tile/1/-001' }]],
    ['a part', 'UPDATE log_part SET context = NULL WHERE entry_id = ' + at(15), [part('context')]],
    ['all parts', `UPDATE log_part SET ${EMPTIED} WHERE entry_id = ${at(15)}`, [part('actor'), part('subject'), part('context')]],
  ])('are named: %s', async (_what, change, findings) => {
    await log.sql(change);
    expect(await log.found()).toEqual(findings);
  });
});

describe('an export of a log whose owner took away what its tables refuse', () => {
  let directory: string;
  beforeAll(() => void (directory = mkdtempSync(join(tmpdir(), 'thinfile-emptied-'))));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it.each<readonly [string, string, readonly object[]]>([
    ['a hash', 'UPDATE log_index SET leaf_hash = NULL WHERE index = 15', [{ kind: 'tile-differs' }]],
    ['since which size a key signs', 'UPDATE log_key SET from_size = NULL', []],
    ['the same, beyond all sizes', 'UPDATE log_key SET from_size = 9223372036854775807', []],
    ['the counter of an entry, beyond all numbers', `UPDATE log_entry SET counter = 9223372036854775807 WHERE id = ${at(15)}`, []],
    ['a place, doubled', 'INSERT INTO log_index SELECT * FROM log_index WHERE index = 15', []],
    ['parts, doubled', `INSERT INTO log_part SELECT * FROM log_part WHERE entry_id = ${at(15)}`, []],
  ])('is written, and only what was changed is found in it: %s', async (what, change, findings) => {
    await log.sql(change);
    expect(await writeExport(log.fixture.databases.records, join(directory, what), () => undefined)).toBe(41);
    expect((await verifyExportedLog(join(directory, what), log.key, [], () => undefined)).findings).toMatchObject(findings);
  });

  it('is written where a checkpoint is beyond all sizes: up to what that one is of', async () => {
    await log.sql('INSERT INTO log_checkpoint SELECT origin, 9223372036854775807, note, signed_at FROM log_checkpoint WHERE size = 21');
    expect(await writeExport(log.fixture.databases.records, join(directory, 'beyond'), () => undefined)).toBe(21);
    expect((await log.found()).map(({ kind }) => kind)).toEqual(['checkpoint-misplaced']);
  });
});
