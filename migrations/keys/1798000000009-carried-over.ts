import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A bucket of which something stays is emptied in portions, so that writers of the key store do not wait for all of it.
 * `carried` is how many shares have left it: from the first portion on nothing new goes in, and another bucket has its site,
 * class and day. Whoever reads the key store learns from it that a run was cut short.
 */
export class CarriedOver1798000000009 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE bucket ADD COLUMN carried integer CONSTRAINT bucket_carried_some CHECK (carried > 0)`);
    await q.query(`ALTER TABLE bucket DROP CONSTRAINT bucket_once`);
    await q.query(`CREATE UNIQUE INDEX bucket_once ON bucket (site_id, class, day) WHERE carried IS NULL`);
    // A search asks for all of a class, those that are being emptied too.
    await q.query(`CREATE INDEX bucket_of_class ON bucket (site_id, class)`);
  }

  /** @throws while a bucket is being emptied: two of one day cannot be told apart then. A run ends that. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX bucket_of_class`);
    await q.query(`DROP INDEX bucket_once`);
    await q.query(`ALTER TABLE bucket ADD CONSTRAINT bucket_once UNIQUE (site_id, class, day)`);
    await q.query(`ALTER TABLE bucket DROP COLUMN carried`);
  }
}
