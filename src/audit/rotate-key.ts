import type { RecordsTx } from '../platform/records-tx.js';
import type { Actor } from './entry.js';
import { rotationContext } from './key-rotation.js';
import { keysInHand, knownKey, vkeyOf, type KeysInHand } from './keys-in-hand.js';
import { LogFault } from './log-fault.js';
import { SIGNER_LOCK } from './log-locks.js';
import { partAsJson } from './part-as-json.js';
import type { SignerState } from './signer-state.js';
import type { SigningDesk } from './signing-desk.js';
import { replaceSigningKey, SigningKey } from './signing-key.js';

/**
 * The log's key is changed in four steps, each of them under the signer's lock, and each found again by its traces after a crash:
 *
 * 1. the next key is made, in a file of its own beside the present one;
 * 2. an entry of the log says which key follows which, signed by both;
 * 3. once the tree holds that entry, both keys sign the checkpoint of it: first in the file, then in the database (signHead);
 * 4. when the database has committed that, the old key is destroyed and the new one takes its place.
 *
 * Until 3 the old key signs, from then on the new one; neither signs what the other signs but for that one checkpoint.
 */

/** Steps 1 and 2, for a person who wants it now. @returns the key that will follow; the one before is `from` */
export async function beginRotation(tx: RecordsTx, desk: SigningDesk, actor: Actor): Promise<{ readonly from: string; readonly to: string }> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SIGNER_LOCK]);
  const state = desk.file.read();
  if (!state) throw new LogFault('LOG_STATE_MISSING', 'what was signed last is not there');
  const keys = keysInHand(desk.secretsDirectory, state);
  if (keys.isHandedOver) throw new Error('A change of the log’s key is being ended at this moment. Try again.');
  const { vkey: from } = await knownKey(tx, state, keys.signing);
  const to = await announceNext(tx, desk, state, keys, actor);
  return { from, to };
}

/**
 * Makes the key that is to follow, and says so in the log. Where an earlier change was cut short it goes on with its key, and
 * what was said once is not said again.
 * @param keys of which none was handed over to
 */
export async function announceNext(tx: RecordsTx, desk: SigningDesk, { origin, signed }: SignerState, { signing }: KeysInHand, actor: Actor): Promise<string> {
  const next = SigningKey.createNext(desk.secretsDirectory);
  const vkey = vkeyOf(next, origin);
  if ((await announcements(tx, vkey, signed.size)).length === 0) {
    await desk.log.append(tx, { kind: 'log.key-rotated', actor, subject: {}, context: rotationContext(origin, signing, next) });
  }
  return vkey;
}

/** Is the entry that says who follows in the tree of that size, and not under what was signed already? */
export async function isAnnounced(tx: RecordsTx, next: SigningKey, { origin, signed }: SignerState, size: number): Promise<boolean> {
  return (await announcements(tx, vkeyOf(next, origin), signed.size)).some((index) => index !== null && index < size);
}

/** Step 4. Does nothing where there is nothing to destroy, or the database has not heard of the hand-over. */
export async function retireOldKey(tx: RecordsTx, { secretsDirectory, file }: SigningDesk): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SIGNER_LOCK]);
  const state = file.read();
  const keys = state && keysInHand(secretsDirectory, state);
  if (!keys?.isHandedOver) return;
  const { vkey } = await knownKey(tx, state!, keys.signing);
  if (vkey === vkeyOf(keys.signing, state!.origin)) replaceSigningKey(secretsDirectory);
}

/** Places in the tree of what was not signed yet; null while an entry has none. */
async function announcements(tx: RecordsTx, vkey: string, signedSize: number): Promise<readonly (number | null)[]> {
  const rows = await tx.query<{ index: number | null }>(
    `SELECT i.index FROM log_entry e JOIN log_part p ON p.entry_id = e.id LEFT JOIN log_index i ON i.entry_id = e.id
     WHERE e.kind = 'log.key-rotated' AND ${partAsJson('p.context')} ->> 'vkey' = $1 AND (i.index IS NULL OR i.index >= $2)`,
    [vkey, signedSize],
  );
  return rows.map(({ index }) => index);
}

/** A key is changed when it is a year old, by the service's clock. */
export function isYearOld(since: Date, now: Date): boolean {
  const year = new Date(since);
  year.setUTCFullYear(since.getUTCFullYear() + 1);
  return now.getTime() >= year.getTime();
}
