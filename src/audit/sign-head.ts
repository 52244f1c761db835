import { setImmediate as turn } from 'node:timers/promises';
import { GrowingBytes } from '../platform/growing-bytes.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { formatCheckpoint, openCheckpoint } from './checkpoint.js';
import { handedOverContext } from './key-rotation.js';
import { keysInHand, knownKey, vkeyOf } from './keys-in-hand.js';
import { LogFault } from './log-fault.js';
import { readHead } from './log-head.js';
import { recordKey } from './log-keys.js';
import { SIGNER_LOCK } from './log-locks.js';
import { bounded } from './longest-cells.js';
import { extendFrontier, rootOf, type Frontier } from './merkle.js';
import { microseconds, recordedIn, withRow, type RecordedRow, type RecordedRows } from './recorded.js';
import { announceNext, isAnnounced, isYearOld } from './rotate-key.js';
import type { SigningDesk } from './signing-desk.js';
import type { SignerState } from './signer-state.js';
import { signNote, type SigningKey } from './signing-key.js';
import { readHashes } from './tiles/read-hashes.js';
import { damagesBeside } from './verify/entry-damage.js';
import { leafFields } from './verify/leaf-fields.js';
import type { WalkedEntry } from './verify/log-walk.js';
import { entriesOf, PAGE, readEntries } from './verify/stored-pages.js';

/** `handed over`: with the new key too. The old one is to be destroyed once this has committed, before anything else is signed. */
export type SigningOutcome = 'signed' | 'handed over' | 'nothing new' | 'busy';

/**
 * Signs the tree as it is, if it is more than what was signed last and begins with all of it.
 *
 * The new root is computed from the frontier that was signed and from entries that are hashed here once more; the
 * database's own head only has to agree, as have the stored tiles. So the checkpoint extends the last one whatever the
 * database says.
 *
 * First the file, then the database. A crash before the file: nothing was signed. Between the two: the checkpoint is in the
 * file and nobody has seen it; the next pass publishes that very one before it signs another.
 *
 * The keys are read anew each time, since another process may have changed them. One that is a year old is followed by another:
 * rotate-key.ts.
 * @param tx of a job; the head that is signed was committed before it
 * @throws LogFault, and signs nothing
 */
export async function signHead(tx: RecordsTx, desk: SigningDesk, now: Date): Promise<SigningOutcome> {
  const [lock] = await tx.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS free', [SIGNER_LOCK]);
  if (!lock!.free) return 'busy';
  // Read under the lock: another process may have signed since.
  const state = desk.file.read();
  if (!state) throw new LogFault('LOG_STATE_MISSING', 'what was signed last is not there');
  const { origin, signed } = state;
  const keys = keysInHand(desk.secretsDirectory, state);
  const known = await knownKey(tx, state, keys.signing);
  const head = await readHead(tx);
  if (head.size < signed.size) {
    throw new LogFault('LOG_ROLLED_BACK', `${signed.size} entries were signed, ${head.size} are there`);
  }
  const next = await extendWithStored(tx, signed, head.size);
  const root = rootOf(next);
  if (!root.equals(rootOf(head))) {
    throw new LogFault('LOG_FORKED', `the head of ${head.size} does not extend the signed ${signed.size}`);
  }
  const signedAt = state.recorded?.at ?? now;
  if (state.note !== '') await publish(tx, origin, signed.size, state.note, signedAt);
  const vkey = vkeyOf(keys.signing, origin);
  if (known.vkey !== vkey) await recordKey(tx, { origin, vkey, from: signed.size, since: signedAt });
  if (keys.isHandedOver) return 'handed over';
  if (keys.next !== undefined || isYearOld(known.since, now)) await announceNext(tx, desk, state, keys, { system: 'signer' });
  if (next.size === signed.size) return 'nothing new';
  await refuseOtherTiles(tx, next.size, root);
  const following = keys.next && (await isAnnounced(tx, keys.next, state, next.size)) ? keys.next : undefined;
  const signers = following ? [keys.signing, following] : [keys.signing];
  const note = signNote(origin, formatCheckpoint({ origin, size: next.size, root }), signers);
  const row: RecordedRow = { kind: 'checkpoint', origin, size: next.size, note, at: microseconds(now) };
  const key = following && { origin, vkey: vkeyOf(following, origin), from: next.size, since: now };
  const recorded = await recordedWith(tx, state, keys.signing, key ? [row, { kind: 'key', origin, vkey: key.vkey, from: key.from, at: row.at }] : [row]);
  const changes = [...(state.changes ?? []), ...(following ? [handedOverContext(origin, keys.signing, following, { size: next.size, root })] : [])];
  desk.file.write({ origin, signed: next, note, ...(changes.length > 0 ? { changes } : {}), recorded: { ...recorded, at: now } });
  await publish(tx, origin, next.size, note, now);
  if (!key) return 'signed';
  await recordKey(tx, key);
  return 'handed over';
}

