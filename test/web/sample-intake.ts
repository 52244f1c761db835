import { catalogue } from '../../src/catalogue/catalogue.js';
import type { FieldDeclaration } from '../../src/catalogue/field-declaration.js';
import { TOPICS } from '../../src/catalogue/topics.js';
import { day } from '../../src/platform/clock.js';
import { askedInputs, type AskedInput } from '../../src/web/form/asked-input.js';
import type { ClassLives } from '../../src/web/form/retention-line.js';
import type { IntakeFacts } from '../../src/web/pages/intake-facts.js';
import type { TopicLink } from '../../src/web/pages/topic-navigation.js';
import type { Shell } from '../../src/web/shell/shell.js';
import { LONG_CLIENT, LONG_SITE } from './long-names.js';

export const PREPARER: Shell = {
  language: 'en',
  path: '/intakes',
  timeZone: 'America/New_York',
  member: { name: 'Rosa Whitfield', role: 'preparer', siteName: LONG_SITE, organisationWide: false },
  csrf: 'sample-csrf-value',
  demonstration: true,
};

export const NOBODY: Shell = { language: 'en', path: '/sign-in', timeZone: 'America/New_York', demonstration: false };

export const INTAKE: IntakeFacts = {
  path: '/intakes/0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa',
  displayName: 'Thảo Nguyễn-O’Neil',
  taxYear: 2026,
  stage: 'open',
  version: 7,
};

export const LONG_NAMED: IntakeFacts = { ...INTAKE, displayName: LONG_CLIENT };

export const LIVES: ClassLives = {
  contact: { readableUntil: day('2027-05-14') },
  identity: { readableUntil: day('2027-05-14') },
  address: { readableUntil: day('2027-05-14') },
  household: { readableUntil: day('2027-05-14') },
  situation: { readableUntil: day('2027-05-14') },
  credentials: { destroyedSince: day('2027-04-18') },
  notes: { readableUntil: day('2027-04-28') },
  consents: { readableUntil: day('2027-10-31') },
};

export const TOPIC_LINKS: readonly TopicLink[] = TOPICS.map(({ id, title }) => ({
  id,
  title,
  to: `${INTAKE.path}/${id}`,
  ...(id === 'numbers' ? { closed: 'destroyed' as const } : {}),
  ...(id === 'notes' ? { closed: 'kept' as const } : {}),
}));

export function topic(id: string) {
  const found = TOPICS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no topic ${id}`);
  return found;
}

export function inputsOf(topicId: string, positions: readonly number[] = []): readonly AskedInput[] {
  return askedInputs(topic(topicId).fieldPaths.map(declared), positions);
}

function declared(path: string): FieldDeclaration {
  const field = catalogue.byPath(path);
  if (field === undefined) throw new Error(`no field ${path}`);
  return field;
}
