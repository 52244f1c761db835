/**
 * Which entry is the newest is told by its place in the tree, which is signed, and not by its id: whoever can write to the database can exchange
 * the ids of two entries with everything that goes by them, and the tree stays as it was. What waits for its place comes after all that has one,
 * in the order of ids: the sequencer takes it in that order. Of entries whose transactions never overlap both orders are one.
 */

/** SQL: an entry `e` with its place `x`, if it has one. */
export const WITH_PLACE = 'LEFT JOIN log_index x ON x.entry_id = e.id';

/** SQL, after ORDER BY. PostgreSQL sorts nulls last. */
export const OLDEST_FIRST = 'x.index, e.id';

/** SQL, after ORDER BY. PostgreSQL sorts nulls first here. */
export const NEWEST_FIRST = 'x.index DESC, e.id DESC';

/** SQL: two columns that are greater together the newer an entry is. */
export const PLACE = 'coalesce(x.index, 9223372036854775807), e.id';
