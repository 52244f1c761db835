import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The full tiles of the access log's tree (C2SP tlog-tiles), so that a proof costs a few rows of them and never the whole
 * log. They follow from log_index. A log that was there before gets them from the sequencer, step by step.
 */
export class LogTiles1798000000022 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // RFC 6962, section 2.1, of hashes that stand one after the other: a power of two of them.
    await q.query(`
      CREATE FUNCTION tile_root(hashes bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
      DECLARE layer bytea := hashes;
      BEGIN
        WHILE length(layer) > 32 LOOP
          SELECT string_agg(sha256('\\x01'::bytea || substr(layer, 64 * n + 1, 64)), ''::bytea ORDER BY n)
            INTO layer FROM generate_series(0, length(layer) / 64 - 1) n;
        END LOOP;
        RETURN layer;
      END $$`);
    // root is what the level above is made of. It is generated: a tile whose hashes were changed has another one.
    await q.query(`
      CREATE TABLE log_tile (
        level smallint,
        number bigint,
        hashes bytea NOT NULL CONSTRAINT log_tile_full CHECK (length(hashes) = 256 * 32),
        root bytea NOT NULL GENERATED ALWAYS AS (tile_root(hashes)) STORED,
        CONSTRAINT log_tile_pk PRIMARY KEY (level, number)
      )`);
    // They are hashes all through: trying to compress them is work for nothing.
    await q.query(`ALTER TABLE log_tile ALTER COLUMN hashes SET STORAGE EXTERNAL`);
    await q.query(`GRANT SELECT ON log_tile TO thinfile_service`);
    await q.query(`GRANT SELECT, INSERT ON log_tile TO thinfile_jobs`);
    // Leaves of every site's entries, and nothing else of them, for a member of the whole organisation.
    await q.query(`
      CREATE FUNCTION log_leaves(first bigint, width integer) RETURNS TABLE (index bigint, leaf text)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT i.index, e.leaf FROM log_index i JOIN log_entry e ON e.id = i.entry_id
        WHERE whole_organisation() AND i.index >= first AND i.index < first + least(width, 256) ORDER BY i.index $$`);
    await q.query(`REVOKE ALL ON FUNCTION log_leaves(bigint, integer) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION log_leaves(bigint, integer) TO thinfile_service`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION log_leaves`);
    await q.query(`DROP TABLE log_tile`);
    await q.query(`DROP FUNCTION tile_root`);
  }
}
