import type { RecordsTx } from '../platform/records-tx.js';
import { formatCheckpoint } from './checkpoint.js';
import { LogFault } from './log-fault.js';
import { readHead } from './log-head.js';
import { SIGNER_LOCK } from './log-locks.js';
import { extendFrontier, rootOf, type Frontier } from './merkle.js';
import type { SignerStateFile } from './signer-state.js';
import type { SigningKey } from './signing-key.js';
import { damageOf, STORED_ENTRIES, type StoredEntry } from './stored-entry.js';
import { readHashes } from './tiles/read-hashes.js';

const PAGE = 2_000;

export type SigningOutcome = 'signed' | 'nothing new' | 'busy';

export interface SigningDesk {
  readonly key: SigningKey;
  readonly file: SignerStateFile;
}

/**
 * Signs the tree as it is, if it is more than what was signed last and begins with all of it.
 *
 * The new root is computed from the frontier that was signed and from entries that are hashed here once more; the
 * database's own head only has to agree, as have the stored tiles. So the checkpoint extends the last one whatever the
 * database says.
 *
 * First the file, then the database. A crash before the file: nothing was signed. Between the two: the checkpoint is in the
 * file and nobody has seen it; the next pass publishes that very one before it signs another.
 * @param tx of a job; the head that is signed was committed before it
 * @throws LogFault, and signs nothing
 */
export async function signHead(tx: RecordsTx, { key, file }: SigningDesk, now: Date): Promise<SigningOutcome> {
  const [lock] = await tx.query<{ free: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS free', [SIGNER_LOCK]);
  if (!lock!.free) return 'busy';
  // Read under the lock: another process may have signed since.
  const state = file.read();
  if (!state) throw new LogFault('LOG_STATE_MISSING', 'what was signed last is not there');
  const { origin, signed } = state;
  const head = await readHead(tx);
  if (head.size < signed.size) {
    throw new LogFault('LOG_ROLLED_BACK', `${signed.size} entries were signed, ${head.size} are there`);
  }
  const next = await extendWithStored(tx, signed, head.size);
  const root = rootOf(next);
  if (!root.equals(rootOf(head))) {
    throw new LogFault('LOG_FORKED', `the head of ${head.size} does not extend the signed ${signed.size}`);
  }
  if (state.note !== '') await publish(tx, origin, signed.size, state.note, now);
  if (next.size === signed.size) return 'nothing new';
  await refuseOtherTiles(tx, next.size, root);
  const note = key.sign(origin, formatCheckpoint({ origin, size: next.size, root }));
  file.write({ origin, signed: next, note });
  await publish(tx, origin, next.size, note, now);
  return 'signed';
}

/** @throws LogFault LOG_ENTRY_CHANGED at the first entry that is not what its hash in the tree says */
async function extendWithStored(tx: RecordsTx, signed: Frontier, size: number): Promise<Frontier> {
  let frontier = signed;
  while (frontier.size < size) {
    const end = Math.min(frontier.size + PAGE, size);
    const page = await tx.query<StoredEntry>(STORED_ENTRIES, [frontier.size, end]);
    if (page.length !== end - frontier.size) {
      throw new LogFault('LOG_ENTRY_CHANGED', `of the entries from ${frontier.size} to ${end} some are gone`);
    }
    for (const entry of page) {
      const damage = damageOf(entry);
      if (damage) throw new LogFault('LOG_ENTRY_CHANGED', `entry ${entry.index} ${damage}`);
    }
    frontier = extendFrontier(frontier, page.map((entry) => entry.leaf_hash));
  }
  return frontier;
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

async function publish(tx: RecordsTx, origin: string, size: number, note: string, now: Date): Promise<void> {
  await tx.query(
    'INSERT INTO log_checkpoint (origin, size, note, signed_at) VALUES ($1, $2, $3, $4) ON CONFLICT (origin, size) DO NOTHING',
    [origin, size, note, now],
  );
}
