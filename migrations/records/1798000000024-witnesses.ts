import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What outside witnesses have said of the log's checkpoints. All of it can be had from them again, or is published; none of it
 * is believed by anything that decides here.
 */
export class Witnesses1798000000024 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // size: of the last checkpoint that it cosigned, by its own word; cosigned_size and cosigned_at: of the newest cosignature of
    // its that was good. claimed_until is the database's own clock, the other times are the service's. One process at a time asks
    // a witness: a claim that ends by itself, since a lock would keep a connection for as long as a witness takes to answer.
    await q.query(`
      CREATE TABLE log_witness (
        vkey text NOT NULL,
        origin text NOT NULL CONSTRAINT log_witness_origin_fk REFERENCES log_origin (origin),
        since timestamptz NOT NULL,
        size bigint NOT NULL DEFAULT 0 CONSTRAINT log_witness_size_not_negative CHECK (size >= 0),
        cosigned_size bigint,
        cosigned_at timestamptz,
        failure text,
        failed_at timestamptz,
        failures integer NOT NULL DEFAULT 0,
        next_at timestamptz NOT NULL,
        claimed_until timestamptz NOT NULL DEFAULT '-infinity',
        CONSTRAINT log_witness_pk PRIMARY KEY (vkey, origin)
      )`);
    // line: as a signed note has it. cosigned_at: as the witness says.
    await q.query(`
      CREATE TABLE log_cosignature (
        origin text NOT NULL,
        size bigint NOT NULL,
        vkey text NOT NULL,
        line text NOT NULL,
        cosigned_at timestamptz NOT NULL,
        CONSTRAINT log_cosignature_pk PRIMARY KEY (origin, size, vkey),
        CONSTRAINT log_cosignature_checkpoint_fk FOREIGN KEY (origin, size) REFERENCES log_checkpoint (origin, size)
      )`);
    await q.query(`GRANT SELECT ON log_witness, log_cosignature TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT, UPDATE ON log_witness, log_cosignature TO thinfile_jobs`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE log_cosignature, log_witness`);
  }
}
