import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The keys of all buckets of a site and class under one seal. Unlogged: what can be made again at any time belongs in no write-ahead
 * log and no backup. Whatever destroys a bucket destroys the ring with its key, in the same statement.
 */
export class BucketRing1798000000011 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE UNLOGGED TABLE bucket_ring (
        site_id uuid NOT NULL,
        class text NOT NULL,
        buckets bigint NOT NULL,
        master integer NOT NULL,
        sealed bytea NOT NULL,
        CONSTRAINT bucket_ring_pk PRIMARY KEY (site_id, class))`);
    await q.query(`ALTER TABLE bucket_ring ALTER COLUMN sealed SET STORAGE EXTERNAL`); // random bytes do not get shorter
    await q.query(`
      CREATE FUNCTION break_bucket_rings() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN
        DELETE FROM bucket_ring r USING (SELECT DISTINCT site_id, class FROM gone) g WHERE r.site_id = g.site_id AND r.class = g.class;
        RETURN NULL;
      END $$`);
    await q.query(`
      CREATE TRIGGER bucket_ring_breaks AFTER DELETE ON bucket REFERENCING OLD TABLE AS gone
      FOR EACH STATEMENT EXECUTE FUNCTION break_bucket_rings()`);
    await q.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON bucket_ring TO thinfile_service`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TRIGGER bucket_ring_breaks ON bucket`);
    await q.query(`DROP FUNCTION break_bucket_rings()`);
    await q.query(`DROP TABLE bucket_ring`);
  }
}
