import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a save tells the key store before the records commit, in one round trip. Its inner statements are what the service's
 * role may do anyway: a thief gains nothing by it.
 */
export class SaveLife1798000000004 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // 7466001 is the key store's lock, shared with other writers (src/vault/key-store.ts). Everything after it has a snapshot
    // younger than the lock: a function that is VOLATILE takes one for each statement where the isolation is READ COMMITTED.
    // false: what lives is no longer what the caller read, and nothing was written.
    await q.query(`
      CREATE FUNCTION save_life(
        of_intake uuid, today date, classes text[], buckets uuid[], due date[],
        next_version integer, slots smallint[], slot_buckets uuid[], tags bytea[], terms bytea[]
      ) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        IF current_setting('transaction_isolation') <> 'read committed' THEN
          RAISE EXCEPTION 'save_life needs a snapshot for each statement';
        END IF;
        IF current_setting('synchronous_commit') IN ('off', 'local', 'remote_write') THEN
          PERFORM set_config('synchronous_commit', 'on', true);
        END IF;
        PERFORM pg_advisory_xact_lock_shared(7466001);
        IF (SELECT count(*) <> cardinality(classes) OR count(n.class) <> cardinality(classes)
            FROM life_share s JOIN bucket b ON b.id = s.bucket_id
              LEFT JOIN unnest(classes, buckets) AS n (class, bucket) ON n.class = s.class AND n.bucket = s.bucket_id
            WHERE s.intake_id = of_intake AND s.due_day > today) THEN
          RETURN false;
        END IF;
        UPDATE life_share s SET due_day = n.day FROM unnest(classes, due) AS n (class, day)
          WHERE s.intake_id = of_intake AND s.class = n.class AND s.due_day < n.day;
        INSERT INTO lookup (intake_id, version, slot, bucket_id, tag, sealed)
          SELECT of_intake, next_version, n.slot, n.bucket, n.tag, n.term FROM unnest(slots, slot_buckets, tags, terms) AS n (slot, bucket, tag, term)
          ON CONFLICT ON CONSTRAINT lookup_pk DO UPDATE SET bucket_id = excluded.bucket_id, tag = excluded.tag, sealed = excluded.sealed;
        DELETE FROM lookup l WHERE l.intake_id = of_intake AND l.version < next_version - 1;
        RETURN true;
      END $$`);
    const signature = 'save_life(uuid, date, text[], uuid[], date[], integer, smallint[], uuid[], bytea[], bytea[])';
    await q.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION ${signature} TO thinfile_service`);
    // After the commit, so that no copy of the key store shows two versions' tags side by side. Nothing waits for the disk:
    // what a crash brings back goes with the next save, or on its day.
    await q.query(`
      CREATE FUNCTION forget_earlier_lookups(of_intake uuid, kept_version integer) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
      BEGIN
        PERFORM set_config('synchronous_commit', 'off', true);
        PERFORM pg_advisory_xact_lock_shared(7466001);
        DELETE FROM lookup l WHERE l.intake_id = of_intake AND l.version < kept_version;
      END $$`);
    await q.query(`REVOKE ALL ON FUNCTION forget_earlier_lookups(uuid, integer) FROM PUBLIC`);
    await q.query(`GRANT EXECUTE ON FUNCTION forget_earlier_lookups(uuid, integer) TO thinfile_service`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION save_life, forget_earlier_lookups`);
  }
}
