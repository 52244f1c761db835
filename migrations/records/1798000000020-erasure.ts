import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardBySite } from './site-tables.js';

/** What a client's own erasure leaves behind: what the receipt says, and nothing of the client. */
export class Erasure1798000000020 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // It outlives its intake, so it refers to none. run_id: whose certificate counts the keys that went; null while one of them is there.
    await q.query(`
      CREATE TABLE erasure (
        intake_id uuid CONSTRAINT erasure_pk PRIMARY KEY,
        site_id uuid NOT NULL CONSTRAINT erasure_site_fk REFERENCES site (id),
        approval_id uuid NOT NULL CONSTRAINT erasure_approval_once UNIQUE CONSTRAINT erasure_approval_fk REFERENCES approval (id),
        tax_year integer NOT NULL,
        asked_at timestamptz NOT NULL,
        day date NOT NULL,
        run_id uuid CONSTRAINT erasure_run_fk REFERENCES purge_run (id)
      )`);
    await q.query(`CREATE INDEX erasure_by_site ON erasure (site_id)`);
    // Every start and every run asks for them.
    await q.query(`CREATE INDEX erasure_waiting ON erasure (intake_id) WHERE run_id IS NULL`);
    await guardBySite(q, 'erasure', 'SELECT, INSERT');
    await q.query(`GRANT SELECT, DELETE ON erasure TO thinfile_jobs`);
    await q.query(`GRANT UPDATE (run_id) ON erasure TO thinfile_jobs`);

    // Two people who ask at the same moment ask once.
    await q.query(`CREATE UNIQUE INDEX approval_one_erasure ON approval ((subject ->> 'intake')) WHERE kind = 'intake.erasure' AND state = 'open'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX approval_one_erasure`);
    await q.query(`DROP TABLE erasure`);
  }
}
