import type { Wording } from '../../catalogue/wording.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { useWords } from '../shell/shell.js';
import { TOPIC_WORDS as WORDS } from '../words/intake-words.js';

export interface TopicLink {
  readonly id: string;
  readonly title: Wording;
  readonly to: LocalPath;
  readonly hasAnswers: boolean;
}

/** All topics with what is filled in. Beside the form on a wide screen, below it on a phone; the same list once. */
export function TopicNavigation({ topics, current }: { readonly topics: readonly TopicLink[]; readonly current: string }) {
  const t = useWords();
  return (
    <nav class="tf-topics" id="topics" aria-label={t(WORDS.topics)}>
      <ol>
        {topics.map(({ id, title, to, hasAnswers }) => (
          <li key={id} class={hasAnswers ? 'tf-topics__item tf-topics__item--filled' : 'tf-topics__item'}>
            <Link to={to} class="tf-topics__link" current={id === current ? 'step' : undefined}>
              {t(title)}
              <span class="usa-sr-only">, {t(hasAnswers ? WORDS.has : WORDS.empty)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
