import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever has left can come back under the same e-mail address, as another member; and a season later their account loses its name and
 * address. The row stays: other rows and the log name members by their ids.
 */
export class Leavers1798000000041 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE member ADD COLUMN forgotten_day date,
        ADD CONSTRAINT member_forgotten_whole CHECK (forgotten_day IS NULL OR (status = 'disabled' AND name = '' AND email = ''))`);
    await q.query('DROP INDEX member_email_once');
    await q.query(`CREATE UNIQUE INDEX member_email_once ON member (lower(email)) WHERE status = 'active'`);
    await q.query(`CREATE INDEX member_by_email ON member (lower(email))`);
    await q.query(finder(`ORDER BY status = 'active' DESC, disabled_day DESC, id LIMIT 1`));
  }

  /** @throws when two members have one address */
  async down(q: QueryRunner): Promise<void> {
    await q.query(finder(''));
    await q.query('DROP INDEX member_by_email');
    await q.query('DROP INDEX member_email_once');
    await q.query('CREATE UNIQUE INDEX member_email_once ON member (lower(email))');
    await q.query('ALTER TABLE member DROP COLUMN forgotten_day');
  }
}

/** Of an address that no active member has: who had it last, so that a refused sign-in is noted as theirs. */
function finder(order: string): string {
  return `
    CREATE OR REPLACE FUNCTION find_member(wanted text) RETURNS TABLE (
      id uuid, site_id uuid, organisation_wide boolean, role text, name text, email text, language text, status text,
      public_key bytea, password_salt bytea, password_half uuid, wrapped_secret_key bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT id, coalesce(site_id, (SELECT s.id FROM site s ORDER BY s.arrival LIMIT 1)), site_id IS NULL, role, name, email, language, status, public_key,
      password_salt, password_half, wrapped_secret_key
      FROM member WHERE lower(email) = lower(wanted) ${order} $$`;
}
