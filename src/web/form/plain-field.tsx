import type { Wording } from '../../catalogue/wording.js';
import { useWords } from '../shell/shell.js';
import { inputId } from './asked-input.js';
import { describedBy } from './described-by.js';
import { LabelledQuestion } from './question-frame.js';
import { problemAt, type FormProblem } from './form-values.js';

interface PlainFieldProps {
  readonly name: string;
  readonly label: Wording;
  readonly hint?: Wording;
  readonly problems: readonly FormProblem[];
  readonly value?: string | undefined;
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'time';
  /** What a member's own browser or password manager may fill in; `off` for anything about a client. */
  readonly autocomplete?: 'off' | 'username' | 'email' | 'name' | 'current-password' | 'new-password' | 'one-time-code';
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'tel';
  readonly list?: readonly string[];
}

/** One line that is no answer of a client: members' own names and passwords, settings, searches. Pasting is never blocked. */
export function PlainField(props: PlainFieldProps) {
  const { name, label, hint, problems, value, type = 'text', autocomplete = 'off', inputMode, list } = props;
  const t = useWords();
  const id = inputId(name);
  const error = problemAt(problems, name)?.reason;
  return (
    <LabelledQuestion id={id} label={t(label)} hint={hint && t(hint)} error={error && t(error)}>
      <input
        class={error === undefined ? 'usa-input' : 'usa-input usa-input--error'}
        id={id}
        name={name}
        {...({ type } as { type: 'text' }) /* Preact's types know each kind of input alone, not one chosen later */}
        value={value ?? ''}
        autocomplete={autocomplete}
        autocapitalize="off"
        spellcheck={false}
        {...(inputMode === undefined ? {} : { inputMode })}
        {...(list === undefined ? {} : { list: `${id}-list` })}
        aria-describedby={describedBy(id, { hint, error })}
        aria-invalid={error === undefined ? undefined : 'true'}
      />
      {list !== undefined && (
        <datalist id={`${id}-list`}>
          {list.map((option) => (
            <option key={option} value={option} />
          ))}
        </datalist>
      )}
    </LabelledQuestion>
  );
}
