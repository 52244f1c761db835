import type { Answers, AnswersPatch } from '../catalogue/answers.js';
import type { AnswerProblem } from '../catalogue/parse-answers.js';
import type { PreparerList } from '../catalogue/preparer-list.js';
import { PROBLEMS } from '../catalogue/problems.js';
import { wholeName } from '../catalogue/whole-name.js';
import type { Day } from '../platform/clock.js';
import { Refusal } from '../platform/refusal.js';
import type { IntakeRow } from './intake-row.js';
import type { SiteRules } from './site-rules.js';
import type { Stage } from './stage.js';

/** Steps at which a return that was not ready is: on paper, one that came back rejected is signed anew as it is handed over. */
const READY: readonly Stage[] = ['prepared', 'filed', 'done'];

/** Does this step make a return ready to be signed, for the first time or again? */
export function getsReady({ stage, prepared_day: preparedDay }: Pick<IntakeRow, 'stage' | 'prepared_day'>, next: Stage | undefined): boolean {
  return next !== undefined && next !== stage && READY.includes(next) && preparedDay === null;
}

/** The row as it stands on the preparer's list: since today where this step puts it there. What is on the list stays, whatever the regime is by now. */
export function asListed(before: IntakeRow, after: IntakeRow, { regime }: SiteRules, today: Day): IntakeRow {
  return regime === 'compensated' && getsReady(before, after.stage) ? { ...after, listed_day: today } : after;
}

/**
 * The answers with the list as it is to be kept. A return that comes onto it takes name and number from the intake where the change does
 * not say them; kind of return and preparer have to be said. Who has no number yet has a return all the same, and nothing here says
 * why there is none; one that the list has stays.
 * @param answers as the change leaves them. @param known the list as it was
 * @throws Refusal INVALID_ANSWERS naming what the law asks for and is not there
 */
export function withList(before: IntakeRow, after: IntakeRow, answers: Answers, patch: AnswersPatch, known: PreparerList | undefined): Answers {
  if (after.listed_day === null) return answers;
  const comesOn = getsReady(before, after.stage) && after.listed_day === after.touched_day;
  const list = { ...answers.preparerList, ...(comesOn ? ownOf(answers, patch.preparerList ?? {}) : {}) };
  const whole = { ...list, taxYear: patch.preparerList?.taxYear ?? after.tax_year };
  mustBeWhole(whole, after.tax_year, known?.taxpayerId === undefined ? ASKED : [...ASKED, 'taxpayerId']);
  return { ...answers, preparerList: whole };
}

function ownOf({ taxpayer }: Answers, said: NonNullable<AnswersPatch['preparerList']>): PreparerList {
  const name = wholeName(taxpayer);
  return {
    ...(said.name == null && name !== undefined && { name }),
    ...(said.taxpayerId == null && taxpayer?.taxpayerId !== undefined && { taxpayerId: taxpayer.taxpayerId }),
  };
}

const ASKED = ['name', 'returnType', 'preparedBy'] as const satisfies readonly (keyof PreparerList)[];

function mustBeWhole(list: PreparerList, taxYear: number, asked: readonly (keyof PreparerList)[]): void {
  const problems: AnswerProblem[] = asked.filter((name) => list[name] === undefined).map((name) => ({ path: `preparerList.${name}`, reason: PROBLEMS.listNeeds }));
  if (list.taxYear !== taxYear) problems.push({ path: 'preparerList.taxYear', reason: PROBLEMS.listYear });
  if (problems.length > 0) {
    throw new Refusal('INVALID_ANSWERS', 'A compensated preparer’s list has to be whole.', { fields: problems.map(({ path }) => path), problems });
  }
}
