/** Where an intake stands. Its answers' days follow from it. */
export const STAGES = ['open', 'prepared', 'filed', 'accepted', 'rejected', 'done', 'withdrawn', 'abandoned'] as const;

export type Stage = (typeof STAGES)[number];

const NEXT: Readonly<Record<Stage, readonly Stage[]>> = {
  open: ['prepared', 'withdrawn', 'abandoned'],
  prepared: ['filed', 'open', 'done', 'withdrawn', 'abandoned'],
  filed: ['accepted', 'rejected', 'done', 'withdrawn', 'abandoned'],
  accepted: ['done', 'withdrawn', 'abandoned'],
  rejected: ['filed', 'done', 'withdrawn', 'abandoned'],
  done: [],
  withdrawn: [],
  abandoned: [],
};

/** The stages an intake may go to from here. */
export function nextStages(from: Stage): readonly Stage[] {
  return NEXT[from];
}

/** Finished, given up or walked away: all three start the same clock. */
export function isFinal(stage: Stage): boolean {
  return NEXT[stage].length === 0;
}
