import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Acts that take two people: who asked for what and why, who decided, and the invitations of administrators that wait for it. */
export class Approvals1798000000007 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // site_id is null for a matter of the whole organisation. subject holds ids and settings; the reason is the only free text
    // about it anywhere, and is in no log. withdrawn: by whoever asked, or because a newer request took its place.
    await q.query(`
      CREATE TABLE approval (
        id uuid CONSTRAINT approval_pk PRIMARY KEY,
        site_id uuid CONSTRAINT approval_site_fk REFERENCES site (id),
        kind text NOT NULL,
        subject jsonb NOT NULL,
        reason text NOT NULL CONSTRAINT approval_reason_length CHECK (length(reason) BETWEEN 10 AND 500),
        requested_by uuid NOT NULL CONSTRAINT approval_requested_by_fk REFERENCES member (id),
        requested_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        state text NOT NULL DEFAULT 'open' CONSTRAINT approval_state_known CHECK
          (state IN ('open', 'approved', 'declined', 'withdrawn', 'expired')),
        decided_by uuid CONSTRAINT approval_decided_by_fk REFERENCES member (id),
        decided_at timestamptz,
        CONSTRAINT approval_open_or_decided CHECK ((state = 'open') = (decided_at IS NULL)),
        CONSTRAINT approval_decided_by_somebody CHECK ((state IN ('open', 'expired')) = (decided_by IS NULL)),
        CONSTRAINT approval_by_another CHECK (state NOT IN ('approved', 'declined') OR decided_by <> requested_by)
      )`);
    await q.query(`CREATE INDEX approval_open ON approval (expires_at) WHERE state = 'open'`);
    await q.query(`CREATE INDEX approval_newest ON approval (site_id, requested_at DESC)`);

    // The organisation's are seen from every site, and written by its own members. An update finds open rows only and leaves none open, for jobs too: what has
    // been decided stays as it was decided. By column, so that what was asked, by whom and why cannot be changed at all.
    const own = '(site_id = current_site() OR (site_id IS NULL AND whole_organisation()))';
    await q.query(`ALTER TABLE approval ENABLE ROW LEVEL SECURITY`);
    await q.query(`CREATE POLICY approval_read ON approval FOR SELECT TO thinfile_service
      USING (site_id = current_site() OR (site_id IS NULL AND current_site() IS NOT NULL))`);
    await q.query(`CREATE POLICY approval_ask ON approval FOR INSERT TO thinfile_service WITH CHECK (state = 'open' AND ${own})`);
    await q.query(`
      CREATE POLICY approval_decide ON approval FOR UPDATE TO thinfile_service
      USING (state = 'open' AND ${own}) WITH CHECK (state <> 'open' AND ${own})`);
    await q.query(`CREATE POLICY approval_read_all ON approval FOR SELECT TO thinfile_jobs USING (true)`);
    await q.query(`CREATE POLICY approval_decide_all ON approval FOR UPDATE TO thinfile_jobs USING (state = 'open') WITH CHECK (state <> 'open')`);
    await q.query(`GRANT SELECT, INSERT ON approval TO thinfile_service`);
    await q.query(`GRANT SELECT ON approval TO thinfile_jobs`);
    await q.query(`GRANT UPDATE (state, decided_by, decided_at) ON approval TO thinfile_service, thinfile_jobs`);

    // A line of invitations may run through members whom a site does not see: one that stopped there would make a stranger
    // of somebody's own guest. It answers yes or no. UNION ends at a ring, which only a hand in the database can make.
    await q.query(`
      CREATE FUNCTION comes_from(wanted uuid, origin uuid) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ WITH RECURSIVE line (id, invited_by) AS (
              SELECT id, invited_by FROM member WHERE id = wanted
              UNION SELECT m.id, m.invited_by FROM member m JOIN line ON m.id = line.invited_by)
            SELECT EXISTS (SELECT FROM line WHERE id = origin) $$`);
    // Held until the transaction ends: nobody is disabled between being looked at and what follows from it.
    await q.query(`
      CREATE FUNCTION standing_of(wanted uuid) RETURNS TABLE (site_id uuid, role text, status text)
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ SELECT m.site_id, m.role, m.status FROM member m WHERE m.id = wanted FOR SHARE $$`);
    for (const f of ['comes_from(uuid, uuid)', 'standing_of(uuid)']) {
      await q.query(`REVOKE ALL ON FUNCTION ${f} FROM PUBLIC`);
      await q.query(`GRANT EXECUTE ON FUNCTION ${f} TO thinfile_service, thinfile_jobs`);
    }

    // Links to become an administrator that were handed out before there were approvals would pass by all of this: they are void.
    // NOT VALID: whoever joined by one earlier stays. The set-up's own invitations come from nobody.
    await q.query(`DELETE FROM invitation WHERE role = 'administrator' AND used_at IS NULL AND invited_by IS NOT NULL`);
    await q.query(`
      ALTER TABLE invitation ADD COLUMN approval_id uuid
        CONSTRAINT invitation_approval_once UNIQUE CONSTRAINT invitation_approval_fk REFERENCES approval (id)`);
    await q.query(`
      ALTER TABLE invitation ADD CONSTRAINT invitation_administrator_waits
        CHECK (role <> 'administrator' OR invited_by IS NULL OR approval_id IS NOT NULL) NOT VALID`);
    await q.query(`DROP FUNCTION find_invitation(bytea)`);
    await q.query(`
      CREATE FUNCTION find_invitation(wanted bytea) RETURNS TABLE (
        id uuid, site_id uuid, organisation_wide boolean, role text, name text, email text, invited_by uuid, approval_id uuid,
        expires_at timestamptz, used_at timestamptz)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ SELECT id, coalesce(site_id, (SELECT s.id FROM site s ORDER BY s.arrival LIMIT 1)), site_id IS NULL, role, name, email,
                   invited_by, approval_id, expires_at, used_at
            FROM invitation WHERE token_hash = wanted $$`);
    await q.query(`REVOKE ALL ON FUNCTION find_invitation(bytea) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION find_invitation(bytea) TO thinfile_service, thinfile_jobs`);
    // How an administrator came to be one.
    await q.query(`ALTER TABLE member ADD COLUMN approval_id uuid CONSTRAINT member_approval_fk REFERENCES approval (id)`);
  }

  /** Links that wait for an approval are void: before this there was nothing for them to wait for. */
  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM invitation WHERE approval_id IS NOT NULL AND used_at IS NULL`);
    await q.query(`ALTER TABLE member DROP COLUMN approval_id`);
    await q.query(`ALTER TABLE invitation DROP CONSTRAINT invitation_administrator_waits, DROP COLUMN approval_id`);
    await q.query(`DROP FUNCTION find_invitation(bytea), comes_from(uuid, uuid), standing_of(uuid)`);
    await q.query(`
      CREATE FUNCTION find_invitation(wanted bytea) RETURNS TABLE (
        id uuid, site_id uuid, organisation_wide boolean, role text, name text, email text, invited_by uuid,
        expires_at timestamptz, used_at timestamptz)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ SELECT id, coalesce(site_id, (SELECT s.id FROM site s ORDER BY s.arrival LIMIT 1)), site_id IS NULL, role, name, email,
                   invited_by, expires_at, used_at
            FROM invitation WHERE token_hash = wanted $$`);
    await q.query(`REVOKE ALL ON FUNCTION find_invitation(bytea) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION find_invitation(bytea) TO thinfile_service, thinfile_jobs`);
    await q.query(`DROP TABLE approval`);
  }
}
