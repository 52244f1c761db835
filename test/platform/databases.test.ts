import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KeysTx } from '../../src/platform/keys-tx.js';
import { connect } from '../../src/platform/open-databases.js';
import type { RecordsTx } from '../../src/platform/records-tx.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';

const SITE = randomUUID();

let databases: TestDatabases;
beforeAll(async () => {
  databases = await makeDatabases();
  await databases.recordsOwner('CREATE TABLE note (id int CONSTRAINT note_pk PRIMARY KEY, text text)');
  await databases.recordsOwner('GRANT SELECT, INSERT, UPDATE, DELETE ON note TO thinfile_service');
});
afterAll(() => databases.close());

/** Runs work in a transaction and says how it ended for those who wait for the end. */
async function ending(work: (tx: RecordsTx) => Promise<unknown>): Promise<{ heard: string[]; error: unknown }> {
  const heard: string[] = [];
  const transaction = databases.records.inSite(SITE, async (tx) => {
    tx.onCommit(() => heard.push('committed'));
    tx.onRollback(() => heard.push('rolled back'));
    await work(tx);
  });
  return { error: await transaction.then(() => undefined, (error: unknown) => error), heard };
}

describe('a transaction', () => {
  it('tells who waits for its commit, once it has committed', async () => {
    const { heard, error } = await ending(async (tx) => {
      await tx.query('INSERT INTO note VALUES (1)');
      expect(await databases.records.query('SELECT * FROM note WHERE id = 1')).toEqual([]);
    });
    expect({ heard, error }).toEqual({ heard: ['committed'], error: undefined });
    expect(await databases.records.query('SELECT id FROM note WHERE id = 1')).toEqual([{ id: 1 }]);
  });

  it('is rolled back by a throw', async () => {
    const stop = new Error('stop');
    const { heard, error } = await ending(async (tx) => {
      await tx.query('INSERT INTO note VALUES (2)');
      throw stop;
    });
    expect(heard).toEqual(['rolled back']);
    expect(error).toBe(stop);
    expect(await databases.records.query('SELECT * FROM note WHERE id = 2')).toEqual([]);
  });

  it('has not committed when a statement of it failed and the failure was swallowed', async () => {
    const { heard, error } = await ending(async (tx) => {
      await tx.query('INSERT INTO note VALUES (3)');
      await tx.query('INSERT INTO note VALUES (3)').catch(() => undefined);
    });
    expect(heard).toEqual(['rolled back']);
    expect(error).toMatchObject({ name: 'DatabaseError', code: '25P02' });
    expect(await databases.records.query('SELECT * FROM note WHERE id = 3')).toEqual([]);
  });

  it('has not committed when its connection is lost, and the next one works', async () => {
    const { heard, error } = await ending(async (tx) => {
      const [row] = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await databases.recordsOwner('SELECT pg_terminate_backend($1)', [row!.pid]);
      await tx.query('SELECT 1');
    });
    expect(heard).toEqual(['rolled back']);
    expect(error).toBeInstanceOf(Error);
    expect((await ending((tx) => tx.query('SELECT 1'))).heard).toEqual(['committed']);
  });

  it('cannot be used after its end', async () => {
    let kept: RecordsTx | undefined;
    await databases.records.inSite(SITE, async (tx) => void (kept = tx));
    await expect(kept!.query('SELECT 1')).rejects.toThrow(/released/);
  });

  it('has its site for itself: the next one on the same connection has none', async () => {
    const single = await connect({ records: databases.urls.records, keys: databases.urls.keys }, 1);
    try {
      const site = (tx: RecordsTx): Promise<{ site: string | null }[]> => tx.query('SELECT current_site() AS site');
      expect(await single.records.inSite(SITE, site)).toEqual([{ site: SITE }]);
      expect(await single.records.withoutSite(site)).toEqual([{ site: null }]);
      expect(await single.records.query('SELECT current_site() AS site')).toEqual([{ site: null }]);
      const role = (tx: RecordsTx): Promise<{ role: string }[]> => tx.query('SELECT current_user AS role');
      expect(await single.records.acrossSites(role)).toEqual([{ role: 'thinfile_jobs' }]);
      expect(await single.records.withoutSite(role)).toEqual([{ role: 'thinfile' }]);
    } finally {
      await Promise.all([single.records.close(), single.keys.close()]);
    }
  });

  it('takes nothing but a site id for a site', async () => {
    for (const site of ['', `${SITE}'; DROP TABLE note; --`, SITE.toUpperCase(), `${SITE}\n`]) {
      await expect((async () => databases.records.inSite(site, async () => undefined))()).rejects.toThrow(RangeError);
    }
  });

  it('of one database is not one of the other', () => {
    const inKeys = (_tx: KeysTx): void => undefined;
    const inRecords = (_tx: RecordsTx): void => undefined;
    // @ts-expect-error -- the two types are told apart
    const one: (tx: RecordsTx) => void = inKeys;
    // @ts-expect-error -- the two types are told apart
    const other: (tx: KeysTx) => void = inRecords;
    expect([one, other]).toHaveLength(2);
  });
});

