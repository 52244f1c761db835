import type { RetentionClass } from '../../catalogue/retention-class.js';
import type { ClassDays } from '../../intake/find-days.js';
import { answerInWords } from '../form/answer-in-words.js';
import { answerAt } from '../form/answers-to-form.js';
import { askedInputs } from '../form/asked-input.js';
import { LEFT_TOPICS, type LeftTopic, type WhatIsLeftPage } from '../pages/what-is-left-page.js';
import type { Language } from '../words/language.js';
import { classLives, intakeFacts, intakePath } from './intake-page-object.js';
import { fieldsShown, type OpenedTopic } from './open-topic.js';
import { topicPath } from './topic-path.js';

/** The topics of an intake that can still be read when nothing of it can be worked on any more; none before. */
export function leftTopics({ due, isReadOnly }: ClassDays): readonly LeftTopic[] {
  return isReadOnly ? LEFT_TOPICS.filter(({ class: name }) => due[name] !== undefined) : [];
}

/** @param mayHold the classes of which the site may hold answers */
export function whatIsLeftObject({ topic, read, days }: OpenedTopic, mayHold: readonly RetentionClass[], language: Language): Omit<WhatIsLeftPage, 'receipt'> {
  const answers = read.answers.reveal();
  const rows = askedInputs(fieldsShown(topic)).flatMap((input) => {
    const answer = answerInWords(input.field, answerAt(input, { ...answers }), language);
    return answer === undefined ? [] : [{ path: input.path, label: input.field.label, answer }];
  });
  const displayName = answers.consents?.givenBy ?? answers.consents?.spouseGivenBy ?? answers.preparerList?.name;
  const intake = { ...intakeFacts(read.id, read, answers), isReadOnly: true, ...(displayName === undefined ? {} : { displayName }) };
  const others = leftTopics(days).filter(({ id }) => id !== topic.id);
  return {
    ...{ topic: topic.id as LeftTopic['id'], intake, rows, lives: classLives(mayHold, days) },
    others: others.map((one) => ({ topic: one.id, to: topicPath(intakePath(read.id), one) })),
  };
}
