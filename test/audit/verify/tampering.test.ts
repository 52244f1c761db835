import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { verifierKey } from '../../../src/audit/verifier-key.js';
import { generateKeyPairSync } from 'node:crypto';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { another, STATE, TamperedLog } from './tampered-log.js';

let log: TamperedLog;
beforeAll(async () => (log = await TamperedLog.make()));
afterEach(() => log.undo());
afterAll(() => log.close());

const FORGED = `'{"actor":"' || repeat('A', 43) || '=","context":"' || repeat('A', 43) || '=","counter":99,"epoch":"a1111111-1111-4111-8111-111111111111","kind":"log.read","subject":"' || repeat('A', 43) || '=","time":"2027-03-01T15:00:00Z","v":1}'`;
const OTHER_HASH = 'sha256(leaf_hash)';
/** Rows at a place in the tree. */
const at = (index: number): string => `(SELECT entry_id FROM log_index WHERE index = ${index})`;
const entry = (set: string, index = 15): string => `UPDATE log_entry SET ${set} WHERE id = ${at(index)}`;
const part = (set: string, index = 15): string => `UPDATE log_part SET ${set} WHERE entry_id = ${at(index)}`;
const row = (set: string, index = 15): string => `UPDATE log_index SET ${set} WHERE index = ${index}`;
const swap = (table: string, key: string, columns: string, a: string, b: string): string =>
  `WITH two AS (SELECT ${key} AS key, ${columns} FROM ${table} WHERE ${key} IN (${a}, ${b}))
   UPDATE ${table} t SET ${columns.split(', ').map((name) => `${name} = two.${name}`).join(', ')} FROM two WHERE t.${key} IN (${a}, ${b}) AND two.key <> t.${key}`;
const rehash = row(`leaf_hash = sha256('\\x00'::bytea || convert_to((SELECT leaf FROM log_entry WHERE id = entry_id), 'UTF8'))`);
const committed = `(SELECT encode(sha256(subject_salt || convert_to(subject, 'UTF8')), 'base64') FROM log_part WHERE entry_id = id)`;
/** The row and what is after it: as if it had never been. */
const closeUp = 'UPDATE log_index SET index = -index - 1 WHERE index > 15; UPDATE log_index SET index = -index - 2 WHERE index < 0';
const without = (index: number): string => `DELETE FROM log_part WHERE entry_id = ${at(index)}; DELETE FROM log_entry WHERE id = ${at(index)}; DELETE FROM log_index WHERE index = ${index}`;

type Expected = Partial<Finding> & Pick<Finding, 'kind'>;
type Case = readonly [what: string, how: string | ((log: TamperedLog) => Promise<unknown>), first: Expected];

