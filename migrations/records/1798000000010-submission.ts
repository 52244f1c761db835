import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardBySite } from './site-tables.js';

/**
 * Which intake a form has started already, so that a form sent twice starts one. A thief learns of each intake that it was
 * started by a form; whose form it was and what it held is not here.
 */
export class Submission1798000000010 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // token_hash: of the form's random value together with the site and the member who sent it.
    await q.query(`
      CREATE TABLE submission (
        token_hash bytea CONSTRAINT submission_pk PRIMARY KEY,
        site_id uuid NOT NULL,
        intake_id uuid NOT NULL CONSTRAINT submission_intake_fk REFERENCES intake (id) ON DELETE CASCADE
      )`);
    await q.query(`CREATE INDEX submission_of_intake ON submission (intake_id)`);
    await guardBySite(q, 'submission', 'SELECT, INSERT');
    await q.query(`GRANT SELECT, DELETE ON submission TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE submission');
  }
}
