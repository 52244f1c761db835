import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createSaveLife } from './1798000000006-two-blanks.js';

const BEFORE = 'save_life(uuid, date, text[], uuid[], date[], integer, smallint[], uuid[], bytea[], bytea[], bytea[], bytea[])';
const AFTER = 'save_life(uuid, date, text[], uuid[], date[], boolean[], integer, smallint[], uuid[], bytea[], bytea[], bytea[], bytea[])';

/** Legal holds that can be placed: a scope that names nothing by mistake is refused, and a save sees one that came in between. */
export class Holds1798000000008 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    // NULL names everything; an empty list would name nothing, and keep nothing.
    await q.query(`
      ALTER TABLE hold
        ADD CONSTRAINT hold_intakes_named CHECK (cardinality(intakes) > 0),
        ADD CONSTRAINT hold_classes_named CHECK (cardinality(classes) > 0),
        ADD CONSTRAINT hold_days_in_order CHECK (created_from <= created_to)`);
    await q.query(`DROP FUNCTION ${BEFORE}`);
    // As in 1798000000006, but for "held": whether a hold covered each class when it was read. One that was placed since makes
    // the answer stale, and the save then keeps what it replaces.
    await q.query(`
      CREATE FUNCTION save_life(
        of_intake uuid, today date, classes text[], buckets uuid[], due date[], held boolean[],
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
              LEFT JOIN unnest(classes, buckets, held) AS n (class, bucket, held)
                ON n.class = s.class AND n.bucket = s.bucket_id AND n.held = EXISTS (
                  SELECT FROM hold h WHERE NOT h.sentinel AND h.released_at IS NULL
                    AND (h.site_id IS NULL OR h.site_id = s.site_id) AND (h.intakes IS NULL OR s.intake_id = ANY (h.intakes))
                    AND (h.classes IS NULL OR s.class = ANY (h.classes)) AND (h.tax_year IS NULL OR h.tax_year = s.tax_year)
                    AND (h.created_from IS NULL OR s.created_day >= h.created_from) AND (h.created_to IS NULL OR s.created_day <= h.created_to))
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

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP FUNCTION ${AFTER}`);
    await createSaveLife(q);
    await q.query(`ALTER TABLE hold DROP CONSTRAINT hold_days_in_order, DROP CONSTRAINT hold_classes_named, DROP CONSTRAINT hold_intakes_named`);
  }
}