const ENTRIES: readonly Case[] = [
  ['a leaf edited', entry(`leaf = replace(leaf, '"v":1', '"v":2')`), { kind: 'leaf-changed', index: 15 }],
  ['a leaf edited, not signed yet', entry(`leaf = replace(leaf, '"v":1', '"v":2')`, 41), { kind: 'leaf-changed', index: 41 }],
  ['a kind edited', entry(`kind = 'log.read'`), { kind: 'columns-changed', index: 15 }],
  ['a time edited', entry(`at = at + interval '1 second'`), { kind: 'columns-changed', index: 15 }],
  ['a fraction of a time edited', entry(`at = at + interval '1 millisecond'`), { kind: 'columns-changed', index: 15 }],
  ['an epoch edited', entry('epoch = gen_random_uuid()'), { kind: 'columns-changed', index: 15 }],
  ['a counter edited', entry('counter = counter + 1000'), { kind: 'columns-changed', index: 15 }],
  ['a site edited', entry('site_id = gen_random_uuid()'), { kind: 'filed-elsewhere', index: 15 }],
  ['a site taken away', entry('site_id = NULL'), { kind: 'filed-elsewhere', index: 15 }],
  ['an intake edited', entry('intake_id = gen_random_uuid()'), { kind: 'filed-elsewhere', index: 15 }],
  ['an entry deleted', `DELETE FROM log_entry WHERE id = ${at(15)}`, { kind: 'removed', index: 15 }],
  ['an entry inserted', `INSERT INTO log_entry (kind, at, epoch, counter, leaf) VALUES ('log.read', now(), gen_random_uuid(), 1, ${FORGED})`, { kind: 'never-sequenced' }],
  ['two leaves exchanged', swap('log_entry', 'id', 'leaf', at(14), at(16)), { kind: 'reordered', index: 14, other: 16 }],
  ['two leaves exchanged over a checkpoint', swap('log_entry', 'id', 'leaf', at(14), at(24)), { kind: 'reordered', index: 14, other: 24 }],
  ['two entries exchanged whole', swap('log_entry', 'id', 'leaf, kind, at, epoch, counter, site_id, intake_id', at(14), at(16)), { kind: 'reordered', index: 14, other: 16 }],
  ['a leaf made longer than any', entry(`leaf = leaf || repeat(' ', 50000000)`), { kind: 'leaf-changed', index: 15 }],
  ['a leaf copied over another', entry(`leaf = (SELECT leaf FROM log_entry WHERE id = ${at(12)})`), { kind: 'duplicated', index: 15 }],
  ['all entries truncated', 'TRUNCATE log_entry', { kind: 'removed', index: 0 }],
  ['the entries of an older copy', (one) => one.bringBack('older', ['log_entry']), { kind: 'removed', index: 21 }],
];

const PARTS: readonly Case[] = [
  ['an actor edited into one that no entry has', part(`actor = '{"name":"Pat Example"}'`), { kind: 'part-changed', part: 'actor', index: 15 }],
  ['an actor edited', part(`actor = '{"system":"run"}'`), { kind: 'part-or-salt-changed', part: 'actor', index: 15 }],
  ['a subject edited', part(`subject = replace(subject, 'contact.phone', 'contact.email')`), { kind: 'part-or-salt-changed', part: 'subject', index: 15 }],
  ['a context edited', part(`context = replace(context, 'prepare', 'review')`), { kind: 'part-or-salt-changed', part: 'context', index: 15 }],
  ['a context made longer than any', part(`context = repeat('x', 50000000)`), { kind: 'part-changed', part: 'context', index: 15 }],
  ['two parts exchanged', swap('log_part', 'entry_id', 'context', at(15), at(17)), { kind: 'part-or-salt-changed', part: 'context', index: 15 }],
  ['two rows of parts exchanged', swap('log_part', 'entry_id', 'actor, actor_salt, subject, subject_salt, context, context_salt', at(15), at(17)), { kind: 'part-or-salt-changed', index: 15 }],
  ['a salt edited', part('actor_salt = sha256(actor_salt)'), { kind: 'part-or-salt-changed', part: 'actor', index: 15 }],
  ['a salt cut short', part('subject_salt = substr(subject_salt, 1, 31)'), { kind: 'salt-changed', part: 'subject', index: 15 }],
  ['a salt lengthened', part(`context_salt = context_salt || '\\x00'`), { kind: 'salt-changed', part: 'context', index: 15 }],
  ['a byte moved from a part into its salt', part(`actor_salt = actor_salt || convert_to(substr(actor, 1, 1), 'UTF8'), actor = substr(actor, 2)`), { kind: 'part-changed', part: 'actor', index: 15 }],
  ['a salt copied from another part', part('actor_salt = subject_salt'), { kind: 'salt-changed', part: 'actor', index: 15 }],
  ['two salts exchanged', part('actor_salt = subject_salt, subject_salt = actor_salt'), { kind: 'part-or-salt-changed', part: 'actor', index: 15 }],
  ['parts deleted with their salts', `DELETE FROM log_part WHERE entry_id = ${at(15)}`, { kind: 'parts-gone', index: 15 }],
  ['a site of parts edited', part('site_id = gen_random_uuid()'), { kind: 'filed-elsewhere', index: 15 }],
  ['a site of parts taken away', part('site_id = NULL'), { kind: 'filed-elsewhere', index: 15 }],
  ['a site given to parts that have none', part('site_id = gen_random_uuid()', 0), { kind: 'filed-elsewhere', index: 0 }],
  ['parts of no entry inserted', `INSERT INTO log_part SELECT 999999, site_id, actor, actor_salt, subject, subject_salt, context, context_salt FROM log_part LIMIT 1`, { kind: 'parts-without-entry', entryId: 999999 }],
];

