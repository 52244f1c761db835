const MEMBER = `CASE WHEN starts_with(p.actor, '{"member":"') AND pg_input_is_valid(substr(p.actor, 12, 36), 'uuid') THEN substr(p.actor, 12, 36)::uuid END`;
const PURPOSE = `nullif(split_part(split_part(p.context, '"purpose":"', 2), '"', 1), '')`;
const CLASSES = `split_part(p.subject, '"classes":[', 2)`;
const NAMED = `CASE WHEN strpos(p.subject, '"classes":[') > 0 THEN
  md5(split_part(${CLASSES}, ']', 1) || CASE WHEN strpos(p.subject, '],"fields":[') > 0 THEN split_part(${CLASSES}, ']', 2) ELSE '' END)::uuid END`;
const INTAKES = `split_part(p.subject, '"intakes":["', 2)`;
const LIST = `'{' || replace(split_part(${INTAKES}, '"]', 1), '","', ',') || '}'`;
const SEVERAL = `CASE WHEN strpos(p.subject, '"intakes":["') > 0 AND strpos(${INTAKES}, '","') = 37 AND pg_input_is_valid(${LIST}, 'uuid[]') THEN (${LIST})::uuid[] END`;

/**
 * SQL, to follow FROM: by what auditors find each entry, as it says it itself. The view `log_entry_terms`, by which entries are filed, and once more here: the database's
 * owner can replace that one, and all that is filed by it would seem right.
 */
export const ENTRY_TERMS = `(
  SELECT e.id AS entry_id, e.site_id, e.at, e.kind, e.intake_id, ${MEMBER} AS member, ${PURPOSE} AS purpose, ${NAMED} AS named, ${SEVERAL} AS several
  FROM log_entry e LEFT JOIN log_part p ON p.entry_id = e.id)`;
