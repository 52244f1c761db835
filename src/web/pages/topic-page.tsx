import { PREPARER_LIST } from '../../catalogue/retention-class.js';
import type { Wording } from '../../catalogue/wording.js';
import type { AskedInput } from '../form/asked-input.js';
import { ErrorSummary } from '../form/error-summary.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { labelIn, QuestionForm } from '../form/question-form.js';
import type { ClassLives } from '../form/retention-line.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { TOPIC_WORDS as WORDS } from '../words/intake-words.js';
import type { IntakeFacts } from './intake-facts.js';
import { TopicLayout } from './topic-layout.js';
import type { TopicLink } from './topic-navigation.js';

/** One topic of one intake; the catalogue says what is asked. */
export interface TopicPage {
  readonly intake: IntakeFacts;
  readonly topic: { readonly id: string; readonly title: Wording; readonly intro?: Wording };
  readonly topics: readonly TopicLink[];
  readonly action: LocalPath;
  readonly inputs: readonly AskedInput[];
  /** Stored answers by `answersToForm` or, after a refusal, what was sent. */
  readonly values: FormValues;
  /** What the page was opened with, as marks of it. */
  readonly openedWith: string;
  readonly problems: readonly FormProblem[];
  /** Of the classes that this page touches. */
  readonly lives: ClassLives;
  readonly personNames?: readonly (string | undefined)[];
  readonly foldsPeople?: boolean;
}

function Body({ page }: { readonly page: TopicPage }) {
  const t = useWords();
  const alert = <ErrorSummary problems={page.problems} labelOf={labelIn(page.inputs, t, page.personNames)} />;
  return (
    <TopicLayout
      intake={page.intake}
      topics={page.topics}
      topicId={page.topic.id}
      title={t(page.topic.title)}
      intro={page.topic.intro}
      mayBeBlank={!page.inputs.some(({ field }) => field.class === PREPARER_LIST)}
      lives={page.lives}
      alert={alert}
    >
      <QuestionForm
        action={page.action}
        version={page.intake.version}
        inputs={page.inputs}
        values={page.values}
        openedWith={page.openedWith}
        problems={page.problems}
        lives={page.lives}
        personNames={page.personNames ?? []}
        foldsPeople={page.foldsPeople ?? false}
      >
        <SaveButtons />
      </QuestionForm>
    </TopicLayout>
  );
}

/** The pressed button sends `next`: where to go once it is saved. */
export function SaveButtons() {
  const t = useWords();
  return (
    <>
      <button type="submit" class="usa-button" name="next" value="topic">
        {t(WORDS.saveAndContinue)}
      </button>
      <button type="submit" class="usa-button usa-button--outline" name="next" value="review">
        {t(WORDS.saveAndReview)}
      </button>
    </>
  );
}

export const topicPage: Page<TopicPage> = {
  title: ({ topic }) => topic.title,
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'wide',
  Body,
};
