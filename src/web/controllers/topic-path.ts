import type { Topic } from '../../catalogue/topics.js';
import type { FormValues } from '../form/form-values.js';
import type { TopicLink } from '../pages/topic-navigation.js';
import type { LocalPath } from '../shell/local-path.js';

/** The one topic that is a list, with a page for each person. */
export const HOUSEHOLD = 'household';

/** Who answers one of these is not led to the spouse's page next; it can still be opened, and what it holds is kept. */
const WITHOUT_SPOUSE: readonly unknown[] = ['single', 'divorced'];

export function topicPath(intake: LocalPath, { id }: Pick<Topic, 'id'>): LocalPath {
  return `${intake}/${id}`;
}

export function personPath(intake: LocalPath, position: number): LocalPath {
  return `${intake}/${HOUSEHOLD}/${position}`;
}

export function removePath(intake: LocalPath, position: number): LocalPath {
  return `${personPath(intake, position)}/remove`;
}

export function topicLinks(intake: LocalPath, topics: readonly Topic[]): readonly TopicLink[] {
  return topics.map((topic) => ({ id: topic.id, title: topic.title, to: topicPath(intake, topic) }));
}

/** The page after this one, and after the last the review. @param maritalStatus if it was on the page just saved */
export function pathAfter(intake: LocalPath, topics: readonly Topic[], topicId: string, maritalStatus?: unknown): LocalPath {
  const rest = topics.slice(topics.findIndex(({ id }) => id === topicId) + 1);
  const next = rest.find(({ id }) => id !== 'spouse' || !WITHOUT_SPOUSE.includes(maritalStatus));
  return next === undefined ? `${intake}/review` : topicPath(intake, next);
}

/** Where a saved page leads, by the button that was pressed. */
export function savedPath(intake: LocalPath, next: LocalPath, { next: pressed }: FormValues): LocalPath {
  const to: LocalPath = pressed === 'review' ? `${intake}/review` : next;
  return `${to}?said=saved`;
}
