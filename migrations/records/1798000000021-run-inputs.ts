import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a run reads of the log before it destroys anything: of each intake the entries that change its facts, and all of a few kinds. */
export class RunInputs1798000000021 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log_entry_newest_write`);
    // Opening compares a section with the digest in its intake's newest write, and the days of destruction follow from the newest facts.
    await q.query(`
      CREATE INDEX log_entry_changes_of_intake ON log_entry (intake_id, id DESC)
      WHERE kind IN ('intake.created', 'answers.written', 'intake.staged', 'intake.erased')`);
    // A handful of entries a night among millions.
    await q.query(`
      CREATE INDEX log_entry_rules ON log_entry (kind, id)
      WHERE kind IN ('policy.approved', 'policy.withdrawn', 'site.created', 'site.changed', 'hold.placed', 'hold.found', 'hold.released', 'hold.mended',
        'purge.finished', 'purge.failed', 'restore.released')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log_entry_rules`);
    await q.query(`DROP INDEX log_entry_changes_of_intake`);
    await q.query(`
      CREATE INDEX log_entry_newest_write ON log_entry (intake_id, id DESC)
      WHERE kind IN ('intake.created', 'answers.written', 'intake.staged')`);
  }
}
