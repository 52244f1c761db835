/**
 * SQL: an array parameter of which the planner sees nothing, in statements that are asked all the time. Where it sees how many
 * there are, it finds a plan made for one intake cheaper than the one for any number, and makes it again at each execution,
 * which takes several times as long as running it (PostgreSQL, plan_cache_mode).
 * @param array expression of our own
 */
export function unseen(array: string, type: 'uuid[]' | 'text[]' | 'bytea'): string {
  return `(SELECT ${array}::${type})::${type}`; // once for what it is, once so that ANY takes it for an array and no query
}
