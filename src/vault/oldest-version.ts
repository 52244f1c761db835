/**
 * SQL: the oldest version that an intake's records may have, null where the key store says nothing of it. Every save leaves
 * the lookup rows of its version and removes those before it, so a row of the records from before was brought back: by
 * somebody who is up to no good, or by a restore that two persons have released, and then its version was noted at that time.
 * Between a save's commit and its last word to the key store two versions are there, and either is taken. Where no class
 * lives that has lookup rows, nothing is known.
 *
 * A version that is newer than all of these is not refused: a save may have come between this question and the records.
 * @param intake expression of our own
 */
export function oldestVersionSql(intake: string): string {
  return `coalesce((SELECT a.version FROM accepted_version a WHERE a.intake_id = ${intake}), (SELECT min(l.version) FROM lookup l WHERE l.intake_id = ${intake}))`;
}
