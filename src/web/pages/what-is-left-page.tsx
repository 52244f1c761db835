import { PREPARER_LIST } from '../../catalogue/retention-class.js';
import { RetentionList, type ClassLives } from '../form/retention-line.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { ERASURE_WORDS } from '../words/erasure-words.js';
import { WHAT_IS_LEFT_WORDS as WORDS } from '../words/intake-words.js';
import { DESTROYED_WORDS, POLICY_WORDS } from '../words/retention-words.js';
import { AnswerList, type AnswerRow } from './answer-list.js';
import { IntakeHeading, IntakeNumber, type IntakeFacts } from './intake-facts.js';

/** What outlives the filing year, and the page of the questionnaire on which it is. */
export const LEFT_TOPICS = [
  { class: 'consents', id: 'consents' },
  { class: PREPARER_LIST, id: 'preparer-list' },
] as const;
export type LeftTopic = (typeof LEFT_TOPICS)[number];

/** What is left of an intake when everything that can be worked on has been destroyed: kept consents, or its return on the preparer's list. */
export interface WhatIsLeftPage {
  readonly topic: LeftTopic['id'];
  readonly intake: IntakeFacts;
  readonly rows: readonly AnswerRow[];
  /** What is left besides, on a page of its own. */
  readonly others: readonly { readonly topic: LeftTopic['id']; readonly to: LocalPath }[];
  /** Of every class. */
  readonly lives: ClassLives;
  /** Of its early erasure, if it was one. */
  readonly receipt?: LocalPath;
}

function Body({ page: { topic, intake, rows, others, lives, receipt } }: { readonly page: WhatIsLeftPage }) {
  const t = useWords();
  return (
    <>
      <IntakeHeading intake={intake} />
      <h1>{t(WORDS[topic].title)}</h1>
      <p class="tf-intro">{t(WORDS[topic].intro)}</p>
      <IntakeNumber intake={intake} />
      <AnswerList rows={rows} />
      {others.map((other) => (
        <p key={other.to}>
          <Link to={other.to}>{t(WORDS[other.topic].title)}</Link>
        </p>
      ))}
      <section class="tf-panel" aria-labelledby="lives">
        <h2 id="lives">{t(WORDS.lives)}</h2>
        <RetentionList lives={lives} />
        {receipt !== undefined && (
          <p>
            <Link to={receipt}>{t(DESTROYED_WORDS.receipt)}</Link>
          </p>
        )}
        {topic === 'consents' && (
          <p>
            <Link to={`${intake.path}/erasure`}>{t(ERASURE_WORDS.title)}</Link>
          </p>
        )}
      </section>
      <p>
        <Link to="/policy">{t(POLICY_WORDS.title)}</Link>
      </p>
    </>
  );
}

export const whatIsLeftPage: Page<WhatIsLeftPage> = { title: ({ topic }) => WORDS[topic].title, width: 'form', Body };