describe('what comes back', () => {
  it('is a day as text, a bigint as a number, bytes as bytes, an instant as a Date, JSON as an object', async () => {
    const [row] = await databases.records.query(
      `SELECT '2027-02-28'::date AS day, 9007199254740991::bigint AS big, '\\x00ff'::bytea AS bytes, '2027-01-01T00:00:00Z'::timestamptz AS at, '{"a":1}'::jsonb AS json`,
    );
    expect(row).toEqual({
      day: '2027-02-28',
      big: Number.MAX_SAFE_INTEGER,
      bytes: Buffer.from([0, 255]),
      at: new Date('2027-01-01T00:00:00Z'),
      json: { a: 1 },
    });
    await expect(databases.records.query('SELECT 9007199254740992::bigint')).rejects.toThrow(RangeError);
  });

  it('is rows, whatever the statement was', async () => {
    await databases.records.query('INSERT INTO note VALUES (10), (11)');
    expect(await databases.records.query('UPDATE note SET text = $1 WHERE id = 10 RETURNING id', ['x'])).toEqual([{ id: 10 }]);
    expect(await databases.records.query('DELETE FROM note WHERE id IN (10, 11)')).toEqual([]);
    expect(await databases.records.query('SELECT id FROM note WHERE id IN (10, 11)')).toEqual([]);
  });

  it('from a new connection is what others have committed', async () => {
    const [mine] = await databases.keys.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const [fresh] = await databases.keys.newConnection((query) => query<{ pid: number }>('SELECT pg_backend_pid() AS pid'));
    expect(fresh!.pid).not.toBe(mine!.pid);
  });
});

describe('an error of the database', () => {
  const SECRET = 'Zzyzx-Plant-4711';

  it.each([
    ['a value of the wrong type', 'SELECT $1::int', '22P02'],
    ['a row that is there already', 'INSERT INTO note VALUES (20, $1), (20, $1)', '23505'],
    ['a value in the statement', `SELECT '${SECRET}'::date, $1::text`, '22007'],
    ['a value too long', `SELECT repeat($1::text, 2)::varchar(3)::text, ('{' || $1::text)::text[]`, '22P02'],
  ])('after %s holds neither value nor statement', async (_, sql, code) => {
    for (const run of [
      () => databases.records.query(sql, [SECRET]),
      () => databases.records.inSite(SITE, (tx) => tx.query(sql, [SECRET])),
    ]) {
      const error: unknown = await run().catch((caught: unknown) => caught);
      expect(error).toMatchObject({ name: 'DatabaseError', code });
      expect(everythingOf(error)).not.toContain(SECRET);
    }
  });

  it('names the constraint', async () => {
    await databases.records.query('INSERT INTO note VALUES (30)');
    await expect(databases.records.query('INSERT INTO note VALUES (30)')).rejects.toMatchObject({ code: '23505', constraint: 'note_pk' });
  });
});

function everythingOf(error: unknown): string {
  const { stack, message, cause } = error as Error;
  return JSON.stringify([error, Object.entries(error as object), stack, message, String(cause)]);
}

describe("the service's own role", () => {
  it('can neither change a schema nor touch the log, nor delete the sentinel hold', async () => {
    await expect(databases.records.query('CREATE TABLE mine (x int)')).rejects.toThrow(/permission denied/);
    await expect(databases.records.query('ALTER TABLE intake DISABLE ROW LEVEL SECURITY')).rejects.toThrow(/must be owner/);
    await expect(databases.keys.query('CREATE TABLE mine (x int)')).rejects.toThrow(/permission denied/);
    for (const tx of ['withoutSite', 'acrossSites'] as const) {
      for (const sql of ['UPDATE log_entry SET kind = kind', 'DELETE FROM log_entry', 'DELETE FROM log_part', 'TRUNCATE log_entry']) {
        await expect(databases.records[tx]((t) => t.query(sql))).rejects.toThrow(/permission denied/);
      }
    }
    await expect(databases.keys.query('DELETE FROM hold')).rejects.toThrow(/permission denied/);
    await databases.keysOwner('DELETE FROM hold');
    expect(await databases.keys.query('SELECT sentinel FROM hold')).toEqual([{ sentinel: true }]);
  });

  it('is never one that could: the service does not open the databases as their owner', async () => {
    const asOwner = { service: databases.urls.records.owner, owner: databases.urls.records.owner };
    await expect(connect({ records: asOwner, keys: databases.urls.keys })).rejects.toThrow(/superuser or owns the schema/);
  });
});
