import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Restored intakes have an entry with the days that the key store knew: a run reads it with those that change an intake's facts. */
export class RestoredIntakes1798000000046 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log_entry_changes_of_intake`);
    await q.query(`
      CREATE INDEX log_entry_changes_of_intake ON log_entry (intake_id, id DESC)
      WHERE kind IN ('intake.created', 'answers.written', 'intake.staged', 'intake.erased', 'intake.restored')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log_entry_changes_of_intake`);
    await q.query(`
      CREATE INDEX log_entry_changes_of_intake ON log_entry (intake_id, id DESC)
      WHERE kind IN ('intake.created', 'answers.written', 'intake.staged', 'intake.erased')`);
  }
}
