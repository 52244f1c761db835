import { PREPARER_LIST } from '../../catalogue/retention-class.js';
import type { Topic } from '../../catalogue/topics.js';
import type { ClassDays } from '../../intake/find-days.js';
import type { ReadAnswers } from '../../intake/read-intake.js';
import { isFinal } from '../../intake/stage.js';
import { answerInWords } from '../form/answer-in-words.js';
import { answerAt, type NestedAnswers } from '../form/answers-to-form.js';
import { askedInputs, type AskedField } from '../form/asked-input.js';
import { labelBeside } from '../form/label-beside.js';
import type { AnswerRow } from '../pages/answer-list.js';
import type { ReviewPage, ReviewSection } from '../pages/review-page.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Language } from '../words/language.js';
import { isAskedAnew, whyClosed, type IntakeLife } from './closed-topic.js';
import { classLives, intakeFacts } from './intake-page-object.js';
import { oftenNeeded } from './often-needed.js';
import { fieldsOf, fieldsShown } from './open-topic.js';
import { HOUSEHOLD, personPath, topicPath } from './topic-path.js';

/** What the review opens: all that the site asks, and what the service has written of it, but numbers and the preparer's list, which are opened on their own page alone. */
export function fieldsReviewed(topics: readonly Topic[]): readonly string[] {
  return topics.flatMap(fieldsShown).filter(isReviewed).map(({ path }) => path);
}

/** @param days of every class: numbers too have their day, which takes no opening to say */
export function reviewPageObject(read: ReadAnswers, days: ClassDays, topics: readonly Topic[], language: Language): Omit<ReviewPage, 'today'> {
  const answers = read.answers.reveal();
  const intake = intakeFacts(read.id, read, answers);
  const life = { ...days, stage: read.stage };
  const sections = topics.flatMap((topic) => sectionsOf(topic, { read, life, intake: intake.path, answers: { ...answers }, language }));
  const lives = classLives(topics.flatMap(fieldsOf).map((field) => field.class), days);
  const missing = isFinal(read.stage) ? undefined : oftenNeeded(read, topics, intake.path);
  return { intake, sections, ...(missing && { missing }), lives };
}

interface Reviewed {
  readonly read: ReadAnswers;
  readonly life: IntakeLife;
  readonly intake: LocalPath;
  readonly answers: NestedAnswers;
  readonly language: Language;
}

function sectionsOf(topic: Topic, reviewed: Reviewed): readonly ReviewSection[] {
  const { read, life, intake, answers } = reviewed;
  const all = fieldsShown(topic);
  const fields = all.filter((field) => isAlive(field, read));
  const frame = { id: topic.id, title: topic.title, change: topicPath(intake, topic) };
  const closed = whyClosed(topic, life);
  if (closed !== undefined) return [{ id: topic.id, title: topic.title, rows: [], closed }];
  if (!all.some(isReviewed)) return [{ ...frame, rows: [], closed: isAskedAnew('credentials', life) ? 'askedAnew' : 'ownPage' }];
  const people = Array.isArray(answers['household']) ? answers['household'].length : 0;
  if (topic.id !== HOUSEHOLD || people === 0) return [{ ...frame, rows: rowsOf(fields, [], reviewed) }];
  return Array.from({ length: people }, (_, position) => ({
    ...frame,
    position,
    change: personPath(intake, position),
    rows: rowsOf(fields, [position], reviewed),
  }));
}

function rowsOf(fields: readonly AskedField[], positions: readonly number[], { answers, language }: Reviewed): readonly AnswerRow[] {
  return askedInputs(fields, positions).flatMap((input) => {
    const answer = answerInWords(input.field, answerAt(input, answers), language);
    return answer === undefined ? [] : [{ path: input.path, label: labelBeside(input.field, fields), answer }];
  });
}

function isReviewed(field: AskedField): boolean {
  return field.class !== 'credentials' && field.class !== PREPARER_LIST;
}

function isAlive(field: AskedField, { due }: ReadAnswers): boolean {
  return due[field.class] !== undefined;
}
