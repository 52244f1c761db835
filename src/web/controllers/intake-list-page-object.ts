import { catalogue } from '../../catalogue/catalogue.js';
import { lookupQuery } from '../../catalogue/lookup-fields.js';
import { PROBLEMS } from '../../catalogue/problems.js';
import { RETENTION_CLASSES, type CollectedClasses, type RetentionClass } from '../../catalogue/retention-class.js';
import type { ListedIntake } from '../../intake/list-intakes.js';
import { daysBetween, type Day } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import { readableUntil } from '../../retention/due-days.js';
import type { AskedInput } from '../form/asked-input.js';
import { formToAnswers } from '../form/form-to-answers.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import type { IntakeRow } from '../pages/intake-list-page.js';
import { intakePath } from './intake-page-object.js';
import type { Asked } from './site-questions.js';

/** Days before its day of destruction from which the list says of an intake that something of it goes. */
const SOON_DAYS = 7;

export function intakeRow({ id, taxYear, stage, due, isPreserved, displayName }: ListedIntake, { rules, siteDay }: Pick<Asked, 'rules' | 'siteDay'>, ever: ReadonlySet<RetentionClass>): IntakeRow {
  const shown = shownDays(due, (name) => isAsked(rules.collect, name) || ever.has(name));
  const last = Object.values(shown).sort().at(-1);
  const soon = goneSoon(shown, siteDay);
  return {
    path: intakePath(id),
    taxYear,
    stage,
    isPreserved,
    ...(displayName === undefined ? {} : { displayName: displayName.reveal() }),
    ...(last === undefined ? {} : { readableUntil: readableUntil(last) }),
    ...(soon === undefined ? {} : { soon }),
  };
}

/** Without what the site has never asked for: its empty place says nothing to anybody. */
function shownDays(due: ListedIntake['due'], mayHold: (name: RetentionClass) => boolean): ListedIntake['due'] {
  return Object.fromEntries(Object.entries(due).filter(([name]) => mayHold(name as RetentionClass)));
}

/** What goes first, if it goes within a week. */
function goneSoon(due: ListedIntake['due'], today: Day): IntakeRow['soon'] {
  const [first] = Object.values(due).sort();
  if (first === undefined || daysBetween(today, first) > SOON_DAYS) return undefined;
  return { days: daysBetween(today, first), classes: RETENTION_CLASSES.filter((name) => due[name] === first) };
}

function isAsked(collect: CollectedClasses, name: RetentionClass): boolean {
  return !Object.hasOwn(collect, name) || collect[name as keyof CollectedClasses];
}

/** The boxes of the search, read as the questions that they look for. */
export const SEARCH_INPUTS: readonly AskedInput[] = [
  { path: 'phone', field: catalogue.byPath('contact.phone')! },
  { path: 'lastName', field: catalogue.byPath('taxpayer.lastName')! },
  { path: 'dateOfBirth', field: catalogue.byPath('taxpayer.dateOfBirth')! },
  { path: 'taxpayerId', field: catalogue.byPath('taxpayer.taxpayerId')! },
];

export interface Search {
  /** For `SearchIntakes`. */
  readonly query: Readonly<Record<string, unknown>>;
  /** If there are any, the query is none. */
  readonly problems: readonly FormProblem[];
}

/** One of the three forms of the search box. @throws Refusal BAD_REQUEST if it is none of them */
export function searchFrom(sent: FormValues): Search {
  const { groups } = formToAnswers(SEARCH_INPUTS, sent);
  const query = { ...groups['contact'], ...groups['taxpayer'] };
  return { query, problems: problemsOf(query) };
}

const REASONS = { phone: PROBLEMS.phone, taxpayerId: PROBLEMS.taxpayerId, lastName: PROBLEMS.text, dateOfBirth: PROBLEMS.date };

/** Each box is tried beside a good one, since a search by name and day is refused without saying which was wrong. */
function problemsOf(query: Search['query']): readonly FormProblem[] {
  const { lastName, dateOfBirth } = query;
  const tried = {
    ...('phone' in query ? { phone: { phone: query['phone'] } } : {}),
    ...('taxpayerId' in query ? { taxpayerId: { taxpayerId: query['taxpayerId'] } } : {}),
    ...('lastName' in query ? { lastName: { lastName, dateOfBirth: '2000-01-01' }, dateOfBirth: { lastName: 'Doe', dateOfBirth } } : {}),
  };
  const wrong = Object.entries(tried).filter(([, one]) => !isQuery(one));
  return wrong.map(([path]) => ({ path, reason: REASONS[path as keyof typeof REASONS] }));
}

function isQuery(body: unknown): boolean {
  try {
    lookupQuery(body);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
