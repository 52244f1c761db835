import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardBySite } from './site-tables.js';

/** What the records know of legal holds, which themselves are the key store's: their matters, and what an edit would have overwritten. */
export class Holds1798000000014 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // site_id: of the one site that the hold names, whose members may see the matter; null for any other.
    await q.query(`
      CREATE TABLE hold_matter (
        hold_id uuid CONSTRAINT hold_matter_pk PRIMARY KEY,
        site_id uuid CONSTRAINT hold_matter_site_fk REFERENCES site (id),
        matter text NOT NULL CONSTRAINT hold_matter_length CHECK (length(matter) BETWEEN 1 AND 100),
        placed_by uuid NOT NULL CONSTRAINT hold_matter_placed_by_fk REFERENCES member (id)
      )`);
    await q.query(`CREATE INDEX hold_matter_by_site ON hold_matter (site_id)`);
    await q.query(`ALTER TABLE hold_matter ENABLE ROW LEVEL SECURITY`);
    const own = 'site_id = current_site() OR (site_id IS NULL AND whole_organisation())';
    await q.query(`CREATE POLICY hold_matter_read ON hold_matter FOR SELECT TO thinfile_service USING (site_id = current_site() OR (site_id IS NULL AND current_site() IS NOT NULL))`);
    await q.query(`CREATE POLICY hold_matter_place ON hold_matter FOR INSERT TO thinfile_service WITH CHECK (${own})`);
    await q.query(`GRANT SELECT, INSERT ON hold_matter TO thinfile_service`);

    // Sealed as it was, under a share that the hold keeps. It dies with that share, or with the hold.
    await q.query(`
      CREATE TABLE preserved_section (
        intake_id uuid NOT NULL CONSTRAINT preserved_section_intake_fk REFERENCES intake (id) ON DELETE CASCADE,
        class text NOT NULL,
        version integer NOT NULL,
        site_id uuid NOT NULL,
        sealed bytea NOT NULL,
        CONSTRAINT preserved_section_pk PRIMARY KEY (intake_id, class, version)
      )`);
    await guardBySite(q, 'preserved_section', 'INSERT');
    await q.query(`GRANT SELECT, DELETE ON preserved_section TO thinfile_jobs`);

    // Two people who ask for one release at the same moment ask once.
    await q.query(`CREATE UNIQUE INDEX approval_one_release ON approval ((subject ->> 'hold')) WHERE kind = 'hold.release' AND state = 'open'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX approval_one_release`);
    await q.query(`DROP TABLE preserved_section, hold_matter`);
  }
}
