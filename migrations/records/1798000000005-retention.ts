import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The published policy, the runs and their certificates: the organisation's, readable by every member, written by jobs only. */
export class Retention1798000000005 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE retention_policy (
        version integer CONSTRAINT retention_policy_pk PRIMARY KEY,
        effective_day date NOT NULL,
        published_at timestamptz NOT NULL,
        document jsonb NOT NULL
      )`);
    // step and total drive the progress bar; counts is what the run found, by class, before and after.
    await q.query(`
      CREATE TABLE purge_run (
        id uuid CONSTRAINT purge_run_pk PRIMARY KEY,
        started_at timestamptz NOT NULL,
        finished_at timestamptz,
        asked_by uuid,
        trigger text NOT NULL CONSTRAINT purge_run_trigger_known CHECK (trigger IN ('nightly', 'page', 'command')),
        state text NOT NULL CONSTRAINT purge_run_state_known CHECK (state IN ('running', 'finished', 'failed', 'waiting')),
        step text NOT NULL,
        done integer NOT NULL DEFAULT 0,
        total integer NOT NULL DEFAULT 0,
        days jsonb NOT NULL DEFAULT '{}',
        reason text
      )`);
    await q.query(`CREATE INDEX purge_run_newest ON purge_run (started_at DESC)`);
    // body is canonical JSON, kept as text so that the signed bytes are the stored bytes.
    await q.query(`
      CREATE TABLE destruction_certificate (
        run_id uuid CONSTRAINT destruction_certificate_pk PRIMARY KEY CONSTRAINT destruction_certificate_run_fk REFERENCES purge_run (id),
        body text NOT NULL,
        note text NOT NULL
      )`);
    await q.query(`GRANT SELECT ON retention_policy, purge_run, destruction_certificate TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT ON retention_policy, destruction_certificate TO thinfile_jobs`);
    await q.query(`GRANT SELECT, INSERT, UPDATE ON purge_run TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE destruction_certificate, purge_run, retention_policy`);
  }
}
