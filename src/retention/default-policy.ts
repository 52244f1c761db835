import type { ClassPolicy, Policy } from './policy.js';

const ENDED_OR_LEFT: ClassPolicy = {
  rules: [
    { trigger: 'done', days: 30 },
    { trigger: 'untouched', days: 30 },
  ],
};

/** The policy that a new installation starts with, as version 1 (the design's table of classes; regulation on consents: IRC 7216). */
export const DEFAULT_POLICY: Policy = {
  format: 1,
  classes: {
    contact: ENDED_OR_LEFT,
    identity: ENDED_OR_LEFT,
    address: ENDED_OR_LEFT,
    household: ENDED_OR_LEFT,
    situation: ENDED_OR_LEFT,
    credentials: {
      rules: [
        { trigger: 'prepared', days: 3 },
        { trigger: 'untouched', days: 3 },
      ],
    },
    documents: {
      rules: [
        { trigger: 'done', days: 7 },
        { trigger: 'untouched', days: 14 },
      ],
    },
    notes: {
      rules: [
        { trigger: 'done', days: 14 },
        { trigger: 'untouched', days: 14 },
      ],
    },
    consents: { rules: [{ trigger: 'season-end', days: 0 }], whileNoneGiven: ENDED_OR_LEFT.rules },
  },
  log: { entriesMonths: 24, certificatesYears: 6 },
};
