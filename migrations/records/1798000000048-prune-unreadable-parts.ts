import type { MigrationInterface, QueryRunner } from 'typeorm';

const FUNCTION = 'prune_log_parts(bigint, timestamptz, timestamptz, uuid[], uuid[])';
const AS_IT_WAS = `NOT coalesce(subject::jsonb -> 'intakes' ?| spared_intakes::text[], false)`;
/** Nested deeper than PostgreSQL's stack it would fail even where it is only asked whether it is valid: no subject that we wrote begins so many lists and objects. */
const TOO_DEEP = `length(subject) - length(translate(subject, '[{', '')) > 1000`;
const IF_READABLE = `NOT CASE WHEN ${TOO_DEEP} THEN cardinality(spared_intakes) > 0 WHEN pg_input_is_valid(subject, 'jsonb') THEN coalesce(subject::jsonb -> 'intakes' ?| spared_intakes::text[], false) ELSE cardinality(spared_intakes) > 0 END`;

/**
 * A subject that is no JSON, which somebody at the database left there, made pruning fail, every night. Nothing tells which intakes it names:
 * while any is spared it stays, and goes by its age otherwise. The rest of the function is as it was.
 */
export class PruneUnreadableParts1798000000048 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await replaceInFunction(q, AS_IT_WAS, IF_READABLE);
  }

  async down(q: QueryRunner): Promise<void> {
    await replaceInFunction(q, IF_READABLE, AS_IT_WAS);
  }
}

export async function replaceInFunction(q: QueryRunner, before: string, after: string): Promise<void> {
  const [{ sql }] = (await q.query(`SELECT pg_get_functiondef('${FUNCTION}'::regprocedure) AS sql`)) as [{ readonly sql: string }];
  if (!sql.includes(before)) throw new Error('prune_log_parts is not the function that this migration changes.');
  await q.query(sql.replace(before, () => after));
}
