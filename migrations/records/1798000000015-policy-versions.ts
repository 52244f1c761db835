import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Policies that two administrators publish, and that a legal hold takes back; and whether days have still to follow a change of rules. */
export class PolicyVersions1798000000015 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // withdrawn_at: announced, and taken back before it came into force. What is published is never edited or deleted otherwise.
    await q.query(`ALTER TABLE retention_policy ADD COLUMN withdrawn_at timestamptz`);
    await q.query(`GRANT INSERT ON retention_policy TO thinfile_service`);
    await q.query(`GRANT UPDATE (withdrawn_at) ON retention_policy TO thinfile_jobs`);

    // One row while days of destruction have not followed the newest rules: written with them, deleted when they have.
    await q.query(`
      CREATE TABLE rules_changed (
        single boolean CONSTRAINT rules_changed_pk PRIMARY KEY DEFAULT true CONSTRAINT rules_changed_only_one CHECK (single),
        changed_at timestamptz NOT NULL
      )`);
    await q.query(`GRANT SELECT, INSERT, UPDATE ON rules_changed TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON rules_changed TO thinfile_jobs`);

    // Two who propose at the same moment: one policy is decided at a time.
    await q.query(`CREATE UNIQUE INDEX approval_one_policy ON approval (kind) WHERE kind = 'policy.publish' AND state = 'open'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX approval_one_policy`);
    await q.query(`DROP TABLE rules_changed`);
    await q.query(`REVOKE INSERT ON retention_policy FROM thinfile_service`);
    await q.query(`ALTER TABLE retention_policy DROP COLUMN withdrawn_at`);
  }
}
