import { setTimeout as pause } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { DEMO_TIME_ZONE } from '../../src/demo/members.js';
import { randomBytes } from '../../src/crypto/random.js';
import { Clock } from '../../src/platform/clock.js';
import { dataSource } from '../../src/platform/data-source.js';
import { KeysDatabase } from '../../src/platform/keys-database.js';
import { bucketsFor } from '../../src/vault/buckets.js';
import { KeyStore } from '../../src/vault/key-store.js';
import { wrapShare } from '../../src/vault/life-shares.js';
import { lookupTag, sealTerm } from '../../src/vault/lookup-tags.js';
import { MasterFile } from '../../src/vault/master-file.js';
import type { Row } from '../measure.js';
import { asOwner, siteOf } from '../service/fill-keys.js';
import type { Served } from '../service/served.js';
import { timedRun } from './timed-run.js';

const CHUNK = 5000;
/** Tells these from whatever else is there. */
const TAX_YEAR = 1999;

/** One bucket of real shares with two lookup rows each, of which one share is due and the others have moved on to the next day. */
export async function rewrapMixed(served: Served, shares: number): Promise<Row> {
  const source = dataSource('bench', served.keys, 2);
  await source.initialize();
  const keyStore = new KeyStore(new KeysDatabase(source, served.keys), new MasterFile([served.secrets]));
  try {
    await fillBucket(keyStore, await siteOf(served), shares);
    await asOwner(served.keys, async (client) => {
      await client.query(`UPDATE life_share SET due_day = due_day + 1 WHERE tax_year = ${TAX_YEAR} AND NOT intake_id = (SELECT intake_id FROM life_share WHERE tax_year = ${TAX_YEAR} LIMIT 1)`);
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

/** Wrapped as the key store wraps them, many in a statement. */
async function fillBucket(keyStore: KeyStore, siteId: string, shares: number): Promise<void> {
  const today = Clock.system().today(DEMO_TIME_ZONE);
  for (let done = 0; done < shares; done += CHUNK) {
    await keyStore.transaction(async (store) => {
      const [bucket] = await bucketsFor(store, siteId, [{ class: 'contact', day: today }]);
      const intakes = Array.from({ length: Math.min(CHUNK, shares - done) }, () => randomUUID());
      await store.tx.query(
        `INSERT INTO life_share (intake_id, class, site_id, tax_year, created_day, bucket_id, due_day, wrapped)
         SELECT intake, 'contact', $1, ${TAX_YEAR}, $2::date - 60, $3, $2::date, wrapped FROM unnest($4::uuid[], $5::bytea[]) AS n (intake, wrapped)`,
        [siteId, today, bucket!.id, intakes, intakes.map((id) => Buffer.from(wrapShare(bucket!, id, randomBytes(32))))],
      );
      const lookups = intakes.flatMap((intakeId) => [2, 3].map((slot) => ({ intakeId, slot, version: 1, term: randomBytes(32) })));
      await store.tx.query(
        `INSERT INTO lookup (intake_id, version, slot, bucket_id, tag, sealed)
         SELECT intake, 1, slot, $1, tag, sealed FROM unnest($2::uuid[], $3::smallint[], $4::bytea[], $5::bytea[]) AS n (intake, slot, tag, sealed)`,
        [
          bucket!.id,
          lookups.map(({ intakeId }) => intakeId),
          lookups.map(({ slot }) => slot),
          lookups.map(({ term }) => Buffer.from(lookupTag(bucket!.key, term))),
          lookups.map((one) => Buffer.from(sealTerm(bucket!, one, one.term))),
        ],
      );
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
