import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What auditors look entries up by, in narrow columns beside the parts that they are computed from: by the database, so that
 * none can say anything else than its part, and they go with it when it is pruned. Columns and no indexes of expressions or
 * of terms: row security keeps those from being used, since their operators might tell of rows of other sites.
 */
export class LogFilters1798000000027 implements MigrationInterface {
  async up(q: QueryRunner): Promise<void> {
    await q.query(`
      ALTER TABLE log_part
        ADD COLUMN member uuid GENERATED ALWAYS AS (${MEMBER}) STORED,
        ADD COLUMN purpose text GENERATED ALWAYS AS (${PURPOSE}) STORED,
        ADD COLUMN named uuid GENERATED ALWAYS AS (${NAMED}) STORED,
        ADD COLUMN several uuid[] GENERATED ALWAYS AS (${SEVERAL}) STORED`);
    await q.query(`CREATE INDEX log_part_by_member ON log_part (site_id, member, entry_id DESC) INCLUDE (purpose, named)`);
    await q.query(`CREATE INDEX log_part_by_named ON log_part (site_id, named, entry_id DESC) WHERE named IS NOT NULL`);
    await q.query(`CREATE INDEX log_part_of_several ON log_part (site_id, entry_id DESC) WHERE several IS NOT NULL`);
    await q.query(`CREATE INDEX log_entry_by_intake ON log_entry (intake_id, id DESC) WHERE intake_id IS NOT NULL`);
    // Everything that is counted over time is in it.
    await q.query(`CREATE INDEX log_entry_by_time ON log_entry (site_id, at, id) INCLUDE (kind, intake_id)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX log_entry_by_time, log_entry_by_intake, log_part_of_several, log_part_by_named, log_part_by_member`);
    await q.query(`ALTER TABLE log_part DROP COLUMN several, DROP COLUMN named, DROP COLUMN purpose, DROP COLUMN member`);
  }
}

// Cut out of the canonical text, since reading sixty names as JSON would cost as much as writing the row.
const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const MEMBER = `substring(actor FROM '"member":"(${UUID})"')::uuid`;
const PURPOSE = `substring(context FROM '"purpose":"([a-z]+)"')`;
/** Two intakes or more, of a list or a hold. One alone stands in the entry's own column. */
const SEVERAL = `string_to_array(substring(subject FROM '"intakes":\\["(${UUID}(?:","${UUID})+)"\\]'), '","')::uuid[]`;
/**
 * Which list of classes and fields: there are few, since most readings name the same, so that a field is looked for in the
 * lists and their entries by number. Of `{"classes":[…],"fields":[…],…}`, before which only a bucket's id can stand: all up to the
 * end of the second list, or of the only one.
 */
const FROM_CLASSES = `substr(subject, strpos(subject, '"classes":['))`;
const NAMED = `CASE WHEN subject LIKE '%"classes":[%' THEN
  md5(split_part(${FROM_CLASSES}, ']', 1) || CASE WHEN ${FROM_CLASSES} LIKE '%],"fields":[%' THEN split_part(${FROM_CLASSES}, ']', 2) ELSE '' END)::uuid END`;
