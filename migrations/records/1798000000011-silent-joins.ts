import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who may not approve what somebody asks for. An administrator whom nobody approved may be anybody, the one who invited them
 * included: where it takes two, the two are one person, whichever of them asks.
 */
export class SilentJoins1798000000011 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // asker: whoever asks, and above them one host after the other for as long as each guest came without an approval: all of
    // them one person. decider: their whole line of invitations. Where the two meet, the decider is that person or a guest of
    // theirs. UNION ends at a ring, which only a hand in the database can make. As comes_from did, it sees members of every site.
    await q.query(`
      CREATE FUNCTION depends_on(decider uuid, asker uuid) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ WITH RECURSIVE asking (id) AS (
              SELECT asker
              UNION SELECT m.invited_by FROM member m JOIN asking ON asking.id = m.id
                WHERE m.role = 'administrator' AND NOT EXISTS (SELECT FROM approval a WHERE a.id = m.approval_id AND a.state = 'approved')),
            line (id) AS (
              SELECT decider
              UNION SELECT m.invited_by FROM member m JOIN line ON line.id = m.id)
            SELECT EXISTS (SELECT FROM line JOIN asking ON asking.id = line.id) $$`);
    await q.query(`REVOKE ALL ON FUNCTION depends_on(uuid, uuid) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION depends_on(uuid, uuid) TO thinfile_service, thinfile_jobs`);
    await q.query(`DROP FUNCTION comes_from(uuid, uuid)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION depends_on(uuid, uuid)`);
    await q.query(`
      CREATE FUNCTION comes_from(wanted uuid, origin uuid) RETURNS boolean
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
      AS $$ WITH RECURSIVE line (id, invited_by) AS (
              SELECT id, invited_by FROM member WHERE id = wanted
              UNION SELECT m.id, m.invited_by FROM member m JOIN line ON m.id = line.invited_by)
            SELECT EXISTS (SELECT FROM line WHERE id = origin) $$`);
    await q.query(`REVOKE ALL ON FUNCTION comes_from(uuid, uuid) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION comes_from(uuid, uuid) TO thinfile_service, thinfile_jobs`);
  }
}
