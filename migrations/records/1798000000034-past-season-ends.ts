import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Season ends that had come before another took their place, as a list of days, the oldest first. What one of them ended is over, so a
 * change of the next must not give it another day.
 */
export class PastSeasonEnds1798000000034 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE site ADD COLUMN past_season_ends jsonb NOT NULL DEFAULT '[]'
        CONSTRAINT site_past_season_ends_listed CHECK (jsonb_typeof(past_season_ends) = 'array')`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE site DROP COLUMN past_season_ends`);
  }
}
