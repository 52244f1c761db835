import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What auditors look entries up by, in narrow columns apart from the parts that they are taken from: the sequencer writes them, many
 * entries in one statement, so that a reading does not wait for it. Columns and no indexes of expressions or of terms: row security
 * keeps those from being used, since their operators might tell of rows of other sites. Pruning empties what is taken from parts.
 */
export class LogFilters1798000000025 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE log_filter (
        entry_id bigint CONSTRAINT log_filter_pk PRIMARY KEY,
        site_id uuid,
        at timestamptz NOT NULL,
        kind text NOT NULL,
        intake_id uuid,
        member uuid,
        purpose text,
        named uuid,
        several uuid[]
      )`);
    // With the rights of whoever asks. What was pruned, or is no part of ours, has nothing to be found by.
    await q.query(`
      CREATE VIEW log_entry_terms WITH (security_invoker = true) AS
      SELECT e.id AS entry_id, e.site_id, e.at, e.kind, e.intake_id, ${MEMBER} AS member, ${PURPOSE} AS purpose, ${NAMED} AS named, ${SEVERAL} AS several
      FROM log_entry e LEFT JOIN log_part p ON p.entry_id = e.id`);
    await q.query(`INSERT INTO log_filter SELECT t.* FROM log_index i JOIN log_entry_terms t ON t.entry_id = i.entry_id`);
    await q.query(`CREATE INDEX log_filter_by_site ON log_filter (site_id, entry_id DESC)`);
    await q.query(`CREATE INDEX log_filter_by_member ON log_filter (site_id, member, entry_id DESC) INCLUDE (purpose, named)`);
    await q.query(`CREATE INDEX log_filter_by_named ON log_filter (site_id, named, entry_id DESC) WHERE named IS NOT NULL`);
    await q.query(`CREATE INDEX log_filter_of_several ON log_filter (site_id, entry_id DESC) WHERE several IS NOT NULL`);
    await q.query(`CREATE INDEX log_filter_by_intake ON log_filter (intake_id, entry_id DESC) WHERE intake_id IS NOT NULL`);
    // Everything that is counted over time is in it.
    await q.query(`CREATE INDEX log_filter_by_time ON log_filter (site_id, at, entry_id) INCLUDE (kind, intake_id, member, purpose, named)`);
    // One index of what is rare among millions of entries and looked for by its kind, since each index that there is, also one that an entry
    // does not go into, costs every entry its time.
    await q.query(`DROP INDEX log_entry_by_site, log_entry_pins, log_entry_runs_and_copies, log_entry_rules`);
    await q.query(`CREATE INDEX log_entry_rare ON log_entry (kind, id) WHERE kind IN (${[...RULES, ...RUNS_AND_COPIES, 'vault.pinned', 'log.key-rotated', 'log.reviewed'].map(quoted).join(', ')})`);

    await q.query(`ALTER TABLE log_filter ENABLE ROW LEVEL SECURITY`);
    await q.query(`
      CREATE POLICY log_filter_read ON log_filter FOR SELECT TO thinfile_service
      USING (site_id = current_site() OR (site_id IS NULL AND current_site() IS NOT NULL))`);
    await q.query(`CREATE POLICY log_filter_read_all ON log_filter FOR SELECT TO thinfile_jobs USING (true)`);
    await q.query(`CREATE POLICY log_filter_append_all ON log_filter FOR INSERT TO thinfile_jobs WITH CHECK (true)`);
    await q.query(`GRANT SELECT ON log_filter, log_entry_terms TO thinfile_service, thinfile_jobs`);
    await q.query(`GRANT INSERT ON log_filter TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log_entry_rare`);
    await q.query(`CREATE INDEX log_entry_rules ON log_entry (kind, id) WHERE kind IN (${RULES.map(quoted).join(', ')})`);
    await q.query(`CREATE INDEX log_entry_runs_and_copies ON log_entry (kind, id) WHERE kind IN (${RUNS_AND_COPIES.map(quoted).join(', ')})`);
    await q.query(`CREATE INDEX log_entry_pins ON log_entry (site_id) WHERE kind = 'vault.pinned'`);
    await q.query(`CREATE INDEX log_entry_by_site ON log_entry (site_id, id DESC)`);
    await q.query(`DROP VIEW log_entry_terms`);
    await q.query(`DROP TABLE log_filter`);
  }
}

const RULES = ['policy.approved', 'policy.withdrawn', 'site.created', 'site.changed', 'hold.placed', 'hold.found', 'hold.released', 'hold.mended',
  'purge.finished', 'purge.failed', 'restore.released'];
const RUNS_AND_COPIES = ['backup.taken', 'purge.intended'];
const quoted = (kind: string): string => `'${kind}'`;

// Cut out of the canonical text at places that its order of names fixes: regular expressions and JSON would take ten times as long.
const MEMBER = `CASE WHEN starts_with(p.actor, '{"member":"') AND pg_input_is_valid(substr(p.actor, 12, 36), 'uuid') THEN substr(p.actor, 12, 36)::uuid END`;
const PURPOSE = `nullif(split_part(split_part(p.context, '"purpose":"', 2), '"', 1), '')`;
/** Two intakes or more, of a list or a hold. One alone stands in the entry's own column. */
const LIST = `'{' || replace(split_part(split_part(p.subject, '"intakes":["', 2), '"]', 1), '","', ',') || '}'`;
const SEVERAL = `CASE WHEN strpos(p.subject, '"intakes":["') > 0 AND strpos(split_part(p.subject, '"intakes":["', 2), '","') = 37 AND pg_input_is_valid(${LIST}, 'uuid[]') THEN (${LIST})::uuid[] END`;
/**
 * Which list of classes and fields: there are few, since most readings name the same, so that a field is looked for in the
 * lists and their entries by number. Of `{"classes":[…],"fields":[…],…}`, before which only a bucket's id can stand: all up to the
 * end of the second list, or of the only one.
 */
const FROM_CLASSES = `split_part(p.subject, '"classes":[', 2)`;
const NAMED = `CASE WHEN strpos(p.subject, '"classes":[') > 0 THEN
  md5(split_part(${FROM_CLASSES}, ']', 1) || CASE WHEN strpos(p.subject, '],"fields":[') > 0 THEN split_part(${FROM_CLASSES}, ']', 2) ELSE '' END)::uuid END`;
