import { useWords } from '../shell/shell.js';
import { REASON_WORDS as WORDS } from '../words/approval-words.js';
import { inputId } from './asked-input.js';
import { LongTextControl } from './controls.js';
import { describedBy } from './described-by.js';
import { problemAt, type FormProblem } from './form-values.js';
import { LabelledQuestion } from './question-frame.js';

interface ReasonFieldProps {
  readonly value: string;
  readonly problems: readonly FormProblem[];
}

/** Why an act for two is asked for. */
export function ReasonField({ value, problems }: ReasonFieldProps) {
  const t = useWords();
  const id = inputId('reason');
  const error = problemAt(problems, 'reason')?.reason;
  return (
    <LabelledQuestion id={id} label={t(WORDS.label)} hint={t(WORDS.hint)} error={error && t(error)}>
      <LongTextControl
        id={id}
        name="reason"
        values={{ reason: value }}
        rows={3}
        describedBy={describedBy(id, { hint: WORDS.hint, error })}
        invalid={error !== undefined}
      />
    </LabelledQuestion>
  );
}
