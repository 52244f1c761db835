import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { KeyStore } from './key-store.js';
import type { Lives } from './life-shares.js';
import { lookupRows, type LookupTerm } from './lookup-rows.js';

/** What a save tells the key store before the records commit. */
export interface SavedLife {
  readonly intakeId: string;
  /** The version that the save makes. The one before it is committed, and its caller holds the intake's row. */
  readonly version: number;
  /** At the site. */
  readonly today: Day;
  readonly due: ReadonlyMap<RetentionClass, Day>;
  readonly terms: readonly LookupTerm[];
}

/**
 * Sees to it that nothing dies too soon and that the new version can be found: longer days and its lookup rows. A shorter day
 * waits for the commit (`setDueDays`).
 *
 * Rows of the committed version stay until the save has committed (`forgetEarlierLookups`); what a crash left of older ones goes now.
 *
 * One round trip, and the same writing whatever was changed. On disk when it returns.
 * @param lives as they were read, without the key store's lock
 * @returns 'stale', with nothing written, when a run has destroyed or moved one of them since, another has begun, or a hold has come or gone
 */
export async function saveLife({ database }: KeyStore, saved: SavedLife, lives: Lives): Promise<'saved' | 'stale'> {
  const alive = [...lives].flatMap(([name, life]) => (life.state === 'alive' ? [{ name, bucket: life.bucket, held: life.held }] : []));
  const rows = lookupRows(saved, saved.terms, lives);
  const [answer] = await database.query<{ saved: boolean }>('SELECT save_life($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS saved', [
    saved.intakeId,
    saved.today,
    alive.map(({ name }) => name),
    alive.map(({ bucket }) => bucket.id),
    alive.map(({ name }) => saved.due.get(name)), // none for a share that nothing is sealed under yet: it keeps its day
    alive.map(({ held }) => held),
    saved.version,
    rows.map(({ slot }) => slot),
    rows.map(({ bucketId }) => bucketId),
    rows.map(({ tag }) => Buffer.from(tag)),
    rows.map(({ sealed }) => Buffer.from(sealed)),
    rows.map(({ stays }) => stays && Buffer.from(stays.tag)),
    rows.map(({ stays }) => stays && Buffer.from(stays.sealed)),
  ]);
  return answer!.saved ? 'saved' : 'stale';
}

/**
 * After the commit: the rows of the versions before it go, since two versions' tags side by side would show which of the six
 * values changed. A crash in between leaves them until the next save or their day; a search confirms by opening, so they match nothing.
 */
export async function forgetEarlierLookups({ database }: KeyStore, intakeId: string, version: number): Promise<void> {
  await database.query('SELECT forget_earlier_lookups($1, $2)', [intakeId, version]);
}
