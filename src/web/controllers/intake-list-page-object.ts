import { dayProblem, taxpayerIdProblem } from '../../catalogue/answer-kinds.js';
import { catalogue } from '../../catalogue/catalogue.js';
import { lookupQuery } from '../../catalogue/lookup-fields.js';
import { PROBLEMS } from '../../catalogue/problems.js';
import { PREPARER_LIST, RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import type { ListedIntake } from '../../intake/list-intakes.js';
import { daysBetween, type Day } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import { readableUntil } from '../../retention/due-days.js';
import type { AskedInput } from '../form/asked-input.js';
import { formToAnswers } from '../form/form-to-answers.js';
import type { FormProblem, FormValues } from '../form/form-values.js';
import type { IntakeRow } from '../pages/intake-list-page.js';
import { intakePath } from './intake-page-object.js';

/** Days before its day of destruction from which the list says of an intake that something of it goes. */
const SOON_DAYS = 7;

/** @param mayHold the classes of which the site may hold answers */
export function intakeRows(listed: readonly ListedIntake[], siteDay: Day, mayHold: readonly RetentionClass[]): readonly IntakeRow[] {
  const rows = listed.map((one) => intakeRow(one, siteDay, mayHold));
  const named = (name: string | undefined): number => rows.filter(({ displayName }) => displayName === name).length;
  return rows.map((row, at) => (named(row.displayName) > 1 ? { ...row, startedDay: listed[at]!.createdDay } : row));
}

function intakeRow({ id, taxYear, stage, due, isPreserved, displayName }: ListedIntake, siteDay: Day, mayHold: readonly RetentionClass[]): IntakeRow {
  const shown: ListedIntake['due'] = Object.fromEntries(mayHold.flatMap((name) => (due[name] === undefined ? [] : [[name, due[name]]])));
  const last = lastDay(shown);
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

/** A consent or the preparer's list stays months or years longer, and would make names and answers look so: their day counts once nothing else lives. */
function lastDay(due: ListedIntake['due']): Day | undefined {
  const { consents: _consents, [PREPARER_LIST]: _list, ...rest } = due;
  return Object.values(Object.keys(rest).length > 0 ? rest : due).sort().at(-1);
}

/** What goes first, if it goes within a week. */
function goneSoon(due: ListedIntake['due'], today: Day): IntakeRow['soon'] {
  const [first] = Object.values(due).sort();
  if (first === undefined || daysBetween(today, first) > SOON_DAYS) return undefined;
  return { days: daysBetween(today, first), classes: RETENTION_CLASSES.filter((name) => due[name] === first) };
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

const REASONS = {
  phone: () => PROBLEMS.phone,
  taxpayerId: taxpayerIdProblem,
  lastName: () => PROBLEMS.text,
  dateOfBirth: dayProblem,
};

/** Each box is tried beside a good one, since a search by name and day is refused without saying which was wrong. */
function problemsOf(query: Search['query']): readonly FormProblem[] {
  const { lastName, dateOfBirth } = query;
  const tried = {
    ...('phone' in query ? { phone: { phone: query['phone'] } } : {}),
    ...('taxpayerId' in query ? { taxpayerId: { taxpayerId: query['taxpayerId'] } } : {}),
    ...('lastName' in query ? { lastName: { lastName, dateOfBirth: '2000-01-01' }, dateOfBirth: { lastName: 'Doe', dateOfBirth } } : {}),
  };
  const wrong = Object.entries(tried).filter(([, one]) => !isQuery(one));
  return wrong.map(([path]) => ({ path, reason: REASONS[path as keyof typeof REASONS](query[path]) }));
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
