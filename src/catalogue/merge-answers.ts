import type { AnswerValue } from './answer-kinds.js';
import type { Answers, AnswersPatch } from './answers.js';
import { catalogue } from './catalogue.js';

type Values = Readonly<Record<string, AnswerValue | null | undefined>>;
type Loose = Readonly<Record<string, Values | readonly Values[] | null | undefined>>;

/** The numbers of a person of the household, which a page without them must not take away. */
const NUMBERS = catalogue.fields
  .filter(({ group, class: of }) => group === 'household' && of === 'credentials')
  .map(({ name }) => name);

/**
 * The answers after a change: RFC 7396, `household` replaced whole. Arguments stay as they are; blanks, groups of
 * nothing and people of nothing are left out of the result.
 *
 * A person of the new list who is in the old one keeps the numbers that the change does not mention, since whoever
 * edits a household has seldom opened them. The same person is: same names and birth date, anywhere in the list; or else
 * the same place, if first name or birth date is the same. So a corrected name keeps the number, and a new person in the
 * place of one who left never gets theirs.
 */
export function mergeAnswers(opened: Answers, patch: AnswersPatch): Answers {
  const before = opened as Loose;
  const change = patch as Loose;
  const merged: Record<string, Values | readonly Values[]> = {};
  for (const group of new Set([...Object.keys(before), ...Object.keys(change)])) {
    const value = group in change ? changed(group, before[group], change[group]) : before[group];
    const kept = Array.isArray(value) ? people(value as readonly Values[]) : value == null ? {} : withoutBlanks(value as Values);
    if (Object.keys(kept).length > 0) merged[group] = kept;
  }
  return merged as Answers;
}

function changed(group: string, before: Loose[string], change: Loose[string]): Loose[string] {
  if (change == null) return undefined;
  if (group === 'household') return keepNumbers((before ?? []) as readonly Values[], change as readonly Values[]);
  return { ...(before as Values | undefined), ...defined(change as Values) };
}

function keepNumbers(before: readonly Values[], after: readonly Values[]): readonly Values[] {
  const partners = samePeople(before, after);
  return after.map((person, at) => {
    const partner = partners[at];
    const numbers = NUMBERS.filter((name) => person[name] === undefined).map((name) => [name, partner?.[name]]);
    return { ...person, ...(Object.fromEntries(numbers) as Values) };
  });
}

/** For each new person the old one who is the same, or undefined; nobody is two people's partner. */
function samePeople(before: readonly Values[], after: readonly Values[]): (Values | undefined)[] {
  const taken = new Set<Values>();
  const take = (old: Values | undefined) => (old === undefined ? undefined : (taken.add(old), old));
  const inPlace = after.map((person, at) => {
    const old = before[at];
    return old !== undefined && agrees(old, person) ? take(old) : undefined;
  });
  const anywhere = after.map((person, at) => inPlace[at] ?? take(before.find((old) => !taken.has(old) && isSame(old, person))));
  return after.map((person, at) => {
    const old = before[at];
    return anywhere[at] ?? (old !== undefined && !taken.has(old) && isCorrected(old, person) ? take(old) : undefined);
  });
}

const IDENTIFYING = ['firstName', 'lastName', 'dateOfBirth'];

/** A person of whom nothing is said at all is nobody. */
function agrees(old: Values, person: Values): boolean {
  return Object.values(person).some((value) => value != null) && IDENTIFYING.every((part) => (old[part] ?? null) === (person[part] ?? null));
}

/** Two who have neither name nor birth date may be anybody: only in the same place are they taken for the same. */
function isSame(old: Values, person: Values): boolean {
  return agrees(old, person) && IDENTIFYING.some((part) => old[part] != null);
}

function isCorrected(old: Values, person: Values): boolean {
  return ['firstName', 'dateOfBirth'].some((part) => old[part] != null && old[part] === person[part]);
}

function people(list: readonly Values[]): readonly Values[] {
  return list.map(withoutBlanks).filter((person) => Object.keys(person).length > 0);
}

function withoutBlanks(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null));
}

function defined(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
