import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseVerifierKey } from '../../../src/audit/verifier-key.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import { logFixture, reading, type LogFixture } from '../log-fixture.js';

let fixture: LogFixture;
beforeAll(async () => (fixture = await logFixture()));
afterAll(() => fixture.databases.close());

const findings = async () => {
  const [{ vkey }] = (await fixture.databases.recordsOwner('SELECT vkey FROM log_origin')) as [{ vkey: string }];
  return (await verifyStoredLog(fixture.databases.records, { key: parseVerifierKey(vkey)!, signer: undefined, kept: [], now: fixture.clock.now() }, () => undefined)).findings;
};

/** Appends an entry whose transaction commits after so many others have their places. */
async function commitsAfter(others: number): Promise<void> {
  const { databases, site, log, sequencer, write } = fixture;
  await databases.records.inSite(site, async (tx) => {
    await log.append(tx, reading(site));
    await write(others);
    await sequencer.drain();
  });
  await sequencer.drain();
}

it('entries that committed late are gone through at their places, and what is gone between them is named', async () => {
  const { databases, sequencer, signer, write } = fixture;
  await signer.sign(); // names the log
  for (const others of [3, 1, 4]) {
    await commitsAfter(others);
    await write(1);
  }
  await sequencer.drain();
  await signer.sign();
  const places = await databases.recordsOwner<{ index: number; entry_id: number }>('SELECT index, entry_id FROM log_index ORDER BY index');
  expect(places.filter(({ entry_id: id }, at) => at > 0 && id < places[at - 1]!.entry_id)).toHaveLength(3);
  expect(await findings()).toEqual([]);

  const late = places.findIndex(({ entry_id: id }, at) => at > 0 && id < places[at - 1]!.entry_id);
  await databases.recordsOwner('DELETE FROM log_index WHERE index = $1', [late - 1]);
  await databases.recordsOwner(`UPDATE log_part SET context = context || ' ' WHERE entry_id = $1`, [places[late + 5]!.entry_id]);
  const named = (await findings()).map(({ kind, index }) => [kind, index]);
  expect(named).toEqual(expect.arrayContaining([['removed', late - 1], ['part-changed', late + 5]]));
});

it('entries of which something is there twice are named, where the owner of the database has taken away what refuses that', async () => {
  const { recordsOwner } = fixture.databases;
  await recordsOwner('ALTER TABLE log_part DROP CONSTRAINT log_part_pk');
  const before = await findings();
  const places = await recordsOwner<{ index: number; entry_id: number }>('SELECT index, entry_id FROM log_index ORDER BY index');
  for (const { index, entry_id: id } of [places[1]!, places.at(-3)!, places.at(-1)!]) {
    await recordsOwner('CREATE TABLE other AS SELECT * FROM log_part WHERE entry_id = $1', [id]);
    await recordsOwner(`UPDATE other SET context = '{"purpose":"print"}'`);
    await recordsOwner('INSERT INTO log_part TABLE other');
    expect(await findings()).toEqual(expect.arrayContaining([expect.objectContaining({ kind: 'duplicated', index })]));
    await recordsOwner('DELETE FROM log_part WHERE entry_id = $1 AND ctid <> (SELECT min(ctid) FROM log_part WHERE entry_id = $1)', [id]);
    await recordsOwner('DROP TABLE other');
  }
  expect(await findings()).toEqual(before);
});
