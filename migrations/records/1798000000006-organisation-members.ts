import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Several sites, and members of the whole organisation. Such a member works at one site at a time: their session says at
 * which. Their own rows (account, invitation) have no site: work at any site sees them, since their names stand in its
 * lists, and only a transaction that says it is the organisation's changes them.
 */
export class OrganisationMembers1798000000006 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // Days are too coarse to tell which site is the oldest.
    await q.query(`ALTER TABLE site ADD COLUMN arrival bigint GENERATED ALWAYS AS IDENTITY`);
    await q.query(`CREATE UNIQUE INDEX site_name_once ON site (lower(name))`);

    // Said in a transaction beside its site, for a member of the whole organisation. As with the site, empty is unset.
    await q.query(`
      CREATE FUNCTION whole_organisation() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
      AS $$ SELECT current_site() IS NOT NULL AND coalesce(current_setting('thinfile.organisation', true), '') = 'on' $$`);
    await q.query(`GRANT INSERT ON site TO thinfile_service`);
    await q.query(`
      CREATE POLICY site_opened_by_organisation ON site AS RESTRICTIVE FOR INSERT TO thinfile_service WITH CHECK (whole_organisation())`);
    await q.query(`CREATE POLICY site_known_to_organisation ON site FOR SELECT TO thinfile_service USING (whole_organisation())`);
    for (const table of ['member', 'invitation']) {
      await q.query(`
        CREATE POLICY ${table}_of_organisation_seen ON ${table} FOR SELECT TO thinfile_service
        USING (site_id IS NULL AND current_site() IS NOT NULL)`);
      await q.query(`
        CREATE POLICY ${table}_of_organisation ON ${table} TO thinfile_service
        USING (site_id IS NULL AND whole_organisation()) WITH CHECK (site_id IS NULL AND whole_organisation())`);
    }

    // Whoever set a service up before there were several sites belonged to the only one, and nobody could open another.
    await q.query(`UPDATE member SET site_id = NULL WHERE role = 'administrator' AND invited_by IS NULL`);
    // The set-up invites a second administrator, whom the first has not chosen.
    await q.query(`ALTER TABLE invitation ALTER COLUMN invited_by DROP NOT NULL`);

    // session.site_id is the site at which the member works. One member's sessions may be at several sites, and end together.
    await q.query(`UPDATE session SET site_id = (SELECT id FROM site ORDER BY arrival LIMIT 1) WHERE site_id IS NULL`);
    await q.query(`ALTER TABLE session ALTER COLUMN site_id SET NOT NULL`);
    const ofOrganisation = `whole_organisation() AND EXISTS (SELECT FROM member m WHERE m.id = member_id AND m.site_id IS NULL)`;
    await q.query(`
      CREATE POLICY session_of_organisation ON session TO thinfile_service USING (${ofOrganisation}) WITH CHECK (${ofOrganisation})`);

    await replaceFinders(q, FINDERS);
    // The set-up, with nobody signed in, makes its one invitation.
    await q.query(`GRANT INSERT ON invitation TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await replaceFinders(q, FINDERS_BEFORE);
    await q.query(`REVOKE INSERT ON invitation FROM thinfile_jobs`);
    await q.query(`REVOKE INSERT ON site FROM thinfile_service`);
    await q.query(`DROP POLICY session_of_organisation ON session`);
    await q.query(`ALTER TABLE session ALTER COLUMN site_id DROP NOT NULL`);
    await q.query(`DELETE FROM invitation WHERE invited_by IS NULL`);
    await q.query(`ALTER TABLE invitation ALTER COLUMN invited_by SET NOT NULL`);
    for (const table of ['member', 'invitation']) {
      await q.query(`DROP POLICY ${table}_of_organisation ON ${table}`);
      await q.query(`DROP POLICY ${table}_of_organisation_seen ON ${table}`);
    }
    await q.query(`DROP POLICY site_known_to_organisation ON site`);
    await q.query(`DROP POLICY site_opened_by_organisation ON site`);
    await q.query(`DROP FUNCTION whole_organisation()`);
    await q.query(`DROP INDEX site_name_once`);
    await q.query(`ALTER TABLE site DROP COLUMN arrival`);
  }
}

interface Finder {
  readonly signature: string;
  readonly returns: string;
  readonly body: string;
}

/** Signed out, nobody has a site yet: the three narrow questions of `1798000000002-access.ts`, which answer one row each. */
async function replaceFinders(q: QueryRunner, finders: readonly Finder[]): Promise<void> {
  for (const { signature, returns, body } of finders) {
    const [name, type] = signature.split(' ') as [string, string];
    await q.query(`DROP FUNCTION ${name}(${type})`);
    await q.query(`
      CREATE FUNCTION ${name}(wanted ${type}) RETURNS TABLE (${returns})
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ ${body} $$`);
    await q.query(`REVOKE ALL ON FUNCTION ${name}(${type}) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${name}(${type}) TO thinfile_service, thinfile_jobs`);
  }
}

const OLDEST_SITE = `(SELECT s.id FROM site s ORDER BY s.arrival LIMIT 1)`;

/**
 * site_id is always the site at which they work; organisation_wide says that it is not the only one. A session at another
 * site than its member's was made by nobody here, and is not found.
 */
const FINDERS: readonly Finder[] = [
  {
    signature: 'find_session bytea',
    returns: `
      id uuid, site_id uuid, organisation_wide boolean, member_id uuid, role text, name text, email text, language text,
      public_key bytea, half_id uuid, sealed_secret_key bytea, created_at timestamptz, seen_at timestamptz,
      expires_at timestamptz, idles_out boolean`,
    body: `
      SELECT s.id, s.site_id, m.site_id IS NULL, m.id, m.role, m.name, m.email, m.language, m.public_key, s.half_id,
      s.sealed_secret_key, s.created_at, s.seen_at, s.expires_at, s.idles_out
      FROM session s JOIN member m ON m.id = s.member_id
      WHERE s.token_hash = wanted AND m.status = 'active' AND s.site_id = coalesce(m.site_id, s.site_id)`,
  },
  {
    signature: 'find_member text',
    returns: `
      id uuid, site_id uuid, organisation_wide boolean, role text, name text, email text, language text, status text,
      public_key bytea, password_salt bytea, password_half uuid, wrapped_secret_key bytea`,
    body: `
      SELECT id, coalesce(site_id, ${OLDEST_SITE}), site_id IS NULL, role, name, email, language, status, public_key,
      password_salt, password_half, wrapped_secret_key
      FROM member WHERE lower(email) = lower(wanted)`,
  },
  {
    signature: 'find_invitation bytea',
    returns: `
      id uuid, site_id uuid, organisation_wide boolean, role text, name text, email text, invited_by uuid,
      expires_at timestamptz, used_at timestamptz`,
    body: `
      SELECT id, coalesce(site_id, ${OLDEST_SITE}), site_id IS NULL, role, name, email, invited_by, expires_at, used_at
      FROM invitation WHERE token_hash = wanted`,
  },
];

/** As `1798000000002-access.ts` made them. */
const FINDERS_BEFORE: readonly Finder[] = [
  {
    signature: 'find_session bytea',
    returns: `
      id uuid, site_id uuid, member_id uuid, role text, name text, email text, language text, public_key bytea, half_id uuid,
      sealed_secret_key bytea, created_at timestamptz, seen_at timestamptz, expires_at timestamptz, idles_out boolean`,
    body: `
      SELECT s.id, m.site_id, m.id, m.role, m.name, m.email, m.language, m.public_key, s.half_id, s.sealed_secret_key,
      s.created_at, s.seen_at, s.expires_at, s.idles_out
      FROM session s JOIN member m ON m.id = s.member_id
      WHERE s.token_hash = wanted AND m.status = 'active'`,
  },
  {
    signature: 'find_member text',
    returns: `
      id uuid, site_id uuid, role text, name text, email text, language text, status text, public_key bytea,
      password_salt bytea, password_half uuid, wrapped_secret_key bytea`,
    body: `
      SELECT id, site_id, role, name, email, language, status, public_key, password_salt, password_half, wrapped_secret_key
      FROM member WHERE lower(email) = lower(wanted)`,
  },
  {
    signature: 'find_invitation bytea',
    returns: `
      id uuid, site_id uuid, role text, name text, email text, invited_by uuid, expires_at timestamptz, used_at timestamptz`,
    body: `
      SELECT id, site_id, role, name, email, invited_by, expires_at, used_at FROM invitation WHERE token_hash = wanted`,
  },
];
