import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever has left can come back under the same e-mail address, as another member who counts as the same person where it takes two; and a
 * season later their account loses its name and address. The row stays: other rows and the log name members by their ids.
 */
export class Leavers1798000000041 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE member ADD COLUMN forgotten_day date, ADD COLUMN earlier_id uuid CONSTRAINT member_earlier_fk REFERENCES member (id),
        ADD CONSTRAINT member_forgotten_whole CHECK (forgotten_day IS NULL OR (status = 'disabled' AND name = '' AND email = ''))`);
    await q.query('DROP INDEX member_email_once');
    await q.query(`CREATE UNIQUE INDEX member_email_once ON member (lower(email)) WHERE status = 'active'`);
    await q.query(`CREATE INDEX member_by_email ON member (lower(email))`);
    await q.query(finder(NEWEST));
    await q.query(dependsOn(EARLIER_TOO));
  }

  /** @throws when two members have one address */
  async down(q: QueryRunner): Promise<void> {
    await q.query(dependsOn(HOSTS_ALONE));
    await q.query(finder('WHERE lower(email) = lower(wanted)'));
    await q.query('DROP INDEX member_by_email');
    await q.query('DROP INDEX member_email_once');
    await q.query('CREATE UNIQUE INDEX member_email_once ON member (lower(email))');
    await q.query('ALTER TABLE member DROP COLUMN forgotten_day, DROP COLUMN earlier_id');
  }
}

/** Of an address that no active member has: who had it last, so that a refused sign-in is noted as theirs. Nobody has an address that was erased. */
const NEWEST = `WHERE lower(email) = lower(wanted) AND email <> ''
      ORDER BY status = 'active' DESC, EXISTS (SELECT FROM member later WHERE later.earlier_id = member.id), disabled_day DESC, id LIMIT 1`;

function finder(which: string): string {
  return `
    CREATE OR REPLACE FUNCTION find_member(wanted text) RETURNS TABLE (
      id uuid, site_id uuid, organisation_wide boolean, role text, name text, email text, language text, status text,
      public_key bytea, password_salt bytea, password_half uuid, wrapped_secret_key bytea)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT id, coalesce(site_id, (SELECT s.id FROM site s ORDER BY s.arrival LIMIT 1)), site_id IS NULL, role, name, email, language, status, public_key,
      password_salt, password_half, wrapped_secret_key
      FROM member ${which} $$`;
}

interface Steps {
  /** From whoever asks to who counts as the same person. */
  readonly asking: string;
  /** From whoever decides to whom they came from. */
  readonly line: string;
}

const SILENT_HOST = `CASE WHEN m.role = 'administrator' AND NOT EXISTS (SELECT FROM approval a WHERE a.id = m.approval_id AND a.state = 'approved') THEN m.invited_by END`;
/** As `1798000000011-silent-joins.ts` made it, and why. */
const HOSTS_ALONE: Steps = { asking: SILENT_HOST, line: 'm.invited_by' };
/** The accounts that somebody had before count as well: a guest of theirs is a guest of the one who came back. */
const EARLIER_TOO: Steps = { asking: `unnest(ARRAY[${SILENT_HOST}, m.earlier_id])`, line: 'unnest(ARRAY[m.invited_by, m.earlier_id])' };

function dependsOn({ asking, line }: Steps): string {
  return `
    CREATE OR REPLACE FUNCTION depends_on(decider uuid, asker uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ WITH RECURSIVE asking (id) AS (
            SELECT asker
            UNION SELECT ${asking} FROM member m JOIN asking ON asking.id = m.id),
          line (id) AS (
            SELECT decider
            UNION SELECT ${line} FROM member m JOIN line ON line.id = m.id)
          SELECT EXISTS (SELECT FROM line JOIN asking ON asking.id = line.id) $$`;
}
