import type { Wording } from '../../catalogue/wording.js';
import { useWords } from '../shell/shell.js';
import { inputId } from './asked-input.js';
import { LongTextControl } from './controls.js';
import { describedBy } from './described-by.js';
import { problemAt, type FormProblem } from './form-values.js';
import { LabelledQuestion } from './question-frame.js';

interface ReasonFieldProps {
  readonly label: Wording;
  readonly hint: Wording;
  readonly value: string;
  readonly problems: readonly FormProblem[];
}

/** Why an act for two is asked for. */
export function ReasonField({ label, hint, value, problems }: ReasonFieldProps) {
  const t = useWords();
  const id = inputId('reason');
  const error = problemAt(problems, 'reason')?.reason;
  return (
    <LabelledQuestion id={id} label={t(label)} hint={t(hint)} error={error && t(error)}>
      <LongTextControl
        id={id}
        name="reason"
        values={{ reason: value }}
        rows={3}
        describedBy={describedBy(id, { hint, error })}
        invalid={error !== undefined}
      />
    </LabelledQuestion>
  );
}
