import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was sent with a form's or a client's key, so that the key sent again with something else is refused, and not taken for the same. */
export class SubmissionContent1798000000012 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // content_hash: of the random key, which is kept nowhere, together with what came with it. Whoever has not got the key learns
    // nothing from it, a guess of the content included. What was sent with earlier keys is not known: they are forgotten.
    await q.query(`DELETE FROM submission`);
    await q.query(`
      ALTER TABLE submission
        ADD COLUMN content_hash bytea NOT NULL CONSTRAINT submission_content_hash_32 CHECK (length(content_hash) = 32)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE submission DROP COLUMN content_hash`);
  }
}
