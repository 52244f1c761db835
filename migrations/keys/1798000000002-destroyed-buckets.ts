import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What has been destroyed and is not certified yet, written in the transaction that destroys it: after a crash the next
 * run still knows, and certifies, what the last one destroyed. Its thief learns that a site had answers due on a day.
 */
export class DestroyedBuckets1798000000002 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // run_id: the run that destroyed it. certified_by: the run whose certificate names it. No foreign keys: runs are in records.
    await q.query(`
      CREATE TABLE destroyed_bucket (
        id uuid CONSTRAINT destroyed_bucket_pk PRIMARY KEY,
        site_id uuid NOT NULL,
        class text NOT NULL,
        day date NOT NULL,
        run_id uuid NOT NULL,
        moved integer NOT NULL,
        certified_by uuid
      )`);
    await q.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON destroyed_bucket TO thinfile_service`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE destroyed_bucket`);
  }
}
