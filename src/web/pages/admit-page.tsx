import { RadioControl } from '../form/controls.js';
import { describedBy } from '../form/described-by.js';
import { ErrorSummary } from '../form/error-summary.js';
import { inputId } from '../form/asked-input.js';
import { problemAt, type FormProblem } from '../form/form-values.js';
import { GroupedQuestion } from '../form/question-frame.js';
import type { LocalPath } from '../shell/local-path.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { SixWords } from '../shell/six-words.js';
import { useWords } from '../shell/shell.js';
import { ADMIT_WORDS as WORDS } from '../words/member-words.js';

export interface AdmitPage {
  readonly action: LocalPath;
  readonly name: string;
  /** Of the public key that would be admitted, computed here and now. Sent back with the answer: what was compared is what is admitted. */
  readonly words: readonly string[];
  readonly problems: readonly FormProblem[];
}

function Body({ page }: { readonly page: AdmitPage }) {
  const t = useWords();
  const id = inputId('compared');
  const problem = problemAt(page.problems, 'compared')?.reason;
  const options = [
    { value: 'same', label: t(WORDS.same) },
    { value: 'different', label: t(WORDS.different) },
  ];
  return (
    <>
      <ErrorSummary problems={page.problems} saves={false} labelOf={() => t(WORDS.question)} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">{t(WORDS.explain)}</p>
      <h2>
        {t(WORDS.theirWords)} <bdi>{page.name}</bdi>
      </h2>
      <SixWords words={page.words} />
      <p>{t(WORDS.effect)}</p>
      <PostForm action={page.action} hidden={{ words: page.words.join(' ') }}>
        <GroupedQuestion id={id} label={t(WORDS.question)} error={problem && t(problem)} describedBy={describedBy(id, { error: problem })}>
          <RadioControl id={id} name="compared" chosen="" options={options} />
        </GroupedQuestion>
        <button type="submit" class="usa-button">
          {t(WORDS.submit)}
        </button>
      </PostForm>
    </>
  );
}

export const admitPage: Page<AdmitPage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
