import type { Stage } from '../../intake/stage.js';
import { inputId } from '../form/asked-input.js';
import { describedBy } from '../form/described-by.js';
import { ErrorSummary } from '../form/error-summary.js';
import { problemAt, type FormProblem, type FormValues } from '../form/form-values.js';
import { labelIn } from '../form/question-form.js';
import { GroupedQuestion } from '../form/question-frame.js';
import { Link } from '../shell/link.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ERASURE_WORDS } from '../words/erasure-words.js';
import { EARLY_ENDS, INTAKE_LIST_WORDS, LAST_STAGES, STAGE_CHANGE_WORDS as WORDS, STAGE_EXPLANATIONS, STAGE_WORDS } from '../words/intake-words.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';
import { ListQuestions, type AskedForList } from './list-questions.js';

export interface StagePage {
  readonly intake: IntakeFacts;
  /** The steps allowed from here; none from a last stage. */
  readonly allowed: readonly Stage[];
  /** Absent where none of the steps that are taken on this page puts the return onto the preparer's list. */
  readonly list?: AskedForList;
  readonly typed: FormValues;
  readonly problems: readonly FormProblem[];
}

function Body({ page }: { readonly page: StagePage }) {
  const t = useWords();
  const id = inputId('stage');
  const problem = problemAt(page.problems, 'stage')?.reason;
  return (
    <>
      <IntakeHeading intake={page.intake} />
      <ErrorSummary problems={page.problems} labelOf={(path) => labelIn(page.list?.inputs ?? [], t)(path) ?? t(INTAKE_LIST_WORDS.stage)} saves={false} />
      <h1>{t(WORDS.title)}</h1>
      <p class="tf-intro">
        {t(WORDS.now)} <strong>{t(STAGE_WORDS[page.intake.stage])}</strong>. {t(STAGE_EXPLANATIONS[page.intake.stage])}
      </p>
      {page.allowed.length === 0 ? (
        <p>{t(WORDS.none)}</p>
      ) : (
        <PostForm action={`${page.intake.path}/stage`} hidden={{ version: String(page.intake.version) }}>
          <GroupedQuestion id={id} label={t(WORDS.question)} error={problem && t(problem)} describedBy={describedBy(id, { error: problem })}>
            {page.allowed.filter((stage) => !isEarlyEnd(stage)).map((stage, at) => (
              <StageChoice key={stage} id={at === 0 ? id : `${id}-${stage}`} stage={stage} chosen={page.typed['stage'] === stage} />
            ))}
          </GroupedQuestion>
          {page.list && <ListQuestions {...page.list} typed={page.typed} problems={page.problems} />}
          <button type="submit" class="usa-button">
            {t(WORDS.submit)}
          </button>
        </PostForm>
      )}
      <EarlyEnds intake={page.intake} allowed={page.allowed} />
      <p>
        <Link to={page.intake.path}>{t(WORDS.cancel)}</Link>
      </p>
    </>
  );
}

/** Also from a last stage a client may want everything gone at once. */
function EarlyEnds({ intake: { path }, allowed }: Pick<StagePage, 'intake' | 'allowed'>) {
  const t = useWords();
  const ends = EARLY_ENDS.filter((end) => allowed.includes(end));
  return (
    <section class="tf-panel" aria-labelledby="ended">
      <h2 id="ended">{t(ends.length === 0 ? ERASURE_WORDS.title : WORDS.ended)}</h2>
      {ends.length > 0 && <p>{t(WORDS.look)}</p>}
      <ul class="usa-list">
        {ends.map((end) => (
          <li key={end}>
            <Link to={`${path}/stage/${end}`}>{t(LAST_STAGES[end].title)}</Link>
          </li>
        ))}
        <li>
          <Link to={`${path}/erasure`}>{t(ERASURE_WORDS.link)}</Link>
        </li>
      </ul>
    </section>
  );
}

function isEarlyEnd(stage: Stage): boolean {
  return EARLY_ENDS.some((end) => end === stage);
}

function StageChoice({ id, stage, chosen }: { readonly id: string; readonly stage: Stage; readonly chosen: boolean }) {
  const t = useWords();
  return (
    <div class="usa-radio">
      <input class="usa-radio__input" type="radio" id={id} name="stage" value={stage} checked={chosen} aria-describedby={`${id}-means`} />
      <label class="usa-radio__label" for={id}>
        {t(STAGE_WORDS[stage])}
        <span class="usa-radio__label-description" id={`${id}-means`}>
          {t(STAGE_EXPLANATIONS[stage])}
        </span>
      </label>
    </div>
  );
}

export const stagePage: Page<StagePage> = {
  title: () => WORDS.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'form',
  Body,
};