const filter = (set: string, index = 15): string => `UPDATE log_filter SET ${set} WHERE entry_id = ${at(index)}`;
const FILTERS: readonly Case[] = [
  ['a member taken away', filter('member = NULL'), { kind: 'filter-changed', index: 15 }],
  ['another member', filter('member = gen_random_uuid()'), { kind: 'filter-changed', index: 15 }],
  ['a purpose edited', filter(`purpose = 'print'`), { kind: 'filter-changed', index: 15 }],
  ['another list of fields', filter('named = gen_random_uuid()'), { kind: 'filter-changed', index: 15 }],
  ['a list of intakes added', filter('several = ARRAY[gen_random_uuid(), gen_random_uuid()]'), { kind: 'filter-changed', index: 15 }],
  ['a kind edited', filter(`kind = 'log.read'`), { kind: 'filter-changed', index: 15 }],
  ['a time edited', filter(`at = at + interval '1 day'`), { kind: 'filter-changed', index: 15 }],
  ['a site edited', filter('site_id = gen_random_uuid()'), { kind: 'filter-changed', index: 15 }],
  ['an intake edited', filter('intake_id = gen_random_uuid()'), { kind: 'filter-changed', index: 15 }],
  ['two rows exchanged', swap('log_filter', 'entry_id', 'intake_id', at(15), at(17)), { kind: 'filter-changed', index: 15 }],
  ['a row deleted', `DELETE FROM log_filter WHERE entry_id = ${at(15)}`, { kind: 'filter-changed', index: 15 }],
  ['all rows truncated', 'TRUNCATE log_filter', { kind: 'filter-changed', index: 0 }],
  ['a row of no entry inserted', `INSERT INTO log_filter (entry_id, at, kind) VALUES (999999, now(), 'log.read')`, { kind: 'filter-without-entry', entryId: 999999 }],
  ['a row of one that waits inserted', `INSERT INTO log_filter SELECT t.* FROM log_entry_terms t JOIN log_pending p ON p.entry_id = t.entry_id`, { kind: 'filter-without-entry' }],
];

