import { HOUSEHOLD_SLOTS } from '../../catalogue/answers.js';
import { Refusal } from '../../platform/refusal.js';
import type { HouseholdPage } from '../pages/household-page.js';
import type { RemovePersonPage } from '../pages/remove-person-page.js';
import { personName } from './intake-page-object.js';
import type { OpenedTopic } from './open-topic.js';
import { peopleIn, topicFrame } from './topic-page-object.js';
import { HOUSEHOLD, pathAfter, personPath, removePath, topicPath } from './topic-path.js';

export function householdPageObject(opened: OpenedTopic): HouseholdPage {
  const frame = topicFrame(opened);
  const { path } = frame.intake;
  const people = peopleIn(opened).map((person, position) => ({
    ...named(person),
    ...(typeof person['relationship'] === 'string' ? { relationship: person['relationship'] } : {}),
    change: personPath(path, position),
    remove: removePath(path, position),
  }));
  const add = people.length < HOUSEHOLD_SLOTS ? { add: personPath(path, people.length) } : {};
  return { ...frame, people, ...add, next: pathAfter(path, opened.topics, HOUSEHOLD) };
}

/** @throws Refusal NOT_FOUND if nobody is there any more */
export function removePersonPageObject(opened: OpenedTopic, position: number): RemovePersonPage {
  const person = peopleIn(opened)[position];
  if (!person) throw new Refusal('NOT_FOUND', 'There is nobody in this place of the household.');
  const { intake } = topicFrame(opened);
  return {
    intake,
    action: removePath(intake.path, position),
    household: topicPath(intake.path, { id: HOUSEHOLD }),
    position,
    ...named(person),
  };
}

/** A place of the household from a path. @throws Refusal NOT_FOUND */
export function placeFrom(text: string): number {
  const position = /^\d{1,2}$/.test(text) ? Number(text) : HOUSEHOLD_SLOTS;
  if (position >= HOUSEHOLD_SLOTS) throw new Refusal('NOT_FOUND', 'There is no such place in the household.');
  return position;
}

function named(person: Readonly<Record<string, unknown>>): { readonly name?: string } {
  const name = personName(person);
  return name === undefined ? {} : { name };
}
