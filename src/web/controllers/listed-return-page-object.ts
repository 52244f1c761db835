import { PREPARER_LIST, RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import type { ClassDays } from '../../intake/find-days.js';
import { answerInWords } from '../form/answer-in-words.js';
import { answerAt } from '../form/answers-to-form.js';
import { askedInputs } from '../form/asked-input.js';
import type { ListedReturnPage } from '../pages/listed-return-page.js';
import type { Language } from '../words/language.js';
import { classLives, intakeFacts } from './intake-page-object.js';
import type { OpenedTopic } from './open-topic.js';

/** The page of the questionnaire on which an intake's return on the preparer's list is. */
export const LIST_TOPIC = { id: 'preparer-list' } as const;

/** Whether the return on the preparer's list is all that opens of an intake. */
export function isOnlyListed({ due }: ClassDays): boolean {
  return due[PREPARER_LIST] !== undefined && Object.keys(due).length === 1;
}

export function listedReturnObject({ read, days, fields }: OpenedTopic, language: Language): Omit<ListedReturnPage, 'receipt'> {
  const answers = read.answers.reveal();
  const rows = askedInputs(fields).flatMap((input) => {
    const answer = answerInWords(input.field, answerAt(input, { ...answers }), language);
    return answer === undefined ? [] : [{ path: input.path, label: input.field.label, answer }];
  });
  return { intake: intakeFacts(read.id, read, answers), rows, lives: classLives(RETENTION_CLASSES, days) };
}
