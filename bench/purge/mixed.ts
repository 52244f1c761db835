import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { DEMO_TIME_ZONE } from '../../src/demo/members.js';
import { randomBytes } from '../../src/crypto/random.js';
import { addDays, Clock } from '../../src/platform/clock.js';
import { dataSource } from '../../src/platform/data-source.js';
import { KeysDatabase } from '../../src/platform/keys-database.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { createShares } from '../../src/vault/life-shares.js';
import { addLookups } from '../../src/vault/lookup-rows.js';
import { MasterFile } from '../../src/vault/master-file.js';
import type { Row } from '../measure.js';
import { asOwner, siteOf } from '../service/fill-keys.js';
import type { Served } from '../service/served.js';
import { timedRun } from './timed-run.js';

/** One bucket of real shares with two lookup rows each, of which one share is due and the others have moved on to the next day. */
export async function rewrapMixed(served: Served, shares: number): Promise<Row> {
  const source = dataSource('bench', served.keys, 2);
  await source.initialize();
  const keyStore = new KeyStore(new KeysDatabase(source, served.keys), new MasterFile([served.secrets]));
  try {
    await fillBucket(keyStore, await siteOf(served), shares);
    await asOwner(served.keys, async (client) => {
      await client.query(`UPDATE life_share SET due_day = due_day + 1 WHERE tax_year = 1999 AND NOT intake_id = (SELECT intake_id FROM life_share WHERE tax_year = 1999 LIMIT 1)`);
      await client.query('VACUUM (ANALYZE) life_share, lookup');
    });
    const waits = waiter(keyStore);
    const { accessEnd } = await timedRun(served);
    const longestWaitMs = await waits.stop();
    return { name: `mixed bucket of ${shares}`, rewrapsPerSecond: (shares - 1) / accessEnd, seconds: accessEnd, longestWaitMs };
  } finally {
    await source.destroy();
  }
}

async function fillBucket(keyStore: KeyStore, siteId: string, shares: number): Promise<void> {
  const today = Clock.system().today(DEMO_TIME_ZONE);
  for (let done = 0; done < shares; done += 500) {
    await keyStore.transaction(async (store) => {
      for (let i = done; i < Math.min(shares, done + 500); i++) {
        const intake = { siteId, intakeId: randomUUID(), taxYear: 1999, createdDay: addDays(today, -60) };
        const lives = await createShares(store, intake, new Map([['contact', today]]));
        const terms = [2, 3].map((slot) => ({ slot, class: 'contact' as const, term: randomBytes(32) }));
        await addLookups(store, { intakeId: intake.intakeId, version: 1 }, terms, lives);
      }
    });
  }
}

/** A writer of the key store that comes every few milliseconds, as somebody who saves would: how long it waits at worst. */
function waiter(keyStore: KeyStore): { stop(): Promise<number> } {
  let stopped = false;
  let longest = 0;
  const writing = (async () => {
    while (!stopped) {
      const began = performance.now();
      await keyStore.transaction(({ tx }) => tx.query('SELECT 1'));
      longest = Math.max(longest, performance.now() - began);
      await pause(5);
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await writing;
      return longest;
    },
  };
}
