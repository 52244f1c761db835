import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When the log and the sections were last verified, and what was found. A thief learns that somebody looked. The log itself says
 * so too (`log.verified`): these rows are for pages, and whoever changes them changes no more than what a page says.
 */
export class Verifications1798000000026 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // looked_at: entries of the log, or rows of sections. signed_size: of the log, how many of them a good checkpoint covers.
    await q.query(`
      CREATE TABLE verification (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT verification_pk PRIMARY KEY,
        subject text NOT NULL CONSTRAINT verification_subject_known CHECK (subject IN ('log', 'sections')),
        trigger text NOT NULL CONSTRAINT verification_trigger_known CHECK (trigger IN ('nightly', 'command')),
        began_at timestamptz NOT NULL,
        ended_at timestamptz NOT NULL,
        looked_at bigint NOT NULL,
        signed_size bigint,
        found integer NOT NULL,
        unclear integer NOT NULL
      )`);
    await q.query(`CREATE INDEX verification_newest ON verification (subject, id DESC)`);
    await q.query(`GRANT SELECT ON verification TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT ON verification TO thinfile_jobs`);

    // Of the log: what was found at which place of the tree, which has no site. Of sections: of which intake, at its site.
    await q.query(`
      CREATE TABLE verification_finding (
        verification_id bigint NOT NULL CONSTRAINT verification_finding_of_fk REFERENCES verification (id),
        number integer NOT NULL,
        site_id uuid,
        kind text NOT NULL,
        entry_index bigint,
        intake_id uuid,
        class text,
        CONSTRAINT verification_finding_pk PRIMARY KEY (verification_id, number)
      )`);
    await q.query(`ALTER TABLE verification_finding ENABLE ROW LEVEL SECURITY`);
    await q.query(`
      CREATE POLICY verification_finding_read ON verification_finding FOR SELECT TO thinfile_service
      USING (site_id = current_site() OR (site_id IS NULL AND current_site() IS NOT NULL))`);
    await q.query(`CREATE POLICY verification_finding_all ON verification_finding TO thinfile_jobs USING (true) WITH CHECK (true)`);
    await q.query(`GRANT SELECT ON verification_finding TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT ON verification_finding TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE verification_finding, verification`);
  }
}
