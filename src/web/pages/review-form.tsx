import { REVIEW_OUTCOMES } from '../../audit/entry-parts.js';
import { inputId } from '../form/asked-input.js';
import { LongTextControl, SelectControl } from '../form/controls.js';
import { describedBy } from '../form/described-by.js';
import { problemAt, type FormProblem, type FormValues } from '../form/form-values.js';
import { LabelledQuestion } from '../form/question-frame.js';
import { PostForm } from '../shell/post-form.js';
import type { LocalPath } from '../shell/local-path.js';
import { useWords } from '../shell/shell.js';
import { FINDING_WORDS as WORDS, OUTCOME_WORDS } from '../words/finding-words.js';

export interface ReviewFormProps {
  readonly action: LocalPath;
  readonly values: FormValues;
  readonly problems: readonly FormProblem[];
}

export function ReviewForm({ action, values, problems }: ReviewFormProps) {
  const t = useWords();
  const [outcomeId, noteId] = [inputId('outcome'), inputId('note')];
  const [outcome, note] = [problemAt(problems, 'outcome')?.reason, problemAt(problems, 'note')?.reason];
  return (
    <PostForm action={action}>
      <LabelledQuestion id={outcomeId} label={t(WORDS.outcome)} error={outcome && t(outcome)}>
        <SelectControl
          {...{ id: outcomeId, name: 'outcome', values, invalid: outcome !== undefined, describedBy: describedBy(outcomeId, { error: outcome }) }}
          options={REVIEW_OUTCOMES.map((value) => ({ value, label: t(OUTCOME_WORDS[value]) }))}
        />
      </LabelledQuestion>
      <LabelledQuestion id={noteId} label={t(WORDS.note)} hint={t(WORDS.noteHint)} error={note && t(note)}>
        <LongTextControl id={noteId} name="note" values={values} rows={3} describedBy={describedBy(noteId, { hint: WORDS.noteHint, error: note })} invalid={note !== undefined} />
      </LabelledQuestion>
      <button type="submit" class="usa-button">
        {t(WORDS.save)}
      </button>
    </PostForm>
  );
}
