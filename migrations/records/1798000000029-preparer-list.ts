import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Since when an intake's return has been on its preparer's list (IRC 6107(b)), from which the list's day of destruction follows. Null at
 * sites of VITA and TCE, which keep none. The list itself is a section like any other.
 */
export class PreparerList1798000000029 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE intake ADD COLUMN listed_day date`);
    // The published policy tells of lists where a site keeps some, also when it makes no new ones.
    await q.query(`CREATE INDEX intake_listed ON intake (site_id) WHERE listed_day IS NOT NULL`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX intake_listed`);
    await q.query(`ALTER TABLE intake DROP COLUMN listed_day`);
  }
}
