/**
 * SQL: a parameter of which the planner sees nothing, for statements that are asked all the time. Where it sees what is asked for, and
 * how many, it finds a plan made for that cheaper than the one for anything, and makes it again at each execution, which takes
 * several times as long as running it (PostgreSQL, plan_cache_mode).
 * @param parameter or another expression of our own
 */
export function unseen(parameter: string, type: 'uuid' | 'uuid[]' | 'text' | 'text[]' | 'bytea'): string {
  return `(SELECT ${parameter}::${type})::${type}`; // once for what it is, once so that ANY takes it for an array and no query
}
