import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KeysTx } from '../../src/platform/keys-tx.js';
import type { RecordsTx } from '../../src/platform/records-tx.js';
import { besideCounts } from '../../src/retention/store-counts.js';
import { PurgeWorld, TODAY } from './purge-world.js';

let world: PurgeWorld;
beforeAll(async () => (world = await PurgeWorld.make()));
afterAll(() => world.close());

describe('the picture of both stores that a run counts by', () => {
  it('is of the moment at which it was taken, and waits for as long as the work takes', async () => {
    const { records, keys } = world.databases;
    const limits: unknown[] = [];
    const limitOf = async (tx: RecordsTx | KeysTx) => limits.push(...(await tx.query('SHOW idle_in_transaction_session_timeout')));
    // Both databases themselves, with a look at the transactions that are begun on them.
    const seenRecords = { acrossSites: <T>(work: (tx: RecordsTx) => Promise<T>) => records.acrossSites(async (tx) => afterwards(tx, work(tx))) };
    const seenKeys = { database: { transaction: <T>(work: (tx: KeysTx) => Promise<T>, first?: string) => keys.transaction(async (tx) => afterwards(tx, work(tx)), first) } };
    const afterwards = async <T>(tx: RecordsTx | KeysTx, work: Promise<T>): Promise<T> => {
      const result = await work;
      await limitOf(tx);
      return result;
    };
    const counted = await besideCounts(seenRecords as never, seenKeys as never, async (countBefore) => {
      await world.plant({ identity: TODAY });
      return countBefore();
    });
    expect([counted.records.intakes, counted.keyStore.shares]).toEqual([0, 0]);
    expect(limits).toEqual([{ idle_in_transaction_session_timeout: '0' }, { idle_in_transaction_session_timeout: '0' }]);
  });
});
