import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { prunePage, type PrunedPage } from '../../../src/audit/prune-parts.js';
import { SigningKey } from '../../../src/audit/signing-key.js';
import type { Finding } from '../../../src/audit/verify/finding.js';
import type { RecordsTx } from '../../../src/platform/records-tx.js';
import { findingsOf, logFixture, type LogFixture } from '../log-fixture.js';

const ELSEWHERE = randomUUID();
const DAY = '2022-10-01';
const TABLES = ['log_entry', 'log_part', 'log_filter', 'log_pending', 'log_index', 'log_head'];

let log: LogFixture;

/** Ten readings of 2022, the first five of which were pruned in 2025; then the owner of the database goes to work. */
beforeAll(async () => {
  log = await logFixture();
  const { clock, signer, sequencer, databases } = log;
  clock.setTo(new Date('2022-03-01T15:00:00Z'));
  await signer.sign(); // names the log, which is its first entry
  await log.write(5);
  clock.setTo(new Date('2022-11-01T15:00:00Z'));
  await log.write(5);
  await sequencer.drain();
  clock.setTo(new Date('2025-06-01T12:00:00Z'));
  await databases.records.acrossSites(async (tx) => {
    const { pruned: entries, bundles } = await pruned(tx);
    await log.log.append(tx, { kind: 'log.pruned', actor: { system: 'run' }, subject: {}, context: { day: DAY, counts: { entries }, bundles } });
  });
  await sequencer.drain();
  await signer.sign();
  for (const table of TABLES) await sql(`CREATE TABLE kept_${table} AS TABLE ${table}`);
});
afterAll(() => log.databases.close());
afterEach(async () => {
  await sql(`TRUNCATE ${TABLES.join(', ')} CASCADE`);
  for (const table of TABLES) await sql(`INSERT INTO ${table} ${table === 'log_entry' ? 'OVERRIDING SYSTEM VALUE' : ''} SELECT * FROM kept_${table}`);
});

const sql = (text: string, parameters?: unknown[]) => log.databases.recordsOwner(text, parameters);
const found = (): Promise<readonly Finding[]> => findingsOf(log, SigningKey.read(log.secrets).verifier('x'));
const SAYS_SO = `(SELECT max(id) FROM log_entry WHERE kind = 'log.pruned')`;

function pruned(tx: RecordsTx, after = 0): Promise<PrunedPage> {
  const over = new Date(`${DAY}T00:00:00Z`);
  return prunePage(tx, after, { entriesBefore: over, certificatesBefore: over }, { sites: [], intakes: [] });
}

/** Of 2022, at a place that no tree has. */
async function placed(id: string, index: string): Promise<void> {
  await sql(`INSERT INTO log_entry (id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE VALUES (${id}, 'signed-out', '2022-03-01', gen_random_uuid(), 1, '{}')`);
  await sql(`INSERT INTO log_index VALUES (${index}, ${id}, sha256('x'))`);
  await sql(`INSERT INTO log_part (entry_id, actor, actor_salt, subject, subject_salt, context, context_salt) VALUES (${id}, '{}', 'a', '{}', 'b', '{}', 'c')`);
}

describe('pruning a log that the owner of the database put rows into', () => {
  it.each([['9007199254740994', '1000'], ['9223372036854775807', '1000']])('goes on where an id is beyond all numbers: %s', async (id, index) => {
    await placed(id, index);
    expect(await log.databases.records.acrossSites((tx) => pruned(tx))).toMatchObject({ last: undefined, pruned: 1 });
  });

  it.each(['-5', '-300', '9223372036854775807'])('tells of no bundle for what stands at %s, where the tree has none', async (index) => {
    await placed('90000', index);
    expect(await log.databases.records.acrossSites((tx) => pruned(tx))).toMatchObject({ pruned: 1, bundles: [] });
  });
});

describe('what was pruned', () => {
  it('is as pruning left it', async () => {
    expect(await found()).toEqual([]);
  });

  it.each<readonly [string, string, Partial<Finding>]>([
    ['a column', `UPDATE log_entry SET counter = counter + 7 WHERE id = ${SAYS_SO}`, { kind: 'columns-changed' }],
    ['what it is filed under', `UPDATE log_entry SET intake_id = '${ELSEWHERE}' WHERE id = ${SAYS_SO}`, { kind: 'filed-elsewhere' }],
    ['who did it', `UPDATE log_part SET actor = '{"system":"command"}' WHERE entry_id = ${SAYS_SO}`, { kind: 'part-or-salt-changed', part: 'actor' }],
  ])('is still compared with the entry that tells of it where something else of that was changed: %s', async (_what, change, named) => {
    await sql(change);
    expect(await found()).toEqual([{ ...named, index: 11, entryId: expect.any(Number) }]);
    await moved();
    expect((await found()).map(({ kind }) => kind)).toEqual(['pruned-differs', named.kind]);
  });

  it('is compared by its rows, and by no function of the database, which its owner can replace', async () => {
    await moved();
    const functions = await sql(`SELECT p.oid::regprocedure::text AS name, p.proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')`);
    try {
      for (const { name, proname } of functions) await sql(`ALTER FUNCTION ${name as string} RENAME TO "away ${proname as string}"`);
      expect((await found()).map(({ kind }) => kind)).toEqual(['pruned-differs']);
    } finally {
      for (const { name } of await sql(`SELECT oid::regprocedure::text AS name FROM pg_proc WHERE proname LIKE 'away %'`)) await sql(`ALTER FUNCTION ${name as string} RENAME TO ${/away (\w+)/.exec(name as string)![1]!}`);
    }
  });

  /** An entry without parts, in all that says so. */
  async function moved(): Promise<void> {
    for (const [table, id] of [['log_entry', 'id'], ['log_filter', 'entry_id']]) await sql(`UPDATE ${table} SET intake_id = '${ELSEWHERE}' WHERE ${id} = (SELECT entry_id FROM log_index WHERE index = 3)`);
  }
});
