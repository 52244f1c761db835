import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Finding } from '../../../src/audit/verify/finding.js';
import { SigningKey } from '../../../src/audit/signing-key.js';
import { findingsOf, logFixture, reading, type LogFixture } from '../log-fixture.js';

describe('stored tiles, where the owner of the database took away what their table sees to', () => {
  let fixture: LogFixture;
  const sql = (text: string) => fixture.databases.recordsOwner(text);

  beforeAll(async () => {
    fixture = await logFixture();
    const { databases, log, site, sequencer, signer } = fixture;
    await signer.sign();
    await databases.records.inSite(site, (tx) => log.appendAll(tx, Array.from({ length: 800 }, () => reading(site))));
    await sequencer.drain();
    await signer.sign();
    await sql('ALTER TABLE log_tile ALTER root DROP EXPRESSION, ALTER root DROP NOT NULL, ALTER hashes DROP NOT NULL, DROP CONSTRAINT log_tile_pk');
    await sql('CREATE TABLE untouched AS TABLE log_tile');
  });
  beforeEach(async () => {
    await sql('DELETE FROM log_tile');
    await sql('INSERT INTO log_tile SELECT * FROM untouched');
  });
  afterAll(() => fixture.databases.close());

  it.each<readonly [string, string, Partial<Finding>]>([
    ['a root edited', 'UPDATE log_tile SET root = set_byte(root, 0, (get_byte(root, 0) + 1) % 256) WHERE number = 1', { kind: 'tile-differs', name: 'tile/0/001' }],
    ['a root emptied', 'UPDATE log_tile SET root = NULL WHERE number = 2', { kind: 'tile-differs', name: 'tile/0/002' }],
    ['two roots exchanged', 'UPDATE log_tile t SET root = o.root FROM untouched o WHERE t.number + o.number = 1', { kind: 'tile-differs', name: 'tile/0/000' }],
    ['a tile emptied', 'UPDATE log_tile SET hashes = NULL WHERE number = 1', { kind: 'tile-differs', index: 256 }],
    ['a tile doubled', 'INSERT INTO log_tile SELECT * FROM log_tile WHERE number = 1', { kind: 'tile-differs', name: 'tile/0/001' }],
  ])('with %s are found by their name', async (_what, change, first) => {
    await sql(change);
    expect((await found())[0]).toMatchObject(first);
  });

  it('are good when nobody touched them', async () => {
    expect(await found()).toEqual([]);
  });

  const found = (): Promise<readonly Finding[]> => findingsOf(fixture, SigningKey.read(fixture.secrets).verifier('x'));
});
