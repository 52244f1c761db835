import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the key store was copied after the newest run: asked at every look at the warnings, of a log of millions of entries. */
export class NewestKeyCopy1798000000018 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // One or two entries a night.
    await q.query(`CREATE INDEX log_entry_runs_and_copies ON log_entry (kind, id) WHERE kind IN ('backup.taken', 'purge.intended')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log_entry_runs_and_copies`);
  }
}
