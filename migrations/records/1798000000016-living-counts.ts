import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardBySite } from './site-tables.js';

/**
 * How much was left after each day's run, in numbers: what is held over time cannot be told from what is held now. A thief of
 * the records learns how many intakes a site had on a day, which certificates and the log tell as well.
 */
export class LivingCounts1798000000016 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // Every class of every run, none left out: a count of zero is a run that left nothing.
    await q.query(`
      CREATE TABLE living_count (
        site_id uuid NOT NULL CONSTRAINT living_count_site_fk REFERENCES site (id),
        day date NOT NULL,
        class text NOT NULL,
        intakes integer NOT NULL CONSTRAINT living_count_not_negative CHECK (intakes >= 0),
        CONSTRAINT living_count_pk PRIMARY KEY (site_id, day, class)
      )`);
    await guardBySite(q, 'living_count', 'SELECT');
    await q.query(`GRANT SELECT, INSERT, DELETE ON living_count TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE living_count`);
  }
}
