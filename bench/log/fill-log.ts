import pg from 'pg';
import { createHash, randomUUID } from 'node:crypto';
import { GrowingTree, hashText } from '../../src/audit/growing-tree.js';
import { formatCheckpoint } from '../../src/audit/checkpoint.js';
import { frontierBytes, rootOf } from '../../src/audit/merkle.js';
import type { SigningKey } from '../../src/audit/signing-key.js';

const CHUNK = 50_000;
/** Entries between two checkpoints, as at a busy site. */
const SIGNED_EVERY = 1_000;

const commitment = (n: number, part: string): string => createHash('sha256').update(`${n} ${part}`).digest('base64');

/** A leaf of the true shape. */
export function leafLike(n: number): string {
  const [actor, context, subject] = ['actor', 'context', 'subject'].map((part) => commitment(n, part));
  return `{"actor":"${actor}","context":"${context}","counter":${n + 1},"epoch":"a1111111-1111-4111-8111-111111111111","kind":"answers.read","subject":"${subject}","time":"2027-03-01T15:00:00Z","v":1}`;
}

/**
 * So many readings of one writer in an empty log, by SQL: leaves with true commitments to the parts beside them, places in the tree, and
 * the checkpoints that were signed on the way.
 */
export async function fillLog(owner: string, entries: number, origin: string, key: SigningKey): Promise<void> {
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  try {
    await client.query('SET synchronous_commit = off');
    const [site, member] = [randomUUID(), randomUUID()];
    for (let from = 1; from <= entries; from += CHUNK) {
      const to = Math.min(entries, from + CHUNK - 1);
      await client.query(chunk(from, to, site, member));
      await client.query(`INSERT INTO log_filter SELECT * FROM log_entry_terms WHERE entry_id BETWEEN ${from} AND ${to} ORDER BY entry_id`);
    }
    await client.query('VACUUM (ANALYZE) log_entry, log_part, log_index, log_filter');
    await sign(client, entries, origin, key);
    // What was written just now is on the disk before anything is measured, as in a log that has been there for a while.
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

function chunk(from: number, to: number, site: string, member: string): string {
  const committed = (text: string): string => `encode(sha256(salt || convert_to(${text}, 'UTF8')), 'base64')`;
  return `
    WITH made AS MATERIALIZED (
      SELECT n, sha256(n::text::bytea) AS salt, md5(n::text)::uuid AS intake,
        '{"member":"${member}","role":"preparer"}' AS actor,
        '{"classes":["contact"],"fields":["contact.email","contact.phone"],"intake":"' || md5(n::text)::uuid || '","site":"${site}"}' AS subject,
        '{"purpose":"prepare","ticket":"' || md5('t' || n)::uuid || '"}' AS context
      FROM generate_series(${from}, ${to}) AS n
    ), leaf AS MATERIALIZED (
      SELECT *, '{"actor":"' || ${committed('actor')} || '","context":"' || ${committed('context')} || '","counter":' || n
        || ',"epoch":"a1111111-1111-4111-8111-111111111111","kind":"answers.read","subject":"' || ${committed('subject')} || '","time":"2027-03-01T15:00:00Z","v":1}' AS leaf FROM made
    ), entry AS (
      INSERT INTO log_entry (id, site_id, intake_id, kind, at, epoch, counter, leaf) OVERRIDING SYSTEM VALUE
      SELECT n, '${site}', intake, 'answers.read', '2027-03-01T15:00:00Z', 'a1111111-1111-4111-8111-111111111111', n, leaf FROM leaf ORDER BY n
    ), part AS (
      INSERT INTO log_part SELECT n, '${site}', actor, salt, subject, salt, context, salt FROM leaf ORDER BY n
    )
    INSERT INTO log_index SELECT n - 1, n, sha256('\\x00'::bytea || convert_to(leaf, 'UTF8')) FROM leaf ORDER BY n`;
}

async function sign(client: pg.Client, entries: number, origin: string, key: SigningKey): Promise<void> {
  const tree = new GrowingTree();
  for (let from = 0; from < entries; from += SIGNED_EVERY) {
    const { rows } = await client.query<{ leaf_hash: Buffer }>('SELECT leaf_hash FROM log_index WHERE index >= $1 AND index < $2 ORDER BY index', [from, from + SIGNED_EVERY]);
    for (const { leaf_hash } of rows) tree.append(hashText(leaf_hash));
    const note = key.sign(origin, formatCheckpoint({ origin, size: tree.size, root: rootOf(tree.frontier()) }));
    await client.query('INSERT INTO log_checkpoint VALUES ($1, $2, $3, now())', [origin, tree.size, note]);
  }
  await client.query('UPDATE log_head SET size = $1, frontier = $2', [tree.size, frontierBytes(tree.frontier())]);
}
