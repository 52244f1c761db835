import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { catchUpWithTiles } from '../../../src/audit/sequence-entries.js';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { SignerStateFile } from '../../../src/audit/signer-state.js';
import { SigningKey } from '../../../src/audit/signing-key.js';
import { verifyStoredLog } from '../../../src/audit/verify/verify-stored-log.js';
import { logFixture, reading, type LogFixture } from '../log-fixture.js';

const TABLES = ['log_tile', 'log_index', 'log_entry'] as const;

/** Three full tiles and the beginning of a fourth, signed as a whole: between the leaves and the root there is nothing else to go by. */
describe('stored tiles', () => {
  let fixture: LogFixture;
  const sql = (text: string) => fixture.databases.recordsOwner(text);
  const verify = () => {
    const { databases, secrets, clock } = fixture;
    const key = SigningKey.read(secrets).verifier('x');
    return verifyStoredLog(databases.records, { key, signer: new SignerStateFile(secrets), kept: [], now: clock.now() }, () => undefined);
  };

  beforeAll(async () => {
    fixture = await logFixture();
    const { records } = fixture.databases;
    await fixture.signer.sign();
    await records.inSite(fixture.site, (tx) => fixture.log.appendAll(tx, Array.from({ length: 800 }, () => reading(fixture.site))));
    await fixture.sequencer.drain();
    await fixture.signer.sign();
    expect(await sql('SELECT number FROM log_tile WHERE level = 0')).toHaveLength(3);
    for (const table of TABLES) await sql(`CREATE TABLE untouched_${table} AS TABLE ${table}`);
  });
  afterEach(async () => {
    for (const table of TABLES) await sql(`DELETE FROM ${table}`);
    await sql('INSERT INTO log_tile (level, number, hashes) SELECT level, number, hashes FROM untouched_log_tile');
    await sql('INSERT INTO log_index SELECT * FROM untouched_log_index');
    await sql('INSERT INTO log_entry OVERRIDING SYSTEM VALUE SELECT * FROM untouched_log_entry');
  });
  afterAll(() => fixture.databases.close());

  it('are good when nobody touched them', async () => {
    expect(await verify()).toMatchObject({ findings: [], entries: 801 });
  });

  const at = (index: number): string => `(SELECT entry_id FROM log_index WHERE index = ${index})`;
  const exchange = 'UPDATE log_index SET index = -300 WHERE index = 300; UPDATE log_index SET index = 300 WHERE index = 310; UPDATE log_index SET index = 310 WHERE index = -300';
  it.each<readonly [string, string, Partial<Finding>]>([
    ['a hash edited', 'UPDATE log_tile SET hashes = set_byte(hashes, 44 * 32, (get_byte(hashes, 44 * 32) + 1) % 256) WHERE level = 0 AND number = 1', { kind: 'tile-differs', index: 300 }],
    ['two tiles exchanged', 'UPDATE log_tile t SET hashes = o.hashes FROM untouched_log_tile o WHERE t.level = 0 AND o.level = 0 AND t.number + o.number = 1', { kind: 'tile-differs', index: 0 }],
    ['a tile deleted', 'DELETE FROM log_tile WHERE level = 0 AND number = 1', { kind: 'tile-missing', name: 'tile/0/001' }],
    ['the last tile deleted', 'DELETE FROM log_tile WHERE level = 0 AND number = 2', { kind: 'tile-missing', name: 'tile/0/002' }],
    ['a tile inserted', 'INSERT INTO log_tile (level, number, hashes) SELECT 0, 3, hashes FROM log_tile WHERE number = 2', { kind: 'tile-differs', index: 768 }],
    ['a tile of a level that there is not yet', 'INSERT INTO log_tile (level, number, hashes) SELECT 1, 0, hashes FROM log_tile WHERE number = 2', { kind: 'tile-differs', name: 'tile/1/000' }],
    ['good tiles, and a leaf and its hash edited alike', `UPDATE log_entry SET leaf = replace(leaf, '"v":1', '"v":2') WHERE id = ${at(300)}; UPDATE log_index SET leaf_hash = sha256('\\x00'::bytea || convert_to((SELECT leaf FROM log_entry WHERE id = entry_id), 'UTF8')) WHERE index = 300`, { kind: 'leaf-malformed', index: 300 }],
    ['good tiles, and two entries exchanged, rows and all', exchange, { kind: 'reordered', index: 300, other: 310 }],
    ['good tiles, and an index row deleted', 'DELETE FROM log_index WHERE index = 300', { kind: 'removed', index: 300 }],
  ])('with %s are found by their name', async (_what, change, first) => {
    await sql(change);
    expect((await verify()).findings[0]).toMatchObject(first);
  });

  it.each(['number = 1000000000000', 'number = 9007199254740993', 'number = 9223372036854775807', 'number = -9223372036854775808', 'number = -1', 'level = 32767', 'level = -32768'])(
    'of which one was put where no tile is, %s, are found, and the one that is missing there',
    async (far) => {
      await sql(`UPDATE log_tile SET ${far} WHERE level = 0 AND number = 1`);
      const { findings } = await verify();
      expect(findings.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['tile-differs', 'tile-missing']));
      expect(findings).toContainEqual(expect.objectContaining({ kind: 'tile-missing', name: 'tile/0/001' }));
    },
  );

  it('that were all removed are each missed, and the log says that they were stored again', async () => {
    await sql('TRUNCATE log_tile');
    const { findings } = await verify();
    expect(findings.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['000', '001', '002'].map((number) => `tile-missing tile/0/${number}`));
    const { databases, log } = fixture;
    expect(await databases.records.acrossSites((tx) => catchUpWithTiles(tx, log))).toBe('all');
    await fixture.sequencer.drain();
    await fixture.signer.sign();
    expect((await verify()).findings).toEqual([]);
    expect(await sql(`SELECT p.context FROM log_entry e JOIN log_part p ON p.entry_id = e.id WHERE e.kind = 'log.tiles-filled'`)).toEqual([{ context: '{"counts":{"tiles":3}}' }]);
  });
});
