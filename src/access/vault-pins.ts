import type { AccessLog } from '../audit/append-entry.js';
import type { LogEntry } from '../audit/entry.js';
import { partsOfSite, type WrittenParts } from '../audit/parts-of-site.js';
import { equalBytes } from '../crypto/bytes.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { actorOf } from './actor.js';
import { grantGone } from './grant-row.js';
import { notAuthentic } from './open-session-secret.js';
import type { SiteMember } from './signed-in.js';

/** What a grant has to be pinned with, under the number of its vault. */
export interface Pin {
  readonly number: number;
  readonly pin: Uint8Array;
}

/**
 * Sets the pin of a grant that has none, and says so in the log, in the caller's transaction. A pin is a row, and who
 * writes both databases could take it away and put another vault key in: the log remembers that there was one.
 *
 * Two requests of one member may open a new grant at once. The second waits on the row, and compares.
 * @throws Refusal KEY_NOT_AUTHENTIC when the log knows a pin that the row has lost, or another request set a different one; SIGNED_OUT when the
 *   member has been disabled since
 */
export async function setPin(tx: RecordsTx, log: AccessLog, who: SiteMember, { number, pin }: Pin): Promise<void> {
  const set = await tx.query(
    'UPDATE vault_grant SET pin = $1 WHERE member_id = $2 AND vault_number = $3 AND pin IS NULL RETURNING member_id',
    [Buffer.from(pin), who.memberId, number],
  );
  if (set.length === 0) return comparePin(tx, who, { number, pin });
  if (await wasPinned(tx, who, number)) throw notAuthentic();
  await log.append(tx, pinned(who, number));
}

/** Compares two pins in constant time. @throws Refusal KEY_NOT_AUTHENTIC */
export function refuseOtherPin(found: Uint8Array | null | undefined, pin: Uint8Array): void {
  if (!found || !equalBytes(found, pin)) throw notAuthentic();
}

/** The entry of a pin, by the member who set it. */
export function pinned(who: Pick<SiteMember, 'memberId' | 'role' | 'siteId'>, number: number): LogEntry {
  return { kind: 'vault.pinned', actor: actorOf(who), subject: { site: who.siteId }, context: { vault: number } };
}

async function comparePin(tx: RecordsTx, who: SiteMember, { number, pin }: Pin): Promise<void> {
  const [row] = await tx.query<{ pin: Uint8Array | null }>('SELECT pin FROM vault_grant WHERE member_id = $1 AND vault_number = $2', [
    who.memberId,
    number,
  ]);
  if (!row) throw grantGone();
  refuseOtherPin(row.pin, pin);
}

/** An entry whose parts are gone, or are not those it was written with, could be anyone's: it counts as this member's. */
async function wasPinned(tx: RecordsTx, who: SiteMember, number: number): Promise<boolean> {
  const entries = await partsOfSite(tx, who.siteId, 'vault.pinned');
  return entries.some((parts) => !parts || isOf(parts, who.memberId, number));
}

function isOf({ actor, context }: WrittenParts, memberId: string, number: number): boolean {
  return actor.member === memberId && context.vault === number;
}
