import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The keys that a log was signed with, one after the other: its name stays when the key is changed. Written when the
 * checkpoint that both keys sign is published, in the same transaction.
 */
export class LogKeys1798000000023 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // from_size: of the checkpoint that the key before signed as its last and this one as its first; 0 for a log's first key.
    await q.query(`
      CREATE TABLE log_key (
        origin text NOT NULL CONSTRAINT log_key_origin_fk REFERENCES log_origin (origin),
        number integer NOT NULL CONSTRAINT log_key_from_1 CHECK (number >= 1),
        vkey text NOT NULL CONSTRAINT log_key_vkey_once UNIQUE,
        from_size bigint NOT NULL CONSTRAINT log_key_size_not_negative CHECK (from_size >= 0),
        started_at timestamptz NOT NULL,
        CONSTRAINT log_key_pk PRIMARY KEY (origin, number)
      )`);
    await q.query(`INSERT INTO log_key (origin, number, vkey, from_size, started_at) SELECT origin, 1, vkey, 0, started_at FROM log_origin`);
    await q.query(`GRANT SELECT ON log_key TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT ON log_key TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE log_key`);
  }
}
