import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SigningKey } from '../../../src/audit/signing-key.js';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { findingsOf, logFixture, type LogFixture } from '../log-fixture.js';
import { keepLog, pruneOn, prunedBefore } from './pruned-fixture.js';

const ELSEWHERE = randomUUID();
const DAY = '2022-10-01';

let log: LogFixture;
let bringBack: () => Promise<void>;

/** Ten readings of 2022, the first five of which were pruned in 2025; then the owner of the database goes to work. */
beforeAll(async () => {
  log = await logFixture();
  const { clock, signer, sequencer } = log;
  clock.setTo(new Date('2022-03-01T15:00:00Z'));
  await signer.sign(); // names the log, which is its first entry
  await log.write(5);
  clock.setTo(new Date('2022-11-01T15:00:00Z'));
  await log.write(5);
  await sequencer.drain();
  await pruneOn(log, new Date('2025-06-01T12:00:00Z'), DAY);
  bringBack = await keepLog(log);
});
afterAll(() => log.databases.close());
afterEach(() => bringBack());

const sql = (text: string, parameters?: unknown[]) => log.databases.recordsOwner(text, parameters);
const found = (): Promise<readonly Finding[]> => findingsOf(log, SigningKey.read(log.secrets).verifier('x'));
const SAYS_SO = `(SELECT max(id) FROM log_entry WHERE kind = 'log.pruned')`;

/** Of 2022, at a place that no tree has. */
async function placed(id: string, index: string): Promise<void> {
  await sql(`INSERT INTO log_entry (id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE VALUES (${id}, 'signed-out', '2022-03-01', gen_random_uuid(), 1, '{}')`);
  await sql(`INSERT INTO log_index VALUES (${index}, ${id}, sha256('x'))`);
  await sql(`INSERT INTO log_part (entry_id, actor, actor_salt, subject, subject_salt, context, context_salt) VALUES (${id}, '{}', 'a', '{}', 'b', '{}', 'c')`);
}

describe('pruning a log that the owner of the database put rows into', () => {
  it.each([['9007199254740994', '1000'], ['9223372036854775807', '1000']])('goes on where an id is beyond all numbers: %s', async (id, index) => {
    await placed(id, index);
    expect(await log.databases.records.acrossSites((tx) => prunedBefore(tx, DAY))).toMatchObject({ last: undefined, pruned: 1 });
  });

  it.each(['-5', '-300', '9223372036854775807'])('tells of no bundle for what stands at %s, where the tree has none', async (index) => {
    await placed('90000', index);
    expect(await log.databases.records.acrossSites((tx) => prunedBefore(tx, DAY))).toMatchObject({ pruned: 1, bundles: [] });
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
