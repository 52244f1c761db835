import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SaveLife1798000000004 } from './1798000000004-save-life.js';

const BEFORE = 'save_life(uuid, date, text[], uuid[], date[], integer, smallint[], uuid[], bytea[], bytea[])';
const AFTER = 'save_life(uuid, date, text[], uuid[], date[], integer, smallint[], uuid[], bytea[], bytea[], bytea[], bytea[])';

/**
 * A lookup row of what a save does not mention keeps the blank that it has, so that the rows that change are those that were
 * asked about, whoever has something there. The function chooses, since it sees the row of the committed version under the lock.
 */
export class TwoBlanks1798000000006 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${BEFORE}`);
    await createSaveLife(q);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${AFTER}, forget_earlier_lookups`);
    await new SaveLife1798000000004().up(q);
  }
}

/** For going back to it, too. */
export async function createSaveLife(q: QueryRunner): Promise<void> {
  // As in 1798000000004, but for the two last arrays: beside each row another tag and term, or none. It is written instead
  // where the row has it now: in the version before this one, or where there is none, in the newest.
  // Versions after this one are of records that a restore has undone.
  await q.query(`
    CREATE FUNCTION save_life(
      of_intake uuid, today date, classes text[], buckets uuid[], due date[],
      next_version integer, slots smallint[], slot_buckets uuid[], tags bytea[], terms bytea[], staying_tags bytea[], staying_terms bytea[]
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
        SELECT of_intake, next_version, n.slot, n.bucket,
          CASE WHEN n.staying_tag = now.tag THEN n.staying_tag ELSE n.tag END,
          CASE WHEN n.staying_tag = now.tag THEN n.staying_term ELSE n.term END
        FROM unnest(slots, slot_buckets, tags, terms, staying_tags, staying_terms) AS n (slot, bucket, tag, term, staying_tag, staying_term)
          LEFT JOIN LATERAL (
            SELECT l.tag FROM lookup l WHERE l.intake_id = of_intake AND l.slot = n.slot
            ORDER BY l.version < next_version DESC, l.version DESC LIMIT 1) now ON true
        ON CONFLICT ON CONSTRAINT lookup_pk DO UPDATE SET bucket_id = excluded.bucket_id, tag = excluded.tag, sealed = excluded.sealed;
      DELETE FROM lookup l WHERE l.intake_id = of_intake AND (l.version < next_version - 1 OR l.version > next_version);
      RETURN true;
    END $$`);
  await q.query(`REVOKE ALL ON FUNCTION ${AFTER} FROM PUBLIC`);
  await q.query(`GRANT EXECUTE ON FUNCTION ${AFTER} TO thinfile_service`);
}
