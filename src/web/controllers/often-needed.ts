import { catalogue } from '../../catalogue/catalogue.js';
import type { Topic } from '../../catalogue/topics.js';
import type { ReadAnswers } from '../../intake/read-intake.js';
import { answerAt, type NestedAnswers } from '../form/answers-to-form.js';
import { askedInputs, type AskedInput } from '../form/asked-input.js';
import type { ReviewPage } from '../pages/review-page.js';
import type { LocalPath } from '../shell/local-path.js';
import { personNumber } from '../words/intake-words.js';
import { personName } from './intake-page-object.js';
import { personPath, topicPath } from './topic-path.js';

const OF_EVERYONE = ['taxpayer.firstName', 'taxpayer.lastName', 'taxpayer.dateOfBirth', 'contact.phone', 'address.street', 'address.city', 'address.state', 'address.zip', 'situation.maritalStatus'];
const OF_A_SPOUSE = ['spouse.firstName', 'spouse.lastName', 'spouse.dateOfBirth'];
const OF_A_PERSON = ['household.firstName', 'household.lastName', 'household.dateOfBirth', 'household.relationship'];

/** What hardly any return can be prepared without and is blank, of what lives. Nothing is required all the same: it is only pointed out. */
export function oftenNeeded({ answers, due }: ReadAnswers, topics: readonly Topic[], intake: LocalPath): NonNullable<ReviewPage['missing']> {
  const given = answers.reveal();
  const people = given.household ?? [];
  const spouse = given.situation?.maritalStatus === 'married' ? OF_A_SPOUSE : [];
  const fields = [...OF_EVERYONE, ...spouse, ...OF_A_PERSON].map((path) => catalogue.byPath(path)!);
  const nested: NestedAnswers = { ...given };
  return askedInputs(fields, [...people.keys()]).flatMap((input) => {
    const topic = topics.find(({ fieldPaths }) => fieldPaths.includes(input.field.path));
    const isMissing = due[input.field.class] !== undefined && answerAt(input, nested) === undefined;
    if (!isMissing || !topic) return [];
    const { field } = input;
    if (field.group === 'spouse') return [{ of: topic.title, label: field.label, to: topicPath(intake, topic) }];
    if (field.group !== 'household') return [{ label: field.label, to: topicPath(intake, topic) }];
    const position = positionOf(input);
    const name = personName(people[position] as Readonly<Record<string, unknown>>);
    return [{ of: name === undefined ? personNumber(position + 1) : { en: name, es: name }, label: field.label, to: personPath(intake, position) }];
  });
}

function positionOf({ path }: AskedInput): number {
  return Number(path.split('.')[1]);
}
