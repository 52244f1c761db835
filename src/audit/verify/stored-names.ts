import type { RecordsTx } from '../../platform/records-tx.js';
import type { SpannedKey } from '../export/follow-keys.js';
import { bounded, NAMED_KEY } from '../longest-cells.js';
import { parseVerifierKey, sameKey } from '../verifier-key.js';
import type { Finding } from './finding.js';

/** The database's own names of the log, and the keys that it hands out with them. */
export interface StoredNames {
  readonly named: readonly { readonly origin: string; readonly vkey: string }[];
  /** Those that begin with a key which is not handed out. */
  readonly unlisted: readonly { readonly origin: string }[];
}

const UNLISTED = `
  SELECT ${bounded('origin', 'signed')} AS origin FROM log_origin o
  WHERE NOT EXISTS (SELECT FROM log_key k WHERE k.origin = o.origin AND k.from_size = 0 AND k.vkey = o.vkey) ORDER BY number`;

export async function storedNames(tx: RecordsTx): Promise<StoredNames> {
  return {
    named: await tx.query(`SELECT ${NAMED_KEY} FROM log_origin UNION SELECT ${NAMED_KEY} FROM log_key ORDER BY origin, vkey`),
    unlisted: await tx.query(UNLISTED),
  };
}

/** @param keys to which the log leads. They are to be followed after the names were read, so that none is missing that came in between */
export function checkNames({ named, unlisted }: StoredNames, keys: readonly SpannedKey[]): readonly Finding[] {
  const isOfLog = ({ origin, vkey }: StoredNames['named'][number]): boolean => {
    const key = parseVerifierKey(vkey);
    return key?.name === origin && keys.some((one) => sameKey(one.key, key));
  };
  return [
    ...named.filter((one) => !isOfLog(one)).map(({ origin }) => ({ kind: 'wrong-key' as const, name: origin })),
    ...unlisted.map(({ origin }) => ({ kind: 'key-missing' as const, name: origin })),
  ];
}
