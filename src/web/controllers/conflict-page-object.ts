import { parseAnswers, type ParsingRules } from '../../catalogue/parse-answers.js';
import type { Wording } from '../../catalogue/wording.js';
import { Refusal } from '../../platform/refusal.js';
import { answerInWords } from '../form/answer-in-words.js';
import { answerAt, type NestedAnswers } from '../form/answers-to-form.js';
import type { AskedInput } from '../form/asked-input.js';
import { formToAnswers } from '../form/form-to-answers.js';
import type { FormValues } from '../form/form-values.js';
import { typedValues } from '../form/typed-values.js';
import type { ConflictPage, Difference } from '../pages/conflict-page.js';
import type { LocalPath } from '../shell/local-path.js';
import type { Language } from '../words/language.js';
import { personName } from './intake-page-object.js';
import type { Unsaved } from './save-topic.js';
import { peopleIn, topicFrame } from './topic-page-object.js';
import { HOUSEHOLD } from './topic-path.js';

interface ConflictPlace {
  /** What the page asks about. */
  readonly about: Wording;
  readonly action: LocalPath;
  readonly reopen: LocalPath;
}

/** What was typed beside what is stored now; the form carries the version of what is stored now. */
export function conflictPageObject({ opened, inputs, values }: Unsaved, place: ConflictPlace, language: Language): ConflictPage {
  const { intake, lives } = topicFrame(opened);
  const stored: NestedAnswers = { ...opened.read.answers.reveal() };
  const differences = inputs.flatMap((input) => differenceAt(input, stored, values, opened.rules, language));
  return { ...place, intake, lives, inputs, values, differences, personNames: peopleIn(opened).map(personName), foldsPeople: opened.topic.id === HOUSEHOLD };
}

function differenceAt(
  input: AskedInput,
  answers: NestedAnswers,
  values: FormValues,
  rules: ParsingRules,
  language: Language,
): readonly Difference[] {
  const typed = answerTyped(input, values, rules);
  const stored = answerAt(input, answers);
  if (typed === undefined || typed === (stored ?? null)) return [];
  const yours = answerInWords(input.field, typed, language);
  const theirs = answerInWords(input.field, stored, language);
  return [{ path: input.path, ...(yours === undefined ? {} : { yours }), ...(theirs === undefined ? {} : { stored: theirs }) }];
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
