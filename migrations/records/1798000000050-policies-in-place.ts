import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which announced version one was published in the place of, because of a legal hold: not two persons approved it (docs/decisions/0016). */
export class PoliciesInPlace1798000000050 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE retention_policy ADD COLUMN in_place_of integer CONSTRAINT retention_policy_in_place_fk REFERENCES retention_policy (version)');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('ALTER TABLE retention_policy DROP COLUMN in_place_of');
  }
}