const INDEX: readonly Case[] = [
  ['a hash edited', row(`leaf_hash = ${OTHER_HASH}`), { kind: 'hash-changed', index: 15 }],
  ['a hash cut short', row('leaf_hash = substr(leaf_hash, 1, 31)'), { kind: 'hash-changed', index: 15 }],
  ['a hash edited, not signed yet', row(`leaf_hash = ${OTHER_HASH}`, 41), { kind: 'hash-changed', index: 41 }],
  ['two hashes exchanged', swap('log_index', 'index', 'leaf_hash', '14', '16'), { kind: 'reordered', index: 14, other: 16 }],
  ['two entries exchanged', `UPDATE log_index SET entry_id = -index WHERE index IN (14, 16); ${[14, 16].map((i) => `UPDATE log_index SET entry_id = (SELECT entry_id FROM untouched_log_index WHERE index = ${30 - i}) WHERE index = ${i}`).join('; ')}`, { kind: 'reordered', index: 14, other: 16 }],
  ['two rows exchanged whole', 'UPDATE log_index SET index = -14 WHERE index = 14; UPDATE log_index SET index = 14 WHERE index = 16; UPDATE log_index SET index = 16 WHERE index = -14', { kind: 'reordered', index: 14 }],
  ['a leaf and its hash edited', `${entry(`leaf = replace(leaf, '"v":1', '"v":2')`)}; ${rehash}`, { kind: 'changed', from: 11, to: 21 }],
  ['a subject made one that cannot be read, and leaf and hash after it', `${part(`subject = 'x'`)}; ${entry(`leaf = regexp_replace(leaf, '"subject":"[^"]*"', '"subject":"' || ${committed} || '"')`)}; ${rehash}`, { kind: 'changed', from: 11, to: 21 }],
  ['a row deleted', 'DELETE FROM log_index WHERE index = 15', { kind: 'removed', index: 15 }],
  ['an entry deleted with its row and parts', without(15), { kind: 'removed', index: 15 }],
  ['the same, and the gap closed', `${without(15)}; ${closeUp}`, { kind: 'counter-missing', from: 14, to: 15, severity: 'certain' }],
  ['a row added at the end', `INSERT INTO log_index VALUES (43, 999999, '\\x${'00'.repeat(32)}')`, { kind: 'added', index: 43 }],
  ['the end cut off', 'DELETE FROM log_index WHERE index >= 35', { kind: 'truncated', index: 35, size: 43 }],
  ['all rows truncated', 'TRUNCATE log_index', { kind: 'truncated', index: 0, size: 43 }],
  ['the index of an older copy', (one) => one.bringBack('older', ['log_index']), { kind: 'truncated', index: 21, size: 43 }],
];

const HEAD: readonly Case[] = [
  ['a frontier edited', `UPDATE log_head SET frontier = set_byte(frontier, 40, (get_byte(frontier, 40) + 1) % 256)`, { kind: 'head-differs', size: 43 }],
  ['a frontier cut short', `UPDATE log_head SET frontier = substr(frontier, 33)`, { kind: 'head-differs', size: 43 }],
  ['a size edited', 'UPDATE log_head SET size = 30', { kind: 'head-differs', size: 30 }],
  ['the head deleted', 'DELETE FROM log_head', { kind: 'head-differs' }],
  ['the head of an older copy', (one) => one.bringBack('older', ['log_head']), { kind: 'head-differs', size: 21 }],
];

const CHECKPOINTS: readonly Case[] = [
  ['a root edited', `UPDATE log_checkpoint SET note = regexp_replace(note, E'\\n21\\n.', E'\\n21\\n' || CASE WHEN note ~ E'\\n21\\nz' THEN 'y' ELSE 'z' END) WHERE size = 21`, { kind: 'bad-signature', size: 21 }],
  ['a size edited', 'UPDATE log_checkpoint SET size = 20 WHERE size = 21', { kind: 'checkpoint-misplaced', size: 20 }],
  ['two exchanged', swap('log_checkpoint', 'size', 'note', '11', '21'), { kind: 'checkpoint-misplaced', size: 11 }],
  ['a time that is none', `UPDATE log_checkpoint SET signed_at = 'infinity'; UPDATE log_head SET size = 30`, { kind: 'head-differs' }],
  ['one that is none', `UPDATE log_checkpoint SET note = 'signed' WHERE size = 21`, { kind: 'checkpoint-malformed', size: 21 }],
  ['one inserted', `INSERT INTO log_checkpoint SELECT origin, 25, note, signed_at FROM log_checkpoint WHERE size = 21`, { kind: 'checkpoint-misplaced', size: 25 }],
  ['the newest deleted', 'DELETE FROM log_checkpoint WHERE size = 41', { kind: 'checkpoint-missing', size: 41 }],
  ['an older one deleted', 'DELETE FROM log_checkpoint WHERE size = 21', { kind: 'checkpoints-missing', count: 1 }],
  ['the oldest ones deleted', 'DELETE FROM log_checkpoint WHERE size < 31', { kind: 'checkpoints-missing', count: 2 }],
  ['the time of one', `UPDATE log_checkpoint SET signed_at = signed_at + interval '1 microsecond' WHERE size = 11`, { kind: 'recorded-differs' }],
  ['the times of two exchanged', swap('log_checkpoint', 'size', 'signed_at', '11', '21'), { kind: 'recorded-differs' }],
  ['when the log began', `UPDATE log_origin SET started_at = started_at + interval '50 years'`, { kind: 'recorded-differs' }],
  ['when its key began', `UPDATE log_key SET started_at = 'infinity'`, { kind: 'recorded-differs' }],
  ['all truncated', 'TRUNCATE log_checkpoint CASCADE', { kind: 'checkpoint-missing', size: 41 }],
  ['those of an older copy', (one) => one.bringBack('older', ['log_checkpoint']), { kind: 'checkpoint-missing', size: 41 }],
  ['the first key taken out of the list', 'DELETE FROM log_key', { kind: 'key-missing' }],
  ['another key handed out', `UPDATE log_origin SET vkey = replace(vkey, '+', '+0')`, { kind: 'wrong-key' }],
];

