/** SQL: a time of a verification; the first of all where somebody has made it none. */
export function finiteTime(time: 'began_at' | 'ended_at'): string {
  return `CASE WHEN isfinite(${time}) THEN ${time} ELSE 'epoch' END AS ${time}`;
}

/** SQL: a number of a verification, or of what it found; 0 where somebody has made it one that none writes, and that a number has no room for. Null stays null. */
export function safeNumber(number: 'looked_at' | 'signed_size' | 'entry_index'): string {
  return `CASE WHEN ${number} NOT BETWEEN 0 AND ${Number.MAX_SAFE_INTEGER} THEN 0 ELSE ${number} END AS ${number}`;
}
