import type { MigrationInterface, QueryRunner } from 'typeorm';

const FIND_SESSION = `
  id uuid, site_id uuid, organisation_wide boolean, member_id uuid, role text, name text, email text, language text,
  public_key bytea, half_id uuid, sealed_secret_key bytea, created_at timestamptz, seen_at timestamptz,
  expires_at timestamptz, idles_out boolean, time_zone text`;
const GRANT = `vault_number integer, grant_half_id uuid, grant_sealed bytea, grant_mac bytea, grant_pin bytea`;

/**
 * The time zones that a site has left within thirty days, each with the day on which it ceases to count: until then nothing is refused
 * or destroyed before its day has begun in every one of them (docs/decisions/0025). A list of `{"timeZone", "until"}`.
 */
export class FormerTimeZones1798000000032 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE site ADD COLUMN former_time_zones jsonb NOT NULL DEFAULT '[]',
        ADD CONSTRAINT site_former_time_zones_listed CHECK (jsonb_typeof(former_time_zones) = 'array')`);
    await replaceFindSession(q, `${FIND_SESSION}, former_time_zones jsonb, ${GRANT}`, 'site.time_zone, site.former_time_zones');
  }

  async down(q: QueryRunner): Promise<void> {
    await replaceFindSession(q, `${FIND_SESSION}, ${GRANT}`, 'site.time_zone');
    await q.query(`ALTER TABLE site DROP COLUMN former_time_zones`);
  }
}

async function replaceFindSession(q: QueryRunner, returns: string, zones: string): Promise<void> {
  await q.query(`DROP FUNCTION find_session(bytea)`);
  await q.query(`
    CREATE FUNCTION find_session(wanted bytea) RETURNS TABLE (${returns})
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
       SELECT s.id, s.site_id, m.site_id IS NULL, m.id, m.role, m.name, m.email, m.language, m.public_key, s.half_id,
         s.sealed_secret_key, s.created_at, s.seen_at, s.expires_at, s.idles_out, ${zones}, g.vault_number, g.half_id, g.sealed, g.mac, g.pin
       FROM session s JOIN member m ON m.id = s.member_id JOIN site ON site.id = s.site_id
       LEFT JOIN vault_grant g ON g.site_id = s.site_id AND g.member_id = s.member_id
       WHERE s.token_hash = wanted AND m.status = 'active' AND s.site_id = coalesce(m.site_id, s.site_id) ORDER BY g.vault_number DESC $$`);
  await q.query(`REVOKE ALL ON FUNCTION find_session(bytea) FROM PUBLIC`);
  await q.query(`GRANT EXECUTE ON FUNCTION find_session(bytea) TO thinfile_service, thinfile_jobs`);
}
