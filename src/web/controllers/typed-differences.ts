import { parseAnswers, type ParsingRules } from '../../catalogue/parse-answers.js';
import { Refusal } from '../../platform/refusal.js';
import { answerAt, type NestedAnswers } from '../form/answers-to-form.js';
import type { AskedInput } from '../form/asked-input.js';
import { formToAnswers, namesOf } from '../form/form-to-answers.js';
import type { FormValues } from '../form/form-values.js';
import { readOpened } from '../form/opened-with.js';
import { removals, removePeople } from '../form/remove-people.js';
import { typedValues } from '../form/typed-values.js';
import type { OpenedTopic } from './open-topic.js';
import { storedForm } from './topic-page-object.js';

/** What was not saved, to be shown again beside what is stored; nothing that was typed is lost. */
export interface Unsaved {
  readonly opened: OpenedTopic;
  readonly inputs: readonly AskedInput[];
  readonly values: FormValues;
  /** What the form was opened with, as it says itself. */
  readonly openedWith: string;
}

/** One question where what was typed is not what is stored now; null for a blank. */
export interface TypedDifference {
  readonly input: AskedInput;
  readonly typed: unknown;
  readonly stored: unknown;
}

/**
 * With what is stored now wherever the form still shows what it was opened with: nobody typed that, and sent back it would undo what somebody
 * else has saved. Of people who are others by now, or stand in other places, all that was sent counts as typed.
 */
export function besideStored(unsaved: Unsaved, sent: FormValues): Unsaved {
  const { opened, inputs, values } = unsaved;
  const form = readOpened(sent);
  const { values: stored, personNames } = storedForm(opened, inputs);
  const samePeople = form.wasFor(personNames);
  const own = inputs.flatMap(({ path, field }) => {
    const isOfPerson = field.group === 'household';
    const names = namesOf(path, field).filter((name) => values[name] !== undefined || (!isOfPerson && stored[name] !== undefined));
    const isTyped = names.some((name) => values[name] !== undefined && ((isOfPerson && !samePeople) || !form.showed(name, values[name]!)));
    return names.map((name) => [name, (isTyped ? values[name] : stored[name]) ?? ''] as const);
  });
  return { ...unsaved, values: { ...Object.fromEntries(own), ...removals(values) } };
}

export function typedDifferences({ opened, inputs, values }: Unsaved): readonly TypedDifference[] {
  const answers: NestedAnswers = { ...opened.read.answers.reveal() };
  const kept = removePeople(values);
  return inputs.flatMap((input) => {
    const typed = answerTyped(input, kept, opened.rules);
    const stored = answerAt(input, answers) ?? null;
    return typed === undefined || typed === stored ? [] : [{ input, typed, stored }];
  });
}

/** As it would be stored, so that a telephone number typed in another way is no difference; null for a blank, undefined if not sent. */
function answerTyped(input: AskedInput, values: FormValues, rules: ParsingRules): unknown {
  const { group, name } = input.field;
  const { groups, people } = formToAnswers([input], typedValues([input], values));
  const typed = (groups[group] ?? [...people.values()][0])?.[name];
  if (typed === undefined || typed === null) return typed;
  try {
    return parsed(group, name, typed, rules);
  } catch (error) {
    if (error instanceof Refusal) return typed;
    throw error;
  }
}

function parsed(group: string, name: string, typed: unknown, rules: ParsingRules): unknown {
  const one = { [name]: typed };
  const patch: NestedAnswers = parseAnswers({ [group]: group === 'household' ? [one] : one }, rules);
  return (([patch[group]].flat()[0] ?? {}) as Record<string, unknown>)[name];
}
