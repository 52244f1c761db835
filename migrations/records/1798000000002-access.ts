import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guardBySite } from './site-tables.js';

/** Organisation, sites, members, sessions, and who holds which site's vault key. Nothing here is an answer of a client. */
export class Access1798000000002 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE organisation (
        id uuid CONSTRAINT organisation_pk PRIMARY KEY,
        name text NOT NULL,
        created_day date NOT NULL
      )`);
    await q.query(`CREATE UNIQUE INDEX organisation_only_one ON organisation ((true))`);
    await q.query(`GRANT SELECT ON organisation TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT, UPDATE ON organisation TO thinfile_jobs`);

    // The one-time link printed at the first start. Its thief could set the service up in the owner's place, until it is used.
    await q.query(`
      CREATE TABLE set_up_link (
        token_hash bytea CONSTRAINT set_up_link_pk PRIMARY KEY,
        expires_at timestamptz NOT NULL
      )`);
    await q.query(`GRANT SELECT, INSERT, DELETE ON set_up_link TO thinfile_jobs`);

    await q.query(`
      CREATE TABLE site (
        id uuid CONSTRAINT site_pk PRIMARY KEY,
        name text NOT NULL,
        time_zone text NOT NULL,
        collect_credentials boolean NOT NULL DEFAULT false,
        collect_documents boolean NOT NULL DEFAULT false,
        collect_notes boolean NOT NULL DEFAULT false,
        regime text NOT NULL DEFAULT 'vita_tce' CONSTRAINT site_regime_known CHECK (regime IN ('vita_tce', 'compensated')),
        season_end date,
        created_day date NOT NULL
      )`);
    await guardBySite(q, 'site', 'SELECT, UPDATE', 'id');
    await q.query(`GRANT SELECT, INSERT, UPDATE ON site TO thinfile_jobs`);

    // site_id is null for a member of the whole organisation (administrators and auditors only).
    await q.query(`
      CREATE TABLE member (
        id uuid CONSTRAINT member_pk PRIMARY KEY,
        site_id uuid CONSTRAINT member_site_fk REFERENCES site (id),
        role text NOT NULL CONSTRAINT member_role_known CHECK (role IN ('preparer', 'administrator', 'auditor')),
        name text NOT NULL,
        email text NOT NULL,
        status text NOT NULL DEFAULT 'active' CONSTRAINT member_status_known CHECK (status IN ('active', 'disabled')),
        language text NOT NULL DEFAULT 'en',
        public_key bytea NOT NULL CONSTRAINT member_public_key_32 CHECK (length(public_key) = 32),
        password_salt bytea NOT NULL,
        password_half uuid NOT NULL,
        wrapped_secret_key bytea NOT NULL,
        invited_by uuid CONSTRAINT member_invited_by_fk REFERENCES member (id),
        created_day date NOT NULL,
        disabled_day date,
        CONSTRAINT member_preparer_has_site CHECK (role <> 'preparer' OR site_id IS NOT NULL)
      )`);
    await q.query(`CREATE UNIQUE INDEX member_email_once ON member (lower(email))`);
    await q.query(`CREATE INDEX member_by_site ON member (site_id)`);
    await guardBySite(q, 'member', 'SELECT, INSERT, UPDATE');
    await q.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON member TO thinfile_jobs`);

    await q.query(`
      CREATE TABLE invitation (
        id uuid CONSTRAINT invitation_pk PRIMARY KEY,
        site_id uuid CONSTRAINT invitation_site_fk REFERENCES site (id),
        role text NOT NULL CONSTRAINT invitation_role_known CHECK (role IN ('preparer', 'administrator', 'auditor')),
        name text NOT NULL,
        email text NOT NULL,
        token_hash bytea NOT NULL CONSTRAINT invitation_token_once UNIQUE,
        invited_by uuid NOT NULL CONSTRAINT invitation_invited_by_fk REFERENCES member (id),
        expires_at timestamptz NOT NULL,
        used_at timestamptz
      )`);
    await q.query(`CREATE INDEX invitation_by_site ON invitation (site_id)`);
    await guardBySite(q, 'invitation', 'SELECT, INSERT, UPDATE, DELETE');
    await q.query(`GRANT SELECT, UPDATE, DELETE ON invitation TO thinfile_jobs`);

    // A thief of this table has hashes of tokens and boxes that need the token and a half from the key store.
    await q.query(`
      CREATE TABLE session (
        token_hash bytea CONSTRAINT session_pk PRIMARY KEY,
        id uuid NOT NULL CONSTRAINT session_id_once UNIQUE,
        site_id uuid CONSTRAINT session_site_fk REFERENCES site (id),
        member_id uuid NOT NULL CONSTRAINT session_member_fk REFERENCES member (id) ON DELETE CASCADE,
        half_id uuid NOT NULL,
        sealed_secret_key bytea NOT NULL,
        created_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        idles_out boolean NOT NULL DEFAULT true
      )`);
    await q.query(`CREATE INDEX session_by_member ON session (member_id)`);
    await q.query(`CREATE INDEX session_by_site ON session (site_id)`);
    await guardBySite(q, 'session', 'SELECT, INSERT, UPDATE, DELETE');
    await q.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON session TO thinfile_jobs`);

    await q.query(`
      CREATE TABLE site_vault (
        site_id uuid NOT NULL CONSTRAINT site_vault_site_fk REFERENCES site (id),
        number integer NOT NULL,
        created_by uuid NOT NULL CONSTRAINT site_vault_created_by_fk REFERENCES member (id),
        created_day date NOT NULL,
        CONSTRAINT site_vault_pk PRIMARY KEY (site_id, number)
      )`);
    await guardBySite(q, 'site_vault', 'SELECT, INSERT');
    await q.query(`GRANT SELECT ON site_vault TO thinfile_jobs`);

    // sealed: the vault key for this member, under a half of the key store and the member's public key.
    // mac: made with the vault key over site, member, role, public key, number: a row slipped in here has none that fits.
    // pin: the vault's check value under the member's own secret key, set when the member first opens the grant.
    await q.query(`
      CREATE TABLE vault_grant (
        site_id uuid NOT NULL,
        member_id uuid NOT NULL CONSTRAINT vault_grant_member_fk REFERENCES member (id) ON DELETE CASCADE,
        vault_number integer NOT NULL,
        half_id uuid NOT NULL,
        sealed bytea NOT NULL,
        mac bytea NOT NULL,
        pin bytea,
        admitted_by uuid NOT NULL CONSTRAINT vault_grant_admitted_by_fk REFERENCES member (id),
        admitted_day date NOT NULL,
        CONSTRAINT vault_grant_pk PRIMARY KEY (site_id, member_id, vault_number),
        CONSTRAINT vault_grant_vault_fk FOREIGN KEY (site_id, vault_number) REFERENCES site_vault (site_id, number)
      )`);
    await guardBySite(q, 'vault_grant', 'SELECT, INSERT, UPDATE, DELETE');
    await q.query(`GRANT SELECT ON vault_grant TO thinfile_jobs`);

    // Signed out, nobody has a site yet: three narrow questions that answer one row each, and only to an exact key.
    await q.query(`
      CREATE FUNCTION find_session(wanted bytea) RETURNS TABLE (
        id uuid, site_id uuid, member_id uuid, role text, name text, email text, language text, public_key bytea, half_id uuid,
        sealed_secret_key bytea, created_at timestamptz, seen_at timestamptz, expires_at timestamptz, idles_out boolean)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ SELECT s.id, m.site_id, m.id, m.role, m.name, m.email, m.language, m.public_key, s.half_id, s.sealed_secret_key, s.created_at, s.seen_at,
                   s.expires_at, s.idles_out
            FROM session s JOIN member m ON m.id = s.member_id
            WHERE s.token_hash = wanted AND m.status = 'active' $$`);
    await q.query(`
      CREATE FUNCTION find_member(wanted text) RETURNS TABLE (
        id uuid, site_id uuid, role text, name text, email text, language text, status text, public_key bytea, password_salt bytea,
        password_half uuid, wrapped_secret_key bytea)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ SELECT id, site_id, role, name, email, language, status, public_key, password_salt, password_half, wrapped_secret_key
            FROM member WHERE lower(email) = lower(wanted) $$`);
    await q.query(`
      CREATE FUNCTION find_invitation(wanted bytea) RETURNS TABLE (
        id uuid, site_id uuid, role text, name text, email text, invited_by uuid, expires_at timestamptz, used_at timestamptz)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ SELECT id, site_id, role, name, email, invited_by, expires_at, used_at FROM invitation WHERE token_hash = wanted $$`);
    for (const f of ['find_session(bytea)', 'find_member(text)', 'find_invitation(bytea)']) {
      await q.query(`REVOKE ALL ON FUNCTION ${f} FROM PUBLIC`);
      await q.query(`GRANT EXECUTE ON FUNCTION ${f} TO thinfile_service, thinfile_jobs`);
    }
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION find_session(bytea), find_member(text), find_invitation(bytea)`);
    await q.query(`DROP TABLE vault_grant, site_vault, session, invitation, member, site, set_up_link, organisation`);
  }
}
