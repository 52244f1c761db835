import type { RecordsTx } from '../platform/records-tx.js';
import { bounded } from './longest-cells.js';
import { nearestNumber } from './verify/nearest-number.js';
import { sameKey, parseVerifierKey } from './verifier-key.js';

/** A key of the log, and what of the log it signed. */
export interface LogKey {
  /** The log's name while it signed. */
  readonly origin: string;
  readonly vkey: string;
  readonly since: Date;
  /** Size of the first checkpoint that it signed, together with the key before it; 0 for the first key of a name. */
  readonly from: number;
  /** Size of the last one, which the key after it signed too; absent while it is in use. */
  readonly to?: number;
}

/** SQL. Whoever is at the database may have made it none, or none that a number holds. */
const FROM = `coalesce(${nearestNumber('k.from_size')}, -1)`;

/** All keys that the log has had under all its names, the newest first. */
export async function logKeys(tx: RecordsTx, origin?: string): Promise<readonly LogKey[]> {
  const rows = await tx.query<{ origin: string; vkey: string; since: Date; from: number; to: number | null }>(
    `SELECT ${bounded('k.origin', 'signed')} AS origin, ${bounded('k.vkey', 'signed')} AS vkey, k.started_at AS since, ${FROM} AS "from",
       lead(${FROM}) OVER (PARTITION BY k.origin ORDER BY k.number) AS "to"
     FROM log_key k JOIN log_origin o ON o.origin = k.origin
     WHERE $1::text IS NULL OR k.origin = $1 ORDER BY o.number DESC, k.number DESC`,
    [origin ?? null],
  );
  return rows.map(({ to, ...key }) => (to === null ? key : { ...key, to }));
}

/** The key that signs under a name now, as the database knows it; undefined when it does not know the name. */
export async function newestKey(tx: RecordsTx, origin: string): Promise<Pick<LogKey, 'vkey' | 'since'> | undefined> {
  const [row] = await tx.query<Pick<LogKey, 'vkey' | 'since'>>(
    `SELECT ${bounded('vkey', 'signed')} AS vkey, started_at AS since FROM log_key WHERE origin = $1 ORDER BY number DESC LIMIT 1`,
    [origin],
  );
  return row;
}

/** The next key of a name, unless it is there already. */
export async function recordKey(tx: RecordsTx, { origin, vkey, from, since }: Omit<LogKey, 'to'>): Promise<void> {
  await tx.query(
    `INSERT INTO log_key (origin, number, vkey, from_size, started_at)
     SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4 FROM log_key WHERE origin = $1
     ON CONFLICT (vkey) DO NOTHING`,
    [origin, vkey, from, since],
  );
}

/** Since when a key has been in use, under whatever name; undefined when the database has never heard of it. */
export async function inUseSince(tx: RecordsTx, vkey: string): Promise<Date | undefined> {
  const key = parseVerifierKey(vkey)!;
  const known = (await logKeys(tx)).filter((other) => {
    const named = parseVerifierKey(other.vkey);
    return named && sameKey(named, key);
  });
  return known.map(({ since }) => since).sort((one, other) => one.getTime() - other.getTime())[0];
}
