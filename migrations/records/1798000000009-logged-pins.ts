import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Finds what a site's log says of its members' pins: one entry for each grant ever opened. Read only where a grant has no
 * pin, which is once in a grant's life; so the index is small and seldom touched.
 */
export class LoggedPins1798000000009 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE INDEX log_entry_pins ON log_entry (site_id) WHERE kind = 'vault.pinned'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log_entry_pins`);
  }
}
