import { inputId } from '../form/asked-input.js';
import { RadioControl } from '../form/controls.js';
import { describedBy } from '../form/described-by.js';
import { ErrorSummary } from '../form/error-summary.js';
import { problemAt, type FormProblem } from '../form/form-values.js';
import { GroupedQuestion } from '../form/question-frame.js';
import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { INTAKE_LIST_WORDS, NEW_INTAKE_WORDS as WORDS } from '../words/intake-words.js';

export interface NewIntakePage {
  /** Of this showing of the form alone: sent twice, it starts one intake. */
  readonly form: string;
  /** Newest first. */
  readonly taxYears: readonly number[];
  readonly taxYear: number;
  /** What an intake started today and then left alone would live. */
  readonly lives: ClassLives;
  readonly problems: readonly FormProblem[];
}

function Body({ page }: { readonly page: NewIntakePage }) {
  const t = useWords();
  const id = inputId('taxYear');
  const problem = problemAt(page.problems, 'taxYear')?.reason;
  const years = page.taxYears.map((year) => ({ value: String(year), label: String(year) }));
  return (
    <>
      <ErrorSummary problems={page.problems} labelOf={() => t(INTAKE_LIST_WORDS.taxYear)} saves={false} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.explain)}</p>
      <PostForm action="/intakes" hidden={{ form: page.form }}>
        <GroupedQuestion id={id} label={t(WORDS.taxYear)} error={problem && t(problem)} describedBy={describedBy(id, { error: problem })}>
          <RadioControl id={id} name="taxYear" chosen={String(page.taxYear)} options={years} />
        </GroupedQuestion>
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
      <h2>{t(WORDS.untouched)}</h2>
      <RetentionList lives={page.lives} />
    </>
  );
}

export const newIntakePage: Page<NewIntakePage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
