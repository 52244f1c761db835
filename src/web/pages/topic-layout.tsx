import type { ComponentChildren } from 'preact';
import type { Wording } from '../../catalogue/wording.js';
import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { useWords } from '../shell/shell.js';
import { TOPIC_WORDS as WORDS, topicOf } from '../words/intake-words.js';
import { IntakeHeading, type IntakeFacts } from './intake-facts.js';
import { TopicNavigation, type TopicLink } from './topic-navigation.js';

interface TopicLayoutProps {
  readonly intake: IntakeFacts;
  readonly topics: readonly TopicLink[];
  readonly topicId: string;
  readonly title: ComponentChildren;
  readonly intro?: Wording | undefined;
  /** Every answer may, save what the law asks for. */
  readonly mayBeBlank?: boolean;
  readonly lives: ClassLives;
  /** Above everything else: what went wrong. */
  readonly alert?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of all pages that ask: whose intake, which topic of how many, how long the answers live, then the questions. */
export function TopicLayout({ intake, topics, topicId, title, intro, mayBeBlank = true, lives, alert, children }: TopicLayoutProps) {
  const t = useWords();
  const number = topics.findIndex(({ id }) => id === topicId) + 1;
  return (
    <>
      <IntakeHeading intake={intake} />
      <div class="tf-topic">
        <div class="tf-topic__questions">
          {alert}
          <p class="tf-step">
            {t(topicOf(number, topics.length))} ·{' '}
            <a class="usa-link" href="#topics">
              {t(WORDS.allTopics)}
            </a>
          </p>
          <h1>{title}</h1>
          {intro !== undefined && <p class="tf-intro">{t(intro)}</p>}
          {mayBeBlank && <p class="tf-quiet">{t(WORDS.voluntary)}</p>}
          {Object.keys(lives).length > 0 && (
            <details class="tf-how-long">
              <summary>{t(WORDS.howLong)}</summary>
              <RetentionList lives={lives} />
            </details>
          )}
          {children}
        </div>
        <TopicNavigation topics={topics} current={topicId} />
      </div>
    </>
  );
}
