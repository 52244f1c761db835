import { randomBytes } from 'node:crypto';
import type { RecordsTx } from '../platform/records-tx.js';
import type { AccessLog } from './append-entry.js';
import { LogFault } from './log-fault.js';
import { SIGNER_LOCK } from './log-locks.js';
import { EMPTY_FRONTIER } from './merkle.js';
import type { SigningDesk } from './sign-head.js';
import { SignerStateFile } from './signer-state.js';
import { SigningKey } from './signing-key.js';
import { formatVerifierKey } from './verifier-key.js';

/** The log's name as outsiders know it, and the key that they check it with. */
export interface LogOrigin {
  readonly origin: string;
  readonly vkey: string;
}

/** The origin that the database has, the newest if it started anew; undefined before the first start. */
export async function currentOrigin(tx: RecordsTx): Promise<LogOrigin | undefined> {
  const [row] = await tx.query<LogOrigin>('SELECT origin, vkey FROM log_origin ORDER BY number DESC LIMIT 1');
  return row;
}

/** The verifier key of one of the names that the log has had; undefined for any other. */
export async function verifierKeyOf(tx: RecordsTx, origin: string): Promise<string | undefined> {
  const [row] = await tx.query<Pick<LogOrigin, 'vkey'>>('SELECT vkey FROM log_origin WHERE origin = $1', [origin]);
  return row?.vkey;
}

/**
 * Checks at the start that the database and the secrets directory belong together; at the very first start names the log.
 * The file comes first: a crash between the two leaves a name under which nothing was signed, and the next start goes on.
 * @throws LogFault LOG_STATE_MISSING or LOG_ROLLED_BACK when one of the two is from another day or another log
 */
export async function openOrigin(tx: RecordsTx, log: AccessLog, secretsDirectory: string, now: Date): Promise<SigningDesk> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SIGNER_LOCK]);
  const file = new SignerStateFile(secretsDirectory);
  const stored = await currentOrigin(tx);
  const state = file.read();
  if (stored) {
    if (!state) throw new LogFault('LOG_STATE_MISSING', 'the log was signed, and what was signed last is not there');
    const key = SigningKey.read(secretsDirectory);
    if (state.origin !== stored.origin || vkeyOf(key, stored.origin) !== stored.vkey) {
      throw new LogFault('LOG_STATE_MISSING', 'what was signed last is of another log than the database');
    }
    return { key, file };
  }
  if (state && state.signed.size > 0) {
    throw new LogFault('LOG_ROLLED_BACK', `${state.signed.size} entries were signed, and the log has no name`);
  }
  const key = SigningKey.create(secretsDirectory);
  const { origin } = state ?? file.create({ origin: newOrigin(), signed: EMPTY_FRONTIER, note: '' });
  await recordOrigin(tx, { origin, vkey: vkeyOf(key, origin) }, now);
  const context = { origin, reason: 'first-start' } as const;
  await log.append(tx, { kind: 'log.origin', actor: { system: 'signer' }, subject: {}, context });
  return { key, file };
}

/**
 * Starts the log anew under another name, after its database was restored: what is there is signed again from the first
 * entry on, and the new log says which one it follows and how far that was signed. Checkpoints of the old name stay valid
 * for the old log; nothing hides that they are not extended.
 *
 * The file is written before the commit: a crash between the two leaves the old name in the database alone, which is
 * LOG_STATE_MISSING at the next start, and doing this once more ends it.
 */
export async function restartOrigin(tx: RecordsTx, log: AccessLog, { key, file }: SigningDesk, now: Date): Promise<LogOrigin> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [SIGNER_LOCK]);
  const before = file.read();
  const origin = newOrigin();
  const started = { origin, vkey: vkeyOf(key, origin) };
  await recordOrigin(tx, started, now);
  await log.append(tx, {
    kind: 'log.origin',
    actor: { system: 'signer' },
    subject: {},
    context: { origin, reason: 'restored', ...(before ? { previousOrigin: before.origin, size: before.signed.size } : {}) },
  });
  file.write({ origin, signed: EMPTY_FRONTIER, note: '' });
  return started;
}

async function recordOrigin(tx: RecordsTx, { origin, vkey }: LogOrigin, now: Date): Promise<void> {
  await tx.query('INSERT INTO log_origin (origin, vkey, started_at) VALUES ($1, $2, $3)', [origin, vkey, now]);
}

function newOrigin(): string {
  return `thinfile/${randomBytes(16).toString('hex')}`;
}

function vkeyOf(key: SigningKey, origin: string): string {
  return formatVerifierKey(key.verifier(origin));
}
