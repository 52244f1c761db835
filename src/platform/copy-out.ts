import pg from 'pg';
import { withoutValues } from './database-error.js';
import type { GrowingBytes } from './growing-bytes.js';

/** The driver takes a copy's messages for those of any statement, and lets them go by. */
class CopyOut extends pg.Query {
  constructor(
    sql: string,
    private readonly into: GrowingBytes,
  ) {
    super(sql);
  }

  /** The chunk lies where the driver writes what comes next: it is taken now or never. */
  handleCopyData({ chunk }: { readonly chunk: Uint8Array }): void {
    this.into.add(chunk);
  }
}

/**
 * What a COPY … TO STDOUT writes, at the end of what is there: rows of many bytes come to several times as many in a second as they do
 * from a query, whose every cell the driver makes a text of. COPY takes no parameters: what is in the statement is our own.
 * @throws DatabaseError
 */
export async function copyOut(connection: Pick<pg.PoolClient, 'query'>, sql: string, into: GrowingBytes): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => connection.query(new CopyOut(sql, into)).once('end', () => resolve()).once('error', reject));
  } catch (error) {
    throw withoutValues(error);
  }
}
