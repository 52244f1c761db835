import type { Stage } from '../../intake/stage.js';
import { inputId, type AskedInput } from '../form/asked-input.js';
import { describedBy } from '../form/described-by.js';
import { ErrorSummary } from '../form/error-summary.js';
import { problemAt, type FormProblem, type FormValues } from '../form/form-values.js';
import { labelIn } from '../form/question-form.js';
import { GroupedQuestion } from '../form/question-frame.js';
import { QuestionSections } from '../form/question-sections.js';
import { Link } from '../shell/link.js';
import { PostForm } from '../shell/post-form.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ERASURE_WORDS } from '../words/erasure-words.js';
import { EARLY_ENDS, INTAKE_LIST_WORDS, STAGE_CHANGE_WORDS as WORDS, STAGE_EXPLANATIONS, STAGE_WORDS } from '../words/intake-words.js';
import type { EarlyEnd } from './early-end-page.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';

export interface StagePage {
  readonly intake: IntakeFacts;
  /** The steps allowed from here; none from a last stage. */
  readonly allowed: readonly Stage[];
  /** Which of them put the return onto the preparer's list, and what has to be said of it then; absent where none does. */
  readonly list?: { readonly steps: readonly Stage[]; readonly inputs: readonly AskedInput[] };
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
            {page.allowed.filter((stage) => !(stage in EARLY_ENDS)).map((stage, at) => (
              <StageChoice key={stage} id={at === 0 ? id : `${id}-${stage}`} stage={stage} chosen={page.typed['stage'] === stage} />
            ))}
          </GroupedQuestion>
          {page.list && <ListQuestions {...page.list} page={page} />}
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

/** Shown whatever is chosen, since a page without scripts cannot know. */
function ListQuestions({ steps, inputs, page: { typed, problems } }: NonNullable<StagePage['list']> & { readonly page: StagePage }) {
  const t = useWords();
  return (
    <section class="tf-panel margin-top-3" aria-labelledby="list">
      <h2 id="list">{t(WORDS.list)}</h2>
      <p>
        {t(WORDS.listFor)} <strong>{steps.map((stage) => t(STAGE_WORDS[stage])).join(', ')}</strong>. {t(WORDS.listExplain)}
      </p>
      <QuestionSections inputs={inputs} values={typed} problems={problems} lives={{}} />
    </section>
  );
}

/** Also from a last stage a client may want everything gone at once. */
function EarlyEnds({ intake: { path }, allowed }: Pick<StagePage, 'intake' | 'allowed'>) {
  const t = useWords();
  const ends = (Object.keys(EARLY_ENDS) as EarlyEnd[]).filter((end) => allowed.includes(end));
  return (
    <section class="tf-panel" aria-labelledby="ended">
      <h2 id="ended">{t(ends.length === 0 ? ERASURE_WORDS.title : WORDS.ended)}</h2>
      {ends.length > 0 && <p>{t(WORDS.look)}</p>}
      <ul class="usa-list">
        {ends.map((end) => (
          <li key={end}>
            <Link to={`${path}/stage/${end}`}>{t(EARLY_ENDS[end].title)}</Link>
          </li>
        ))}
        <li>
          <Link to={`${path}/erasure`}>{t(ERASURE_WORDS.link)}</Link>
        </li>
      </ul>
    </section>
  );
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
