const MOST = Number.MAX_SAFE_INTEGER;

/** SQL: a bigint that somebody may have put out of the range of numbers, as the nearest in it. @param column of our own */
export function nearestNumber(column: string): string {
  return `CASE WHEN ${column} > ${MOST} THEN ${MOST} WHEN ${column} < -${MOST} THEN -${MOST} ELSE ${column} END`; // least and greatest would make a number of NULL
}
