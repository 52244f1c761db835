import type { MigrationInterface, QueryRunner } from 'typeorm';

const OF_SESSION = `
  id uuid, site_id uuid, organisation_wide boolean, member_id uuid, role text, name text, email text, language text,
  public_key bytea, half_id uuid, sealed_secret_key bytea, created_at timestamptz, seen_at timestamptz,
  expires_at timestamptz, idles_out boolean`;

const SESSION = `
  s.id, s.site_id, m.site_id IS NULL, m.id, m.role, m.name, m.email, m.language, m.public_key, s.half_id,
  s.sealed_secret_key, s.created_at, s.seen_at, s.expires_at, s.idles_out`;

const FOUND = `s.token_hash = wanted AND m.status = 'active' AND s.site_id = coalesce(m.site_id, s.site_id)`;

/**
 * The session's question, asked once for every request, answers with what nearly every request asks next: the day at the
 * site, and the member's own grants of its vault key. A row for each grant, the newest first; one row without any.
 */
export class SessionWithGrants1798000000008 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await replaceFindSession(
      q,
      `${OF_SESSION}, time_zone text, vault_number integer, grant_half_id uuid, grant_sealed bytea, grant_mac bytea, grant_pin bytea`,
      `SELECT ${SESSION}, site.time_zone, g.vault_number, g.half_id, g.sealed, g.mac, g.pin
       FROM session s JOIN member m ON m.id = s.member_id JOIN site ON site.id = s.site_id
       LEFT JOIN vault_grant g ON g.site_id = s.site_id AND g.member_id = s.member_id
       WHERE ${FOUND} ORDER BY g.vault_number DESC`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await replaceFindSession(q, OF_SESSION, `SELECT ${SESSION} FROM session s JOIN member m ON m.id = s.member_id WHERE ${FOUND}`);
  }
}

async function replaceFindSession(q: QueryRunner, returns: string, body: string): Promise<void> {
  await q.query(`DROP FUNCTION find_session(bytea)`);
  await q.query(`
    CREATE FUNCTION find_session(wanted bytea) RETURNS TABLE (${returns})
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ ${body} $$`);
  await q.query(`REVOKE ALL ON FUNCTION find_session(bytea) FROM PUBLIC`);
  await q.query(`GRANT EXECUTE ON FUNCTION find_session(bytea) TO thinfile_service, thinfile_jobs`);
}
