import type { Topic } from '../../catalogue/topics.js';
import type { FormValues } from '../form/form-values.js';
import { personAnchor } from '../form/person-place.js';
import type { TopicLink } from '../pages/topic-navigation.js';
import type { LocalPath } from '../shell/local-path.js';
import { whyClosed, type IntakeLife } from './closed-topic.js';

/** The one topic that is a list: all its places are on one page. */
export const HOUSEHOLD = 'household';

export function topicPath(intake: LocalPath, { id }: Pick<Topic, 'id'>): LocalPath {
  return `${intake}/${id}`;
}

/** A person's place on the page of the household. */
export function personPath(intake: LocalPath, position: number): LocalPath {
  return `${topicPath(intake, { id: HOUSEHOLD })}#${personAnchor(position)}`;
}

export function topicLinks(intake: LocalPath, topics: readonly Topic[], life: IntakeLife): readonly TopicLink[] {
  return topics.map((topic) => {
    const closed = whyClosed(topic, life);
    return { id: topic.id, title: topic.title, to: topicPath(intake, topic), ...(closed === undefined ? {} : { closed }) };
  });
}

/**
 * The page after this one, and after the last the review. The same for everyone: a page that only the married are led to
 * would show in the number of saves. What cannot be answered any more is passed over: that follows from the days, not from answers.
 */
export function pathAfter(intake: LocalPath, topics: readonly Topic[], topicId: string, life: IntakeLife): LocalPath {
  const later = topics.slice(topics.findIndex(({ id }) => id === topicId) + 1);
  const next = later.find((topic) => whyClosed(topic, life) === undefined);
  return next === undefined ? `${intake}/review` : topicPath(intake, next);
}

/** Where a saved page leads, by the button that was pressed. */
export function savedPath(intake: LocalPath, next: LocalPath, { next: pressed }: FormValues): LocalPath {
  const to: LocalPath = pressed === 'review' ? `${intake}/review` : next;
  return `${to}?said=saved`;
}
