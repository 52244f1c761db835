import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when on nothing of an intake is kept because its client does not want it kept. */
export class ErasedDay1798000000013 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE intake ADD COLUMN erased_day date`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE intake DROP COLUMN erased_day`);
  }
}
