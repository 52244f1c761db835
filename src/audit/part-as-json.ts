/**
 * SQL: a part of an entry as JSON. Null where it is none, which somebody at the database left there: what asks many entries at once passes
 * over it, and does not fail because of it.
 * @param text a column
 */
export function partAsJson(text: string): string {
  return `(CASE WHEN pg_input_is_valid(${text}, 'jsonb') THEN ${text}::jsonb END)`;
}