const PENDING: readonly Case[] = [
  ['a row edited', 'UPDATE log_pending SET entry_id = 999999', { kind: 'pending-without-entry', entryId: 999999 }],
  ['a row deleted', 'DELETE FROM log_pending', { kind: 'never-sequenced' }],
  ['a row inserted for an entry of the tree', `INSERT INTO log_pending (entry_id) SELECT ${at(15)}`, { kind: 'pending-again', index: 15 }],
  ['a row inserted for none', 'INSERT INTO log_pending (entry_id) VALUES (999999)', { kind: 'pending-without-entry' }],
  [
    'an entry removed before it was sequenced, and others written long after',
    async (one) => {
      await one.sql(`DELETE FROM log_part WHERE entry_id IN (SELECT entry_id FROM log_pending); DELETE FROM log_entry WHERE id IN (SELECT entry_id FROM log_pending); DELETE FROM log_pending`);
      await one.appendOne();
      one.fixture.clock.setTo(new Date('2027-03-01T17:00:00Z'));
      await one.appendOne();
      await one.fixture.sequencer.drain();
    },
    { kind: 'counter-missing', from: 42, to: 43, severity: 'certain' },
  ],
];

/** Numbers that no log of ours comes near: all of it is looked at in the end, and nothing takes longer for them. */
const FAR = [1e12, 2 ** 53 - 1, '9007199254740993', '9223372036854775807', '-9223372036854775808'] as const;
const FAR_AWAY: readonly Case[] = FAR.flatMap((far): Case[] => [
  [`a row of the index moved to ${far}`, row(`index = ${far}`), Number(far) < 0 ? { kind: 'added' } : { kind: 'removed', index: 15 }],
  [`the last row of the index moved to ${far}`, row(`index = ${far}`, 42), Number(far) < 0 ? { kind: 'added' } : { kind: 'removed', index: 42 }],
  [`a row of the index added at ${far}`, `INSERT INTO log_index VALUES (${far}, 999999, '\\x${'00'.repeat(32)}')`, { kind: 'added' }],
  [
    `an entry added at ${far}`,
    `INSERT INTO log_entry (id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE SELECT ${far}, kind, at, epoch, counter + 1000, leaf FROM log_entry WHERE id = ${at(15)}`,
    { kind: 'never-sequenced' },
  ],
  [`the entry of a row made ${far}`, row(`entry_id = ${far}`), { kind: 'removed', index: 15 }],
  [`parts moved to ${far}`, part(`entry_id = ${far}`), { kind: 'parts-gone', index: 15 }],
  [`parts added at ${far}`, `INSERT INTO log_part SELECT ${far}, site_id, actor, actor_salt, subject, subject_salt, context, context_salt FROM log_part LIMIT 1`, { kind: 'parts-without-entry' }],
  [`what lists go by moved to ${far}`, filter(`entry_id = ${far}`), { kind: 'filter-changed', index: 15 }],
  [`a pending row moved to ${far}`, `UPDATE log_pending SET entry_id = ${far}`, { kind: 'pending-without-entry' }],
  [`the head's size made ${far}`, `UPDATE log_head SET size = ${far}`, Number(far) < 0 ? { kind: 'head-differs' } : { kind: 'truncated', index: 43 }],
  [`a counter made ${far}`, entry(`counter = ${far}`), { kind: 'columns-changed', index: 15 }],
  [`a checkpoint moved to ${far}`, `UPDATE log_checkpoint SET size = ${far} WHERE size = 21`, { kind: 'checkpoint-misplaced' }],
]);

