import type { Topic } from '../../catalogue/topics.js';
import type { TopicLink } from '../pages/topic-navigation.js';
import type { LocalPath } from '../shell/local-path.js';

/** Who answers one of these is not led to the spouse's page next; it can still be opened, and what it holds is kept. */
const WITHOUT_SPOUSE: readonly unknown[] = ['single', 'divorced'];

export function topicPath(intake: LocalPath, { id }: Pick<Topic, 'id'>): LocalPath {
  return `${intake}/${id}`;
}

export function personPath(intake: LocalPath, position: number): LocalPath {
  return `${intake}/household/${position}`;
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
