import { MOST_OF } from './longest-cells.js';

const MOST_BEGINNINGS = 1000;

/**
 * SQL: a part of an entry as JSON. Null where it is none, or too long for one, which somebody at the database left there: what asks many entries at once passes
 * over it, and does not fail because of it. What is nested deeper than PostgreSQL's stack would fail even where it is only asked whether it is
 * valid; no part that we wrote has so many beginnings of lists and objects.
 * @param text a column
 */
export function partAsJson(text: string): string {
  return `(CASE WHEN octet_length(${text}) > ${MOST_OF.part} THEN NULL WHEN length(${text}) - length(translate(${text}, '[{', '')) > ${MOST_BEGINNINGS} THEN NULL WHEN pg_input_is_valid(${text}, 'jsonb') THEN ${text}::jsonb END)`;
}
