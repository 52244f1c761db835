import type { KeyStore } from '../vault/key-store.js';
import { recordDestroyed } from './destroyed-buckets.js';
import { mustSeeSentinel, planRun, type PlannedBucket, type SiteDay } from './plan-run.js';

/**
 * Plans the run and deletes the keys of every clean bucket, in one transaction that holds the key store alone: a hold
 * committed before it is seen, one that waits behind it finds the bucket gone. Its commit is the point of no return.
 *
 * And if it crashes: before the commit nothing happened; after it, the buckets are in `destroyed_bucket`, and the next run
 * certifies and sweeps them.
 * @returns the mixed buckets, which are still to be done
 * @throws SentinelMissing, with nothing destroyed
 */
export async function destroyCleanBuckets(keyStore: KeyStore, runId: string, days: readonly SiteDay[]): Promise<readonly PlannedBucket[]> {
  return keyStore.exclusively(async ({ tx }) => {
    await mustSeeSentinel(tx);
    const plan = await planRun(tx, days);
    const clean = plan.filter(({ kind }) => kind === 'clean').map(({ id }) => id);
    await recordDestroyed(tx, runId, clean, 0);
    await tx.query('DELETE FROM bucket WHERE id = ANY ($1::uuid[])', [clean]);
    return plan.filter(({ kind }) => kind === 'mixed');
  });
}
