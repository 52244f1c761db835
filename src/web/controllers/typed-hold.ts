import { RETENTION_CLASSES } from '../../catalogue/retention-class.js';
import { checkMatter, checkScope, isIntakeNumber, type HoldInput } from '../../retention/holds/hold-input.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import { refusedFields, type FieldProblems } from '../http/refused-fields.js';
import { badIntakesInWords, NEW_HOLD_WORDS as WORDS } from '../words/hold-words.js';
import { PROBLEM_WORDS } from '../words/problem-words.js';

const NAMES = ['matter', 'site', 'what', 'intakes', ...RETENTION_CLASSES.map((name) => `class.${name}`), 'taxYear', 'from', 'to'];

/** What is to be mended, by the parts that the services name. */
export const HOLD_PROBLEMS: FieldProblems = {
  matter: { path: 'matter', reason: WORDS.badMatter },
  'scope.site': { path: 'site', reason: WORDS.noSuchSite },
  'scope.intakes': { path: 'intakes', reason: WORDS.badIntakes },
  'scope.taxYear': { path: 'taxYear', reason: WORDS.badTaxYear },
  'scope.createdFrom': { path: 'from', reason: PROBLEM_WORDS.day },
  'scope.createdTo': { path: 'to', reason: WORDS.badTo },
};

/** The form's own fields and no others, to be sent along from page to page. */
export function holdFields(typed: FormValues): FormValues {
  return Object.fromEntries(NAMES.flatMap((name) => (typed[name] ? [[name, typed[name]]] : [])));
}

/** What was typed, in the words of the service. A blank field names nothing. */
export function holdInput(typed: FormValues): HoldInput {
  const { matter = '', site = '' } = typed;
  const all = typed['what'] === 'everything' && site === '';
  return { matter, scope: { ...(all && { all }), ...(site !== '' && { site }), ...namedParts(typed) } };
}

/** Everything that can be said of the form without a look at what there is; all at once. */
export function holdProblems(typed: FormValues): readonly FormProblem[] {
  const { matter, scope } = holdInput(typed);
  const what = whatProblem(typed);
  return [...problemsOf(() => checkMatter(matter)), ...(what ? [what] : problemsOf(() => checkScope(scope)).map((problem) => (problem.path === 'intakes' ? intakesProblem(typed) : problem)))];
}

/** Whoever has copied a long list sees which lines are wrong. */
function intakesProblem({ intakes = '' }: FormValues): FormProblem {
  const wrong = intakes.split('\n').flatMap((line, at) => (numbersIn(line).every(isIntakeNumber) ? [] : [at + 1]));
  return { path: 'intakes', reason: wrong.length > 0 ? badIntakesInWords(wrong) : WORDS.tooManyIntakes };
}

function numbersIn(text: string): readonly string[] {
  return text.toLowerCase().split(/[\s,;]+/u).filter(Boolean);
}

/** Everything must be meant: it is neither what a blank form says nor what is left over beside something named. */
function whatProblem(typed: FormValues): FormProblem | undefined {
  const isNamed = Object.keys(namedParts(typed)).length > 0;
  switch (typed['what']) {
    case 'everything':
      return isNamed ? { path: 'what', reason: WORDS.everythingAndMore } : undefined;
    case 'named':
      return isNamed ? undefined : { path: 'what', reason: WORDS.nameSomething };
    default:
      return { path: 'what', reason: PROBLEM_WORDS.choose };
  }
}

function problemsOf(check: () => unknown): readonly FormProblem[] {
  try {
    check();
    return [];
  } catch (error) {
    return refusedFields(error, HOLD_PROBLEMS);
  }
}

function namedParts(typed: FormValues): HoldInput['scope'] {
  const text = (name: string) => (typed[name] ?? '').trim();
  const intakes = numbersIn(text('intakes'));
  const classes = RETENTION_CLASSES.filter((name) => typed[`class.${name}`] === 'yes');
  return {
    ...(intakes.length > 0 && { intakes }),
    ...(classes.length > 0 && { classes }),
    ...(text('taxYear') !== '' && { taxYear: /^\d{4}$/.test(text('taxYear')) ? Number(text('taxYear')) : NaN }),
    ...(text('from') !== '' && { createdFrom: text('from') }),
    ...(text('to') !== '' && { createdTo: text('to') }),
  };
}
