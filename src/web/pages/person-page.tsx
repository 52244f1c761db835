import { ErrorSummary } from '../form/error-summary.js';
import { labelIn, QuestionForm } from '../form/question-form.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { HOUSEHOLD_WORDS as WORDS, personNumber } from '../words/intake-words.js';
import { TopicLayout } from './topic-layout.js';
import { SaveButtons, type TopicPage } from './topic-page.js';

/** One person of the household: the household topic's questions, asked for one position. */
export interface PersonPage extends Omit<TopicPage, 'personNames'> {
  /** From 0. */
  readonly position: number;
  readonly household: LocalPath;
}

function Body({ page }: { readonly page: PersonPage }) {
  const t = useWords();
  return (
    <TopicLayout
      intake={page.intake}
      topics={page.topics}
      topicId={page.topic.id}
      title={`${t(page.topic.title)}: ${t(personNumber(page.position + 1))}`}
      lives={page.lives}
      alert={<ErrorSummary problems={page.problems} labelOf={labelIn(page.inputs, t)} />}
    >
      <QuestionForm
        action={page.action}
        version={page.intake.version}
        inputs={page.inputs}
        values={page.values}
        problems={page.problems}
        lives={page.lives}
      >
        <SaveButtons />
      </QuestionForm>
      <p>
        <Link to={page.household}>{t(WORDS.back)}</Link>
      </p>
    </TopicLayout>
  );
}

export const personPage: Page<PersonPage> = {
  title: ({ position }) => personNumber(position + 1),
  hasProblems: ({ problems }) => problems.length > 0,
  width: 'wide',
  Body,
};
