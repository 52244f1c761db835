import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two group roles. `thinfile_service` is what a request may do, inside one site. `thinfile_jobs` is what must cross
 * sites: the sequencer, the purge run, the set-up. The service's login inherits the first and has to say
 * `SET LOCAL ROLE` for the second. Neither owns anything, so neither can change the schema or switch row security off.
 */
export class Roles1798000000001 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'thinfile_service') THEN CREATE ROLE thinfile_service NOLOGIN; END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'thinfile_jobs') THEN CREATE ROLE thinfile_jobs NOLOGIN; END IF;
      END $$`);
    await q.query(`REVOKE CREATE ON SCHEMA public FROM PUBLIC`);
    await q.query(`GRANT USAGE ON SCHEMA public TO thinfile_service, thinfile_jobs`);
    // A pooled connection reads '' after a transaction that set the site: empty and unset both mean no site at all.
    await q.query(`
      CREATE FUNCTION current_site() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
      AS $$ SELECT nullif(current_setting('thinfile.site', true), '')::uuid $$`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION current_site()`);
  }
}
