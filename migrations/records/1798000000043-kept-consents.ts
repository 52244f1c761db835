import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether an intake's consents say whose they are, without which none is kept past the season (docs/decisions/0029). */
export class KeptConsents1798000000043 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE intake ADD COLUMN consents_named boolean NOT NULL DEFAULT false`);
    await q.query(`CREATE INDEX intake_consents_named ON intake (site_id) WHERE consents_named`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX intake_consents_named`);
    await q.query(`ALTER TABLE intake DROP COLUMN consents_named`);
  }
}
