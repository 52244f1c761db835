import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CopiedRows } from '../../src/platform/copied-rows.js';
import { GrowingBytes } from '../../src/platform/growing-bytes.js';
import { makeDatabases, type TestDatabases } from '../support/test-databases.js';

let databases: TestDatabases;
beforeAll(async () => (databases = await makeDatabases()));
afterAll(() => databases.close());

/** Of Node's own as well, which have another class here. */
const OUT_OF_RANGE = expect.objectContaining({ name: 'RangeError' });

type Cell = Buffer | null;
const cells = fc.option(fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)), { nil: null });
const tables = fc.integer({ min: 1, max: 5 }).chain((columns) => fc.record({ columns: fc.constant(columns), rows: fc.array(fc.array(cells, { minLength: columns, maxLength: columns }), { maxLength: 20 }) }));

const int2 = (n: number): Buffer => Buffer.from([(n >> 8) & 0xff, n & 0xff]);
const int4 = (n: number): Buffer => Buffer.from([24, 16, 8, 0].map((bits) => (n >> bits) & 0xff));

/** The format written down once more, from PostgreSQL's documentation. */
function copied(rows: readonly (readonly Cell[])[], extension = Buffer.alloc(0)): Buffer {
  const body = rows.flatMap((row) => [int2(row.length), ...row.flatMap((cell) => (cell === null ? [int4(-1)] : [int4(cell.length), cell]))]);
  return Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), int4(0), int4(extension.length), extension, ...body, int2(-1)]);
}

function read(bytes: Buffer, columns: number): Cell[][] {
  const rows: Cell[][] = [];
  for (const copy = new CopiedRows(bytes, columns); copy.next(); ) rows.push(Array.from({ length: columns }, (_, column) => (copy.isNull(column) ? null : Buffer.from(copy.bytes(column)))));
  return rows;
}

async function copy(select: string): Promise<Buffer> {
  const bytes = new GrowingBytes(16);
  await databases.records.withoutSite((tx) => tx.copy(select, bytes));
  return bytes.bytes;
}

describe('copied rows', () => {
  it('are the rows that were copied, whatever is in their cells', () => {
    fc.assert(fc.property(tables, fc.uint8Array({ maxLength: 9 }), ({ columns, rows }, extension) => expect(read(copied(rows, Buffer.from(extension)), columns)).toEqual(rows)));
  });

  it('are refused where they were cut off anywhere, or have other columns', () => {
    fc.assert(
      fc.property(tables, fc.nat(), ({ columns, rows }, at) => {
        const whole = copied(rows);
        expect(() => read(whole.subarray(0, at % whole.length), columns)).toThrow(OUT_OF_RANGE);
        if (rows.length > 0) expect(() => read(whole, columns + 1)).toThrow(OUT_OF_RANGE);
      }),
    );
    expect(() => new CopiedRows(Buffer.from('PGCOPY\n and something else'), 1)).toThrow(OUT_OF_RANGE);
  });

  it('are read as PostgreSQL writes them', async () => {
    const text = 'a "b" ñ 漢 𐎀';
    const bytes = await copy(`SELECT n, (n % 1000 * 7)::int, NULL::text, '${text}'::text, '\\x00ff'::bytea, ''::text FROM unnest(ARRAY[0, 1, -1]::bigint[]) AS n`);
    const copied = new CopiedRows(bytes, 6);
    for (const number of [0, 1, -1]) {
      expect(copied.next()).toBe(true);
      expect([copied.int8(0), copied.int4(1), copied.isNull(2), copied.text(2, 'utf8'), copied.text(3, 'utf8'), copied.text(3, 'utf8', 3)]).toEqual([number, number * 7, true, '', text, text.slice(3)]);
      expect([copied.text(4, 'latin1'), copied.bytes(4), copied.isNull(5), copied.text(5, 'utf8')]).toEqual(['\0ÿ', Buffer.from([0, 255]), false, '']);
    }
  });

  it('give the largest numbers there are, and refuse larger ones', async () => {
    const copied = new CopiedRows(await copy('SELECT n FROM unnest(ARRAY[9007199254740991, -9007199254740991, 9007199254740992, 9223372036854775807]) AS n'), 1);
    for (const number of [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]) expect([copied.next(), copied.int8(0)]).toEqual([true, number]);
    for (const _ of [0, 1]) {
      copied.next();
      expect(() => copied.int8(0)).toThrow(OUT_OF_RANGE);
    }
    expect(copied.next()).toBe(false);
  });
});

describe('a copy', () => {
  it('brings rows that come in many pieces as they are, after what is there', async () => {
    const bytes = new GrowingBytes(16);
    for (const from of [0, 20_000]) {
      bytes.clear();
      await databases.records.withoutSite((tx) => tx.copy(`SELECT n, repeat(chr((97 + n % 26)::int), (n % 301)::int) FROM generate_series(${from}::bigint, ${from + 19_999}) AS n`, bytes));
      const copied = new CopiedRows(bytes.bytes, 2);
      for (let n = from; n < from + 20_000; n++) {
        copied.next();
        if (copied.int8(0) !== n || copied.text(1, 'latin1') !== String.fromCharCode(97 + (n % 26)).repeat(n % 301)) throw new Error(`row ${n} is another`);
      }
      expect(copied.next()).toBe(false);
    }
  });

  it('sees what its transaction sees, and fails it as any statement does', async () => {
    const failed = databases.records.withoutSite(async (tx) => {
      await tx.query('CREATE TEMPORARY TABLE seen AS SELECT 41::bigint AS n');
      await tx.copy('SELECT n FROM seen', new GrowingBytes());
      await expect(tx.copy('SELECT 1 / 0', new GrowingBytes())).rejects.toMatchObject({ name: 'DatabaseError', code: '22012', database: 'records' });
    });
    await expect(failed).rejects.toMatchObject({ code: '25P02' });
    const over = await databases.records.withoutSite((tx) => Promise.resolve(tx));
    await expect(over.copy('SELECT 1', new GrowingBytes())).rejects.toThrow('this transaction has ended');
  });
});
