import pg from 'pg';
import { DataSource } from 'typeorm';

const DATE = 1082;
const INT8 = 20;

// A day stays the text it is, and a bigint of ours always fits a number.
pg.types.setTypeParser(DATE, (text: string) => text);
pg.types.setTypeParser(INT8, (text: string) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError('a bigint of the database does not fit a number');
  return number;
});

/** A TypeORM data source that never logs a statement and never changes a schema by itself. */
export function dataSource(name: string, url: string, poolSize: number): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize,
    applicationName: `thinfile ${name}`,
    synchronize: false,
    logging: false,
    connectTimeoutMS: 10_000,
    extra: { idle_in_transaction_session_timeout: 60_000, statement_timeout: 120_000 },
    // A connection that dies while idle is the pool's to replace; the next query says what is wrong.
    poolErrorHandler: () => undefined,
  });
}

/** The connections of an initialised data source. Statements run on them directly: docs/decisions/0010. */
export function poolOf(source: DataSource): pg.Pool {
  return (source.driver as unknown as { readonly master: pg.Pool }).master;
}
