import { flawOfReason } from '../../access/approvals/reason.js';
import { TEXT_FLAWS } from '../../catalogue/free-text.js';
import { REASON_WORDS as WORDS } from '../words/approval-words.js';
import type { FormProblem, FormValues } from './form-values.js';

/** What is wrong with the reason that was typed for an act for two. */
export function reasonProblems(typed: FormValues): readonly FormProblem[] {
  const flaw = flawOfReason(typed['reason'] ?? '');
  if (flaw === undefined) return [];
  return [{ path: 'reason', reason: flaw === 'too short' || flaw === 'too long' ? WORDS[flaw] : TEXT_FLAWS[flaw] }];
}
