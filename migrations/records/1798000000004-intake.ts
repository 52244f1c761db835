import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardBySite } from './site-tables.js';

/** Intakes and their sealed sections. A thief of these tables has random ids, stages, days and bytes that nothing here opens. */
export class Intake1798000000004 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // destroyed: {class: day} of the classes that are gone, so that a read can say since when.
    await q.query(`
      CREATE TABLE intake (
        id uuid CONSTRAINT intake_pk PRIMARY KEY,
        site_id uuid NOT NULL CONSTRAINT intake_site_fk REFERENCES site (id),
        tax_year integer NOT NULL,
        filing_year integer NOT NULL,
        stage text NOT NULL DEFAULT 'open' CONSTRAINT intake_stage_known CHECK
          (stage IN ('open', 'prepared', 'filed', 'accepted', 'rejected', 'done', 'withdrawn', 'abandoned')),
        version integer NOT NULL DEFAULT 1,
        vault_number integer NOT NULL,
        wrapped_key bytea NOT NULL,
        created_day date NOT NULL,
        touched_day date NOT NULL,
        prepared_day date,
        accepted_day date,
        done_day date,
        consents_given boolean NOT NULL DEFAULT false,
        destroyed jsonb NOT NULL DEFAULT '{}',
        arrival bigint GENERATED ALWAYS AS IDENTITY,
        CONSTRAINT intake_vault_fk FOREIGN KEY (site_id, vault_number) REFERENCES site_vault (site_id, number)
      )`);
    await q.query(`CREATE INDEX intake_newest ON intake (site_id, arrival DESC)`);
    await guardBySite(q, 'intake', 'SELECT, INSERT, UPDATE');
    await q.query(`GRANT SELECT, UPDATE, DELETE ON intake TO thinfile_jobs`);

    await q.query(`
      CREATE TABLE section (
        intake_id uuid NOT NULL CONSTRAINT section_intake_fk REFERENCES intake (id) ON DELETE CASCADE,
        class text NOT NULL,
        site_id uuid NOT NULL,
        sealed bytea NOT NULL,
        CONSTRAINT section_pk PRIMARY KEY (intake_id, class)
      )`);
    // Sealed bytes do not compress: storing them as they are saves the attempt.
    await q.query(`ALTER TABLE section ALTER COLUMN sealed SET STORAGE EXTERNAL`);
    await guardBySite(q, 'section', 'SELECT, INSERT, UPDATE');
    await q.query(`GRANT SELECT, DELETE ON section TO thinfile_jobs`);

    // What is left of an intake: that there was one, and the day its last answer went. Goes at the season's end.
    await q.query(`
      CREATE TABLE tombstone (
        intake_id uuid CONSTRAINT tombstone_pk PRIMARY KEY,
        site_id uuid NOT NULL CONSTRAINT tombstone_site_fk REFERENCES site (id),
        day date NOT NULL
      )`);
    await q.query(`CREATE INDEX tombstone_by_site ON tombstone (site_id)`);
    await guardBySite(q, 'tombstone', 'SELECT');
    await q.query(`GRANT SELECT, INSERT, DELETE ON tombstone TO thinfile_jobs`);

    // The site's lookup key of a filing year, wrapped by its vault key.
    await q.query(`
      CREATE TABLE lookup_key (
        site_id uuid NOT NULL,
        filing_year integer NOT NULL,
        vault_number integer NOT NULL,
        wrapped bytea NOT NULL,
        CONSTRAINT lookup_key_pk PRIMARY KEY (site_id, filing_year),
        CONSTRAINT lookup_key_vault_fk FOREIGN KEY (site_id, vault_number) REFERENCES site_vault (site_id, number)
      )`);
    await guardBySite(q, 'lookup_key', 'SELECT, INSERT, UPDATE');
    await q.query(`GRANT SELECT, DELETE ON lookup_key TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE lookup_key, tombstone, section, intake`);
  }
}
