/** What is verified, in the order in which it is gone through: the log, entry by entry and against its checkpoints, then the stored sections against the log. */
export const VERIFIED_SUBJECTS = ['log', 'sections'] as const;
export type VerifiedSubject = (typeof VERIFIED_SUBJECTS)[number];