const state = (change: (text: string) => string) => async (one: TamperedLog) => writeFileSync(one.file(STATE), change(one.readState(STATE)));
const SIGNER: readonly Case[] = [
  ['a size edited', state((text) => text.replace('"size":41', '"size":37')), { kind: 'state-differs' }],
  ['a frontier edited', state((text) => text.replace(/(?<="frontier":")./, another)), { kind: 'state-differs' }],
  ['a root edited', state((text) => text.replace(/(?<=\\n41\\n)./, another)), { kind: 'bad-signature', name: 'signer' }],
  ['deleted', async (one) => rmSync(one.file(STATE)), { kind: 'state-differs', size: 41 }],
  ['an older copy put back', async (one) => writeFileSync(one.file(STATE), one.readState('older.json')), { kind: 'state-differs', size: 41 }],
  ['that of a log that was never named', state((text) => text.replace(/(?<="note":").*?(?=")/, '').replace(/(?<="size":)\d+/, '0').replace(/(?<="frontier":").*?(?=")/, '').replace(/(?<=thinfile.)./g, another)), { kind: 'state-differs', size: 41 }],
  ['cut short', state((text) => text.slice(0, 40)), { kind: 'state-differs', fault: 'LOG_STATE_MISSING' }],
];

/** What a restore of the whole database does, or somebody who hides what came after it. */
const OLDER: readonly Case[] = [
  ['the whole database of an older copy', (one) => one.bringBack('older'), { kind: 'rolled-back', index: 21, size: 41, name: 'signer' }],
  [
    'the same, and grown past what was signed',
    async (one) => {
      await one.bringBack('older');
      for (let i = 0; i < 25; i++) await one.appendOne();
      await one.fixture.sequencer.drain();
    },
    { kind: 'forked', size: 41, name: 'signer' },
  ],
];

describe.each([
  ['entries', ENTRIES], ['parts and salts', PARTS], ['what lists go by', FILTERS], ['the index', INDEX], ['the head', HEAD], ['checkpoints', CHECKPOINTS], ['pending rows', PENDING], ['what lies far away', FAR_AWAY], ['the signer’s memory', SIGNER], ['an older copy', OLDER],
])('in %s', (_where, cases) => {
  it.each(cases)('%s: found by its name', async (_what, how, first) => {
    if (typeof how === 'string') await log.sql(how);
    else await how(log);
    const [found] = await log.found();
    expect(found).toMatchObject(first);
  });
});

describe('a log that nobody touched', () => {
  it('is found good', async () => {
    const verified = await log.verify([await log.checkpoint(21)]);
    expect(verified).toMatchObject({ findings: [], entries: 43, withParts: 43, pending: 1, signed: { size: 41 }, checkpoints: 5 });
  });

  it('is not good by another key', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    expect((await log.verify([], verifierKey('other', publicKey))).findings[0]).toMatchObject({ kind: 'wrong-key' });
  });

  it('is found rolled back by a kept checkpoint alone, where the signer’s memory was taken back too', async () => {
    await log.bringBack('older');
    writeFileSync(log.file(STATE), log.readState('older.json'));
    expect(await log.found()).toEqual([]);
    expect(await log.found([await log.checkpoint(31)])).toMatchObject([{ kind: 'rolled-back', index: 21, size: 31, name: 'kept' }]);
  });
});