/** Entries between two looks at what else waits: the sequencer's answers among it. */
const AT_ONCE = 128;

/** @throws LogFault LOG_ENTRY_CHANGED at the first entry that is not what its hash in the tree says */
async function extendWithStored(tx: RecordsTx, signed: Frontier, size: number): Promise<Frontier> {
  const rows = new GrowingBytes();
  let frontier = signed;
  while (frontier.size < size) {
    const page = await readEntries(tx, frontier.size, Math.min(frontier.size + PAGE, size), rows);
    const hashes: Buffer[] = [];
    for (const entry of entriesOf(page, (index) => refuse(index, 'duplicated'))) {
      const damage = damageOf(entry);
      if (damage) refuse(entry.index, damage);
      hashes.push(Buffer.from(entry.row!, 'latin1'));
      if (hashes.length % AT_ONCE === 0) await turn();
    }
    frontier = extendFrontier(frontier, hashes);
  }
  return frontier;
}

function refuse(index: number, damage: string): never {
  throw new LogFault('LOG_ENTRY_CHANGED', `entry ${index}: ${damage}`);
}

/** By the names that `verify-log` has. Parts that were pruned are not missed. */
function damageOf({ leaf, hash, row, parts, columns }: WalkedEntry): string | undefined {
  if (leaf === undefined || row === undefined) return 'removed';
  if (hash !== row) return 'leaf-or-hash-changed';
  const fields = leafFields(leaf);
  if (!fields) return 'leaf-malformed';
  const [damage] = damagesBeside(fields, parts, columns);
  return damage && [damage.kind, damage.part].filter((word) => word !== undefined).join(' ');
}

/**
 * Each tile is at the end of the tree when it is made, and is looked at here before a tree with it is signed, with all that stand
 * beside it. Hashes that are missing are another matter: after an update the tiles of an older log follow by and by.
 * @throws LogFault LOG_TILE_CHANGED
 */
async function refuseOtherTiles(tx: RecordsTx, size: number, root: Buffer): Promise<void> {
  const [stored] = (await readHashes(tx, [{ from: 0, to: size }], size)) ?? [];
  if (stored && !stored.equals(root)) throw new LogFault('LOG_TILE_CHANGED', `the tiles of ${size} entries do not lead to their root`);
}

/**
 * A memory that recorded nothing, or is older than the database, as an older copy of it that was brought back, begins with what the database has: nobody else can
 * have signed that. Two checkpoints of one size are one, with the time at which it was signed first.
 */
async function recordedWith(tx: RecordsTx, { origin, signed, recorded }: SignerState, key: SigningKey, rows: readonly RecordedRow[]): Promise<RecordedRows> {
  const newest = await newestSignedBy(tx, key, origin);
  if (recorded && newest <= signed.size) return rows.reduce(withRow, recorded);
  const before = (await recordedIn(tx, { origin, size: Math.max(newest, signed.size) }))!;
  return rows.filter((row) => row.kind !== 'checkpoint' || row.size > newest).reduce(withRow, before);
}

/** The size of the newest checkpoint under that name, if it is the key's; else 0. */
async function newestSignedBy(tx: RecordsTx, key: SigningKey, origin: string): Promise<number> {
  const [newest] = await tx.query<{ note: string }>(`SELECT ${bounded('note', 'signed')} AS note FROM log_checkpoint WHERE origin = $1 ORDER BY size DESC LIMIT 1`, [origin]);
  return (newest && openCheckpoint(newest.note, key.verifier(origin))?.size) ?? 0;
}

async function publish(tx: RecordsTx, origin: string, size: number, note: string, now: Date): Promise<void> {
  await tx.query(
    'INSERT INTO log_checkpoint (origin, size, note, signed_at) VALUES ($1, $2, $3, $4) ON CONFLICT (origin, size) DO NOTHING',
    [origin, size, note, now],
  );
}
