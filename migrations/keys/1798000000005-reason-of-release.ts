import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why restored records should be released, beside who asks: the second person has to know. It goes with the request. */
export class ReasonOfRelease1798000000005 implements MigrationInterface {
  /** Who has asked without a reason asks again. */
  async up(q: QueryRunner): Promise<void> {
    await q.query(`UPDATE restored_records SET asked_by = NULL, asked_at = NULL`);
    await q.query(`
      ALTER TABLE restored_records
        ADD COLUMN asked_reason text CONSTRAINT restored_records_reason_length CHECK (length(asked_reason) BETWEEN 10 AND 500),
        ADD CONSTRAINT restored_records_asked_whole CHECK (num_nulls(asked_by, asked_at, asked_reason) IN (0, 3))`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE restored_records DROP CONSTRAINT restored_records_asked_whole, DROP COLUMN asked_reason`);
  }
}
