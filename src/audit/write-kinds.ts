/** SQL: that an entry `e` is of a write: it names the digests of the sections that it left. */
export const IS_WRITE = `e.kind IN ('intake.created', 'answers.written', 'intake.staged')`;
