import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardBySite } from './site-tables.js';

/** What a site takes for unusual in its log, and what auditors write about it. */
export class LogReviews1798000000028 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // Hours in minutes since midnight of the site's clocks; days as bits, the lowest is Monday.
    await q.query(`
      ALTER TABLE site
        ADD COLUMN opens_at integer NOT NULL DEFAULT 420 CONSTRAINT site_opens_at_within_day CHECK (opens_at BETWEEN 0 AND 1440),
        ADD COLUMN closes_at integer NOT NULL DEFAULT 1260 CONSTRAINT site_closes_at_within_day CHECK (closes_at BETWEEN 0 AND 1440),
        ADD COLUMN open_days integer NOT NULL DEFAULT 127 CONSTRAINT site_open_days_of_week CHECK (open_days BETWEEN 0 AND 127),
        ADD COLUMN many_intakes integer NOT NULL DEFAULT 20 CONSTRAINT site_many_intakes_counted CHECK (many_intakes BETWEEN 1 AND 10000),
        ADD COLUMN reads_without_change integer NOT NULL DEFAULT 10 CONSTRAINT site_reads_without_change_counted CHECK (reads_without_change BETWEEN 1 AND 10000),
        ADD COLUMN failed_sign_ins integer NOT NULL DEFAULT 5 CONSTRAINT site_failed_sign_ins_counted CHECK (failed_sign_ins BETWEEN 1 AND 10000),
        ADD COLUMN refused_attempts integer NOT NULL DEFAULT 3 CONSTRAINT site_refused_attempts_counted CHECK (refused_attempts BETWEEN 1 AND 10000),
        ADD CONSTRAINT site_opens_before_it_closes CHECK (opens_at < closes_at)`);
    // What an auditor wrote. Who, when, about what and with which outcome is in the log, which holds a hash of salt and text.
    await q.query(`
      CREATE TABLE log_review (
        entry_id bigint CONSTRAINT log_review_pk PRIMARY KEY,
        site_id uuid NOT NULL CONSTRAINT log_review_site_fk REFERENCES site (id),
        note text NOT NULL CONSTRAINT log_review_note_short CHECK (char_length(note) BETWEEN 1 AND 1000),
        salt bytea NOT NULL CONSTRAINT log_review_salt_32 CHECK (length(salt) = 32)
      )`);
    await q.query(`CREATE INDEX log_review_by_site ON log_review (site_id)`);
    await guardBySite(q, 'log_review', 'SELECT, INSERT');
    // A note goes with the parts of its entry, by their age and no sooner.
    await q.query(`
      CREATE FUNCTION prune_log_reviews() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DELETE FROM log_review r WHERE NOT EXISTS (SELECT FROM log_part p WHERE p.entry_id = r.entry_id) $$`);
    await q.query(`REVOKE ALL ON FUNCTION prune_log_reviews() FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION prune_log_reviews() TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION prune_log_reviews()`);
    await q.query(`DROP TABLE log_review`);
    await q.query(`
      ALTER TABLE site DROP COLUMN opens_at, DROP COLUMN closes_at, DROP COLUMN open_days, DROP COLUMN many_intakes,
        DROP COLUMN reads_without_change, DROP COLUMN failed_sign_ins, DROP COLUMN refused_attempts`);
  }
}
