import type { Wording } from '../../catalogue/wording.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import { useWords } from '../shell/shell.js';
import { TOPIC_WORDS as WORDS } from '../words/intake-words.js';

export interface TopicLink {
  readonly id: string;
  readonly title: Wording;
  readonly to: LocalPath;
  /** Why nothing there can be answered any more. */
  readonly closed?: 'destroyed' | 'kept';
}

/**
 * All topics. Which are filled in is not shown: saying so would take opening all of them for every page. Which are destroyed is:
 * that takes their days alone.
 * Beside the form on a wide screen, below it on a phone; the same list once.
 */
export function TopicNavigation({ topics, current }: { readonly topics: readonly TopicLink[]; readonly current: string }) {
  const t = useWords();
  return (
    <nav class="tf-topics" id="topics" aria-label={t(WORDS.topics)}>
      <p class="tf-quiet">{t(WORDS.saveFirst)}</p>
      <ol>
        {topics.map(({ id, title, to, closed }) => (
          <li key={id} class="tf-topics__item">
            <Link to={to} class="tf-topics__link" current={id === current ? 'step' : undefined}>
              {t(title)}
              {closed !== undefined && <span class="tf-quiet"> ({t(WORDS[closed])})</span>}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
