import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { logKeys } from '../../src/audit/log-keys.js';
import { microseconds, recordedIn, withRow } from '../../src/audit/recorded.js';
import { SignerStateFile } from '../../src/audit/signer-state.js';
import { parseVerifierKey } from '../../src/audit/verifier-key.js';
import type { Finding } from '../../src/audit/verify/finding.js';
import { changeLogKey, findingsOf, growLog, logFixture, type LogFixture } from './log-fixture.js';

describe('what the signer has recorded in the database', () => {
  let fixture: LogFixture;
  let file: SignerStateFile;
  beforeEach(async () => {
    fixture = await logFixture();
    file = new SignerStateFile(fixture.secrets);
    await grow();
  });
  afterEach(() => fixture.databases.close());

  const sql = <Row extends Record<string, unknown>>(text: string) => fixture.databases.recordsOwner<Row>(text);

  const grow = () => growLog(fixture);
  const changeKey = () => changeLogKey(fixture);

  async function found(): Promise<readonly Finding[]> {
    const [newest] = await fixture.databases.records.acrossSites((tx) => logKeys(tx));
    return findingsOf(fixture, parseVerifierKey(newest!.vkey)!);
  }

  it('is what is there after changes of the key, and after the log was started anew', async () => {
    for (const step of [changeKey, changeKey, () => fixture.signer.restart(), grow, changeKey]) {
      await step();
      expect(await found()).toEqual([]);
    }
  });

  it('has the times of keys, of every name', async () => {
    await changeKey();
    await fixture.signer.restart();
    await changeKey();
    const rows = await sql<{ vkey: string }>('SELECT vkey FROM log_key');
    expect(rows).toHaveLength(4);
    for (const { vkey } of rows) {
      await sql(`UPDATE log_key SET started_at = started_at + interval '1 year' WHERE vkey = '${vkey}'`);
      expect([vkey, await found()]).toEqual([vkey, [{ kind: 'recorded-differs' }]]);
      await sql(`UPDATE log_key SET started_at = started_at - interval '1 year' WHERE vkey = '${vkey}'`);
    }
    expect(await found()).toEqual([]);
  });

  it('leads to the keys of before where the database does not any more', async () => {
    await changeKey();
    await changeKey();
    const [{ size }] = (await sql<{ size: number }>('SELECT from_size AS size FROM log_key WHERE number = 2')) as [{ size: number }];
    const key = `log_key WHERE from_size = ${size}`;
    await sql(`CREATE TABLE kept AS SELECT * FROM ${key}`);
    await sql(`DELETE FROM ${key}`);
    expect(await found()).toEqual([{ kind: 'recorded-differs' }]);
    await sql('INSERT INTO log_key SELECT * FROM kept');
    await sql(`DELETE FROM log_checkpoint WHERE size = ${size}`);
    expect(await found()).toEqual([{ kind: 'checkpoints-missing', count: 1 }]);
  });

  it('has the order of names', async () => {
    await fixture.signer.restart();
    await fixture.signer.restart();
    await grow();
    await sql('ALTER TABLE log_origin ALTER number DROP IDENTITY; UPDATE log_origin SET number = -number WHERE number < 3; UPDATE log_origin SET number = number + 3 WHERE number < 0');
    expect(await found()).toEqual([{ kind: 'recorded-differs' }]);
  });

  it('is all that was there before, where the memory is of a version that recorded nothing', async () => {
    const { recorded: _recorded, ...old } = file.read()!;
    file.write(old);
    await changeKey();
    expect(await found()).toEqual([]);
    await sql('DELETE FROM log_checkpoint WHERE size = (SELECT min(size) FROM log_checkpoint)');
    expect(await found()).toEqual([{ kind: 'checkpoints-missing', count: 1 }]);
  });

  it.each([
    ['before more was signed', 0],
    ['before the key was changed', 1],
  ])('is all that is there, where an older copy of the memory was brought back, of %s', async (_when, changes) => {
    const older = file.read()!;
    for (let change = 0; change < changes; change++) await changeKey();
    await grow();
    file.write(older);
    expect(await found()).toMatchObject([{ kind: 'state-differs' }]);
    fixture.clock.setTo(new Date(fixture.clock.now().getTime() + 60_000));
    await fixture.signer.sign();
    expect(await found()).toEqual([]);
    await grow();
    expect(await found()).toEqual([]);
    await sql('DELETE FROM log_checkpoint WHERE size = (SELECT min(size) FROM log_checkpoint)');
    expect(await found()).toEqual([{ kind: 'checkpoints-missing', count: 1 }]);
  });

  it('is not begun again for a newer checkpoint that the signer has not signed', async () => {
    await grow();
    await sql('DELETE FROM log_checkpoint WHERE size = (SELECT min(size) FROM log_checkpoint)');
    const [forged] = await sql<{ note: string }>("INSERT INTO log_checkpoint SELECT origin, 1000, replace(note, E'\\n' || size || E'\\n', E'\\n1000\\n'), now() FROM log_checkpoint RETURNING note");
    expect(forged!.note).toContain('\n1000\n');
    await grow();
    await sql('DELETE FROM log_checkpoint WHERE size = 1000');
    expect(await found()).toEqual([{ kind: 'checkpoints-missing', count: 1 }]);
  });

  it('comes out alike of more checkpoints than are read at once, with keys between them', async () => {
    const origin = `thinfile/${'1'.repeat(32)}`;
    const start = new Date('2030-01-01T00:00:00Z').getTime();
    const at = (size: number) => microseconds(new Date(start + size * 1_001));
    const SIZES = Array.from({ length: 2_500 }, (_, n) => 2 * n + 2);
    const KEYS = [0, 700, 4_000, 5_000];
    const [first] = KEYS;
    await sql(`INSERT INTO log_origin (origin, vkey, started_at) VALUES ('${origin}', 'key 0', '2030-01-01T00:00:00Z')`);
    await sql(`INSERT INTO log_key SELECT '${origin}', n, 'key ' || size, size, '2030-01-01T00:00:00Z'::timestamptz + size * interval '1.001 s' FROM unnest('{${KEYS.join()}}'::int[]) WITH ORDINALITY AS k (size, n)`);
    await sql(`INSERT INTO log_checkpoint SELECT '${origin}', 2 * n, 'note ' || n, '2030-01-01T00:00:00Z'::timestamptz + 2 * n * interval '1.001 s' FROM generate_series(1, 2500) n`);
    const [before] = await sql<{ origin: string }>('SELECT origin FROM log_origin ORDER BY number LIMIT 1');
    const { records } = fixture.databases;
    for (const upTo of [0, 1, 700, 701, 4_999, 5_000, 9_999]) {
      let expected = (await records.acrossSites((tx) => recordedIn(tx, { origin: before!.origin, size: Number.MAX_SAFE_INTEGER })))!;
      expected = withRow(withRow(expected, { kind: 'name', origin, vkey: 'key 0', at: at(0) }), { kind: 'key', origin, vkey: 'key 0', from: first!, at: at(0) });
      for (const size of SIZES.filter((one) => one <= upTo)) {
        expected = withRow(expected, { kind: 'checkpoint', origin, size, note: `note ${size / 2}`, at: at(size) });
        if (KEYS.includes(size)) expected = withRow(expected, { kind: 'key', origin, vkey: `key ${size}`, from: size, at: at(size) });
      }
      expect([upTo, await records.acrossSites((tx) => recordedIn(tx, { origin, size: upTo }))]).toEqual([upTo, expected]);
    }
    expect(await records.acrossSites((tx) => recordedIn(tx, { origin: 'thinfile/of-nobody', size: 1 }))).toBeUndefined();
  });

  it('is read page by page, and none of it over again for each', async () => {
    const [few, many] = [4_000, 16_000];
    const { records } = fixture.databases;
    const [{ origin }] = (await sql<{ origin: string }>('SELECT origin FROM log_origin')) as [{ origin: string }];
    await sql(`INSERT INTO log_checkpoint SELECT '${origin}', n, repeat('x', 200), now() FROM generate_series(10, ${many}) n`);
    await sql('VACUUM ANALYZE log_checkpoint');
    const touched = async () => Number((await sql<{ pages: string }>('SELECT blks_hit + blks_read AS pages FROM pg_stat_database WHERE datname = current_database()'))[0]!.pages);
    const pagesOf = async (size: number): Promise<number> => {
      const before = await touched();
      await records.acrossSites(async (tx) => {
        await tx.query('SELECT pg_stat_force_next_flush()');
        await recordedIn(tx, { origin, size });
      });
      return (await touched()) - before;
    };
    await pagesOf(few);
    expect(await pagesOf(many)).toBeLessThan(8 * (await pagesOf(few)));
  });
});
