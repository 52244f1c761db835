import type { Wording } from '../../catalogue/wording.js';
import type { ClassLives } from '../form/retention-line.js';
import { Link } from '../shell/link.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Page } from '../shell/render-page.js';
import { useWords } from '../shell/shell.js';
import { HOUSEHOLD_WORDS as WORDS, personNumber } from '../words/intake-words.js';
import type { IntakeFacts } from './intake-facts.js';
import { TopicLayout } from './topic-layout.js';
import type { TopicLink } from './topic-navigation.js';

export interface PersonRow {
  readonly name?: string;
  readonly relationship?: string;
  readonly change: LocalPath;
  readonly remove: LocalPath;
}

export interface HouseholdPage {
  readonly intake: IntakeFacts;
  readonly topic: { readonly id: string; readonly title: Wording; readonly intro?: Wording };
  readonly topics: readonly TopicLink[];
  readonly people: readonly PersonRow[];
  /** Absent once all twelve places are taken. */
  readonly add?: LocalPath;
  readonly next: LocalPath;
  readonly lives: ClassLives;
}

function Body({ page }: { readonly page: HouseholdPage }) {
  const t = useWords();
  const { intake, topics, topic, lives } = page;
  return (
    <TopicLayout intake={intake} topics={topics} topicId={topic.id} title={t(topic.title)} intro={topic.intro} lives={lives}>
      {page.people.length === 0 ? <p>{t(WORDS.none)}</p> : <People people={page.people} />}
      {page.add === undefined ? (
        <p>{t(WORDS.full)}</p>
      ) : (
        <p>
          <Link to={page.add} class="usa-button usa-button--outline">
            {t(WORDS.add)}
          </Link>
        </p>
      )}
      <p>
        <Link to={page.next} class="usa-button">
          {t(WORDS.next)}
        </Link>
      </p>
    </TopicLayout>
  );
}

function People({ people }: { readonly people: readonly PersonRow[] }) {
  const t = useWords();
  return (
    <ul class="tf-people">
      {people.map((person, at) => {
        const name = person.name ?? t(personNumber(at + 1));
        return (
          <li key={person.change}>
            <p class="tf-people__who">
              <strong>
                <bdi>{name}</bdi>
              </strong>
              {person.relationship !== undefined && (
                <span class="tf-quiet">
                  {' '}
                  <bdi>{person.relationship}</bdi>
                </span>
              )}
            </p>
            <p class="tf-people__actions">
              <Link to={person.change} class="usa-link tf-action">
                {t(WORDS.change)}
                <span class="usa-sr-only"> {name}</span>
              </Link>
              <Link to={person.remove} class="usa-link tf-action">
                {t(WORDS.remove)}
                <span class="usa-sr-only"> {name}</span>
              </Link>
            </p>
          </li>
        );
      })}
    </ul>
  );
}

export const householdPage: Page<HouseholdPage> = { title: ({ topic }) => topic.title, width: 'wide', Body };
