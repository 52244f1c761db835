import { randomBytes } from 'node:crypto';
import type { RecordsTx } from '../platform/records-tx.js';
import type { AccessLog } from './append-entry.js';
import type { Context } from './entry.js';
import { checkRotation } from './key-rotation.js';
import { LogFault } from './log-fault.js';
import { keysInHand, knownKey, vkeyOf } from './keys-in-hand.js';
import { inUseSince, newestKey, recordKey } from './log-keys.js';
import { SIGNER_LOCK } from './log-locks.js';
import { bounded } from './longest-cells.js';
import { EMPTY_FRONTIER } from './merkle.js';
import { microseconds, NOTHING_RECORDED, recordedIn, withRow } from './recorded.js';
import { SignerStateFile, type FollowedLog, type SignerState } from './signer-state.js';
import type { SigningDesk } from './signing-desk.js';
import { replaceSigningKey, SigningKey } from './signing-key.js';
import { sameKey } from './verifier-key.js';
import { keysOfStoredLog } from './verify/keys-of-log.js';

/** The log's name as outsiders know it, and the key that they check it with. */
export interface LogOrigin {
  readonly origin: string;
  readonly vkey: string;
}

/** The origin that the database has, the newest if it started anew, with its newest key; undefined before the first start. */
export async function currentOrigin(tx: RecordsTx): Promise<LogOrigin | undefined> {
  const [row] = await tx.query<LogOrigin>(
    `SELECT ${bounded('o.origin', 'signed')} AS origin, ${bounded('k.vkey', 'signed')} AS vkey FROM log_origin o JOIN log_key k ON k.origin = o.origin ORDER BY o.number DESC, k.number DESC LIMIT 1`,
  );
  return row;
}

/**
 * Checks at the start that the database and the secrets directory belong together; at the very first start names the log.
 * The file comes first: a crash between the two leaves a name under which nothing was signed, and the next start goes on.
 * @throws LogFault LOG_STATE_MISSING or LOG_ROLLED_BACK when one of the two is from another day or another log
 */
export async function openOrigin(tx: RecordsTx, log: AccessLog, secretsDirectory: string, now: Date): Promise<SigningDesk> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SIGNER_LOCK]);
  const desk = { secretsDirectory, file: new SignerStateFile(secretsDirectory), log };
  const stored = await currentOrigin(tx);
  const state = desk.file.read();
  if (stored) {
    if (!state) throw new LogFault('LOG_STATE_MISSING', 'the log was signed, and what was signed last is not there');
    if (state.origin !== stored.origin) throw new LogFault('LOG_STATE_MISSING', 'what was signed last is of another log than the database');
    await knownKey(tx, state, keysInHand(secretsDirectory, state).signing);
    return desk;
  }
  if (state && state.signed.size > 0) {
    throw new LogFault('LOG_ROLLED_BACK', `${state.signed.size} entries were signed, and the log has no name`);
  }
  const key = SigningKey.create(secretsDirectory);
  const { origin, recorded } = state ?? desk.file.create(firstState(key, now));
  const startedAt = recorded?.at ?? now;
  await recordOrigin(tx, { origin, vkey: vkeyOf(key, origin) }, startedAt, startedAt);
  const context = { origin, reason: 'first-start' } as const;
  await log.append(tx, { kind: 'log.origin', actor: { system: 'signer' }, subject: {}, context });
  return desk;
}

function firstState(key: SigningKey, now: Date): SignerState {
  const origin = newOrigin();
  const rows = { origin, vkey: vkeyOf(key, origin), at: microseconds(now) };
  const recorded = withRow(withRow(NOTHING_RECORDED, { kind: 'name', ...rows }), { kind: 'key', ...rows, from: 0 });
  return { origin, signed: EMPTY_FRONTIER, note: '', recorded: { ...recorded, at: now } };
}

/**
 * Starts the log anew under another name, after its database was restored: what is there is signed again from the first
 * entry on, and the new log says which one it follows and how far that was signed. Checkpoints of the old name stay valid
 * for the old log; nothing hides that they are not extended.
 *
 * The file is written before the commit: a crash between the two leaves the old name in the database alone, which is
 * LOG_STATE_MISSING at the next start, and doing this once more ends it: under another name again, since of the one before nobody has heard.
 *
 * The key stays, and its age with it. A change of keys that was signed by both is ended first; one that was not begins anew
 * under the new name.
 *
 * Changes of keys that the restored database has never heard of are said again, with the signatures of both keys: from the present key they
 * lead to those that signed what is there.
 */
export async function restartOrigin(tx: RecordsTx, { secretsDirectory, file, log }: SigningDesk, now: Date): Promise<LogOrigin> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SIGNER_LOCK]);
  const before = file.read();
  if (before && keysInHand(secretsDirectory, before).isHandedOver) replaceSigningKey(secretsDirectory);
  const follows = before && (await followedBy(tx, before));
  const origin = newOrigin();
  const started = { origin, vkey: vkeyOf(SigningKey.read(secretsDirectory), origin) };
  await recordOrigin(tx, started, now, (await inUseSince(tx, started.vkey)) ?? now);
  await log.append(tx, {
    kind: 'log.origin',
    actor: { system: 'signer' },
    subject: {},
    context: { origin, reason: 'restored', ...(follows ? { previousOrigin: follows.origin, size: follows.size } : {}) },
  });
  const changes = before?.changes;
  for (const context of await lostChanges(tx, changes ?? [])) await log.append(tx, { kind: 'log.key-rotated', actor: { system: 'signer' }, subject: {}, context });
  const recorded = { ...(await recordedIn(tx, { origin, size: 0 }))!, at: now };
  file.write({ origin, signed: EMPTY_FRONTIER, note: '', ...(follows ? { follows } : {}), ...(changes ? { changes } : {}), recorded });
  return started;
}

/** Those from whose next key the log in the database does not lead to the one before. */
async function lostChanges(tx: RecordsTx, changes: readonly Context[]): Promise<readonly Context[]> {
  const lost: Context[] = [];
  for (const context of changes) {
    const { previous, next } = checkRotation(context)!;
    if (!(await keysOfStoredLog(tx, next)).some(({ key }) => sameKey(key, previous))) lost.push(context);
  }
  return lost;
}

/** A name under which nothing was signed, and of which the database has not heard, was never the log's. */
async function followedBy(tx: RecordsTx, { origin, signed, note, follows }: SignerState): Promise<FollowedLog | undefined> {
  const wasNamed = note !== '' || (await newestKey(tx, origin)) !== undefined;
  return wasNamed ? { origin, size: signed.size } : follows;
}

async function recordOrigin(tx: RecordsTx, { origin, vkey }: LogOrigin, now: Date, since: Date): Promise<void> {
  await tx.query('INSERT INTO log_origin (origin, vkey, started_at) VALUES ($1, $2, $3)', [origin, vkey, now]);
  await recordKey(tx, { origin, vkey, from: 0, since });
}

function newOrigin(): string {
  return `thinfile/${randomBytes(16).toString('hex')}`;
}
