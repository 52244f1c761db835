import { hash } from 'node:crypto';
import type { RecordsTx } from '../../src/platform/records-tx.js';

/** What a service without a tree would write: the same texts, without salts, in one row and one statement. */
export const PLAIN_LOG = `
  CREATE TABLE plain_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, site_id uuid, intake_id uuid, kind text NOT NULL, at timestamptz NOT NULL,
    actor text NOT NULL, subject text NOT NULL, context text NOT NULL);
  CREATE INDEX ON plain_log (site_id, id DESC);
  CREATE TABLE chained_log (LIKE plain_log INCLUDING ALL, hash bytea NOT NULL);
  CREATE TABLE chain_head (hash bytea NOT NULL);
  INSERT INTO chain_head VALUES (sha256(''))`;

export interface PlainEntry {
  readonly site: string;
  readonly intake: string;
  readonly kind: string;
  readonly at: Date;
  readonly actor: string;
  readonly subject: string;
  readonly context: string;
}

export async function insertPlainly(tx: Pick<RecordsTx, 'query'>, entry: PlainEntry): Promise<void> {
  await tx.query('INSERT INTO plain_log (site_id, intake_id, kind, at, actor, subject, context) VALUES ($1, $2, $3, $4, $5, $6, $7)', valuesOf(entry));
}

/** A hash chain as it is usually built: each entry holds the hash of the one before, so each has to wait for the commit of the one before. */
export async function insertChained(tx: RecordsTx, entry: PlainEntry): Promise<void> {
  const [head] = await tx.query<{ hash: Buffer }>('SELECT hash FROM chain_head FOR UPDATE');
  const next = hash('sha256', Buffer.concat([head!.hash, Buffer.from(JSON.stringify(entry))]), 'buffer');
  await tx.query(
    'WITH head AS (UPDATE chain_head SET hash = $8) INSERT INTO chained_log (site_id, intake_id, kind, at, actor, subject, context, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [...valuesOf(entry), next],
  );
}

function valuesOf({ site, intake, kind, at, actor, subject, context }: PlainEntry): unknown[] {
  return [site, intake, kind, at, actor, subject, context];
}
