import type { MigrationInterface, QueryRunner } from 'typeorm';

const DIFFERENCES = ['log-shorter', 'log-other', 'run-missing', 'readers-changed'];

/**
 * An intake's lookup rows say which version it has: records that have an older one are not opened. Records that two persons
 * have released after a restore legitimately have one. The table's thief learns which intakes were brought back and not saved since.
 */
export class AcceptedVersions1798000000007 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE TABLE accepted_version (
        intake_id uuid CONSTRAINT accepted_version_pk PRIMARY KEY,
        version integer NOT NULL
      )`);
    await q.query(`GRANT SELECT, INSERT, DELETE ON accepted_version TO thinfile_service`);
    await allowDifferences(q, [...DIFFERENCES, 'intakes-older']);
    // As before, and what a restore had brought back is no longer the newest. Nothing waits for the disk: what a crash brings
    // back allows one version more than it should, until the next save.
    await q.query(`
      CREATE OR REPLACE FUNCTION forget_earlier_lookups(of_intake uuid, kept_version integer) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        PERFORM set_config('synchronous_commit', 'off', true);
        PERFORM pg_advisory_xact_lock_shared(7466001);
        DELETE FROM lookup l WHERE l.intake_id = of_intake AND l.version < kept_version;
        DELETE FROM accepted_version a WHERE a.intake_id = of_intake AND a.version < kept_version;
      END $$`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`
      CREATE OR REPLACE FUNCTION forget_earlier_lookups(of_intake uuid, kept_version integer) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        PERFORM set_config('synchronous_commit', 'off', true);
        PERFORM pg_advisory_xact_lock_shared(7466001);
        DELETE FROM lookup l WHERE l.intake_id = of_intake AND l.version < kept_version;
      END $$`);
    await q.query(`DELETE FROM restored_records WHERE difference = 'intakes-older'`);
    await allowDifferences(q, DIFFERENCES);
    await q.query(`DROP TABLE accepted_version`);
  }
}

async function allowDifferences(q: QueryRunner, known: readonly string[]): Promise<void> {
  await q.query(`
    ALTER TABLE restored_records DROP CONSTRAINT restored_records_difference_known,
      ADD CONSTRAINT restored_records_difference_known CHECK (difference IN (${known.map((one) => `'${one}'`).join(', ')}))`);
}
