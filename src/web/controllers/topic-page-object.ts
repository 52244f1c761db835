import type { FieldDeclaration } from '../../catalogue/field-declaration.js';
import type { Topic } from '../../catalogue/topics.js';
import type { ReadAnswers } from '../../intake/read-intake.js';
import type { AskedInput } from '../form/asked-input.js';
import { answersToForm } from '../form/answers-to-form.js';
import type { PersonAnswers } from '../form/form-to-answers.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { openedWith } from '../form/opened-with.js';
import type { ClassLives } from '../form/retention-line.js';
import type { TopicPage } from '../pages/topic-page.js';
import type { LocalPath } from '../shell/local-path.js';
import { classLives, intakeFacts, personName } from './intake-page-object.js';
import { fieldsOf, type OpenedTopic } from './open-topic.js';
import { HOUSEHOLD, topicLinks } from './topic-path.js';

/** What was sent and not saved, shown again in place of what is stored. */
export interface Refused {
  /** That the page was made from: whoever mends an answer must not overwrite what was saved meanwhile. */
  readonly version: number;
  readonly values: FormValues;
  readonly problems: readonly FormProblem[];
  /** As the page said: what was typed stays told from what stood there. */
  readonly openedWith: string;
}

export function topicPageObject(opened: OpenedTopic, inputs: readonly AskedInput[], action: LocalPath, refused?: Refused): TopicPage {
  const frame = topicFrame(opened);
  const page = { ...frame, action, inputs, problems: [], ...storedForm(opened, inputs) };
  if (refused === undefined) return page;
  const { version, values, openedWith: marks, problems } = refused;
  return { ...page, intake: { ...frame.intake, version }, values, openedWith: marks, problems };
}

type StoredForm = Required<Pick<TopicPage, 'values' | 'personNames' | 'openedWith' | 'foldsPeople'>>;

/** What a form of these questions is opened with, as things are stored now. */
export function storedForm(opened: OpenedTopic, inputs: readonly AskedInput[]): StoredForm {
  const values = answersToForm(inputs, { ...opened.read.answers.reveal() });
  const personNames = peopleIn(opened).map(personName);
  return { values, personNames, openedWith: openedWith(inputs, values, personNames), foldsPeople: opened.topic.id === HOUSEHOLD };
}

/** What stands around the questions of every page of an intake. */
export function topicFrame({ read, days, topic, topics, fields }: OpenedTopic): Pick<TopicPage, 'intake' | 'topic' | 'topics' | 'lives'> {
  const intake = intakeFacts(read.id, read, read.answers.reveal());
  const lives = { ...livesOfOpen(fields, read), ...livesOfClosed(topic, fields, read) };
  return { intake, topic, topics: topicLinks(intake.path, topics, { ...days, stage: read.stage }), lives };
}

/** The people of the household as they are stored; who has nothing of what was opened is `{}` and keeps the place. */
export function peopleIn({ read }: OpenedTopic): readonly PersonAnswers[] {
  return (read.answers.reveal().household ?? []) as readonly PersonAnswers[];
}

/** Numbers that are asked anew say nothing yet: the day of the old ones is not theirs. */
function livesOfOpen(fields: readonly FieldDeclaration[], { due }: ReadAnswers): ClassLives {
  return classLives(fields.map((field) => field.class), { due });
}

function livesOfClosed(topic: Topic, open: readonly FieldDeclaration[], { destroyed, preserved }: ReadAnswers): ClassLives {
  const closed = fieldsOf(topic).filter((field) => !open.includes(field));
  return classLives(closed.map((field) => field.class), { destroyed, preserved });
}
