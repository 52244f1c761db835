import { ADMINISTRATION_SAMPLES } from './sample-administration-pages.js';
import { APPROVAL_SAMPLES } from './sample-approval-pages.js';
import { ERASURE_SAMPLES } from './sample-erasure-pages.js';
import { HOLD_SAMPLES } from './sample-hold-pages.js';
import { INTAKE_SAMPLES } from './sample-intake-pages.js';
import { MEMBER_SAMPLES } from './sample-member-pages.js';
import { POLICY_SAMPLES } from './sample-policy-pages.js';
import { PREVIEW_SAMPLE } from './sample-preview-page.js';
import type { Sample } from './sample.js';

/** Every page component, some in more than one state. */
export const SAMPLES: readonly Sample[] = [
  ...MEMBER_SAMPLES,
  ...APPROVAL_SAMPLES,
  ...INTAKE_SAMPLES,
  ...ADMINISTRATION_SAMPLES,
  ...ERASURE_SAMPLES,
  ...HOLD_SAMPLES,
  ...POLICY_SAMPLES,
  PREVIEW_SAMPLE,
];
