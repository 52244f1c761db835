import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the rules of retention and custody follow from: without it no run begins, and no grant is believed. */
const NEVER = ['policy.approved', 'policy.withdrawn', 'site.created', 'site.changed', 'hold.placed', 'hold.found', 'hold.released', 'hold.mended',
  'organisation.created', 'vault.created', 'vault.pinned', 'log.origin', 'log.key-rotated', 'log.pruned', 'restore.found', 'restore.swept', 'restore.released'];
/** What certificates of destruction rest on. */
const AS_CERTIFICATES = ['purge.intended', 'purge.finished', 'purge.failed', 'bucket.destroyed', 'bucket.moved', 'inputs.corrected', 'lookup.lost', 'master.rotated', 'clock.confirmed'];
const PAGE = 10_000;
const PASSES = 40;

/**
 * The parts of old log entries go, with their salts; leaves and places stay, so that the tree and all proofs do. The service deletes
 * none itself: a function does, and looks at their age by the database's own clock, whatever it is asked for.
 */
export class PruneLogParts1798000000027 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION prune_log_parts(after_id bigint, entries_before timestamptz, certificates_before timestamptz, spared_sites uuid[], spared_intakes uuid[])
      RETURNS TABLE (last_id bigint, pruned integer)
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        WITH page AS MATERIALIZED (
          SELECT p.entry_id, p.subject, e.kind, e.at, e.site_id, e.intake_id FROM log_part p JOIN log_entry e ON e.id = p.entry_id
          WHERE p.entry_id > after_id ORDER BY p.entry_id LIMIT ${PAGE}
        ), old AS (
          SELECT entry_id FROM page
          WHERE at < CASE WHEN kind = ANY (${textArray(AS_CERTIFICATES)}) THEN least(certificates_before, now() - interval '6 years')
                          ELSE least(entries_before, now() - interval '24 months') END
            AND kind <> ALL (${textArray(NEVER)})
            AND (site_id IS NULL OR site_id <> ALL (spared_sites))
            AND (intake_id IS NULL OR intake_id <> ALL (spared_intakes) AND NOT EXISTS (SELECT FROM intake i WHERE i.id = page.intake_id))
            AND NOT coalesce(subject::jsonb -> 'intakes' ?| spared_intakes::text[], false)
            AND EXISTS (SELECT FROM log_index x WHERE x.entry_id = page.entry_id)
        ), gone AS (
          DELETE FROM log_part p USING old WHERE p.entry_id = old.entry_id RETURNING 1
        ), emptied AS (
          UPDATE log_filter f SET member = NULL, purpose = NULL, named = NULL, several = NULL FROM old WHERE f.entry_id = old.entry_id
        )
        SELECT (SELECT max(entry_id) FROM page WHERE (SELECT bool_or(at < entries_before) FROM page)), (SELECT count(*)::integer FROM gone)
      $$`);
    // Rows that stand behind the room that pruning left move into it, so that VACUUM can give the end of the file back. A page that has
    // room itself keeps its rows until their versions have filled it.
    await q.query(`
      CREATE FUNCTION compact_log_parts(from_page bigint, to_page bigint) RETURNS void
      LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        FOR pass IN 1..${PASSES} LOOP
          UPDATE log_part SET actor = actor WHERE ctid >= format('(%s,0)', from_page)::tid AND ctid < format('(%s,0)', to_page)::tid;
          EXIT WHEN NOT FOUND;
        END LOOP;
      END $$`);
    for (const name of ['prune_log_parts(bigint, timestamptz, timestamptz, uuid[], uuid[])', 'compact_log_parts(bigint, bigint)']) {
      await q.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
      await q.query(`GRANT EXECUTE ON FUNCTION ${name} TO thinfile_jobs`);
    }
    await q.query(`GRANT MAINTAIN ON log_part, log_filter TO thinfile_service`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`REVOKE MAINTAIN ON log_part, log_filter FROM thinfile_service`);
    await q.query(`DROP FUNCTION compact_log_parts(bigint, bigint)`);
    await q.query(`DROP FUNCTION prune_log_parts(bigint, timestamptz, timestamptz, uuid[], uuid[])`);
  }
}

function textArray(names: readonly string[]): string {
  return `ARRAY[${names.map((name) => `'${name}'`).join(', ')}]`;
}
