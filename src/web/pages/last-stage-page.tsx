import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { labelIn } from '../form/question-form.js';
import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { Link } from '../shell/link.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ERASURE_WORDS } from '../words/erasure-words.js';
import { LAST_STAGES, STAGE_CHANGE_WORDS as WORDS, STAGE_EXPLANATIONS } from '../words/intake-words.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';
import { ListQuestions, type AskedForList } from './list-questions.js';

export type LastStage = keyof typeof LAST_STAGES;

/** What a stage from which no way leads back means for the answers, before it is confirmed. */
export interface LastStagePage {
  readonly intake: IntakeFacts;
  readonly stage: LastStage;
  /** As they would be from then on. */
  readonly lives: ClassLives;
  /** Absent where this stage does not put the return onto the preparer's list. */
  readonly list?: AskedForList;
  readonly typed: FormValues;
  readonly problems: readonly FormProblem[];
}

function Body({ page: { intake, stage, lives, list, typed, problems } }: { readonly page: LastStagePage }) {
  const t = useWords();
  const { title, confirm } = LAST_STAGES[stage];
  return (
    <>
      <IntakeHeading intake={intake} />
      <ErrorSummary problems={problems} labelOf={labelIn(list?.inputs ?? [], t)} saves={false} />
      <h1>{t(title)}</h1>
      <p class="tf-intro">{t(STAGE_EXPLANATIONS[stage])}</p>
      <section class="tf-panel" aria-labelledby="lives">
        <h2 id="lives">{t(WORDS.means)}</h2>
        <RetentionList lives={lives} />
      </section>
      <PostForm action={`${intake.path}/stage/${stage}`} hidden={{ version: String(intake.version) }}>
        {list && <ListQuestions {...list} typed={typed} problems={problems} />}
        <button type="submit" class="usa-button">
          {t(confirm)}
        </button>
      </PostForm>
      <p>
        {t(WORDS.sooner)} <Link to={`${intake.path}/erasure`}>{t(ERASURE_WORDS.link)}</Link>
      </p>
      <p>
        <Link to={intake.path}>{t(WORDS.cancel)}</Link>
      </p>
    </>
  );
}

export const lastStagePage: Page<LastStagePage> = {
  title: ({ stage }) => LAST_STAGES[stage].title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
