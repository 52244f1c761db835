import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When nobody is left who holds a site's key, and nothing is there that it opens, the next preparer makes another one. Lookup keys
 * under the former open for nobody any more, and stand in the way of new ones. The service deletes none itself: this function does,
 * and looks whether that is so, whatever it is asked.
 */
export class DeadLookupKeys1798000000033 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE FUNCTION forget_dead_lookup_keys() RETURNS void
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DELETE FROM lookup_key k WHERE k.site_id = current_site()
          AND NOT EXISTS (SELECT FROM intake i WHERE i.site_id = k.site_id)
          AND NOT EXISTS (SELECT FROM vault_grant g JOIN member m ON m.id = g.member_id AND m.status = 'active' WHERE g.site_id = k.site_id) $$`);
    await q.query(`REVOKE ALL ON FUNCTION forget_dead_lookup_keys() FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION forget_dead_lookup_keys() TO thinfile_service`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION forget_dead_lookup_keys()`);
  }
}
