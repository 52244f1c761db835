import { seasonEndFor } from '../access/season-end.js';
import type { SiteMember } from '../access/signed-in.js';
import type { Answers } from '../catalogue/answers.js';
import { classesWritten } from '../catalogue/classes-written.js';
import { consentsGiven } from '../catalogue/consents.js';
import { mergeAnswers } from '../catalogue/merge-answers.js';
import type { AnswersPatch } from '../catalogue/parse-answers.js';
import type { RetentionClass } from '../catalogue/retention-class.js';
import type { Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';
import { scheduledDays } from '../retention/policy-schedule.js';
import type { Lives } from '../vault/life-shares.js';
import type { VaultKey } from '../vault/vault-grant.js';
import { factsOf, type IntakeRow } from './intake-row.js';
import { destroyed, destroyedDays, existing, mustLive, preserved, workedOn } from './life-of-classes.js';
import { consentsNamed, keepsConsents, withConsenting } from './keep-consents.js';
import { withList } from './list-return.js';
import type { RulesInForce } from './rules-in-force.js';
import type { StoredIntake } from './stored-intake.js';

/** An intake under its row lock, with all that a change of it needs. */
export interface Locked {
  readonly tx: RecordsTx;
  readonly who: SiteMember;
  readonly vault: VaultKey;
  readonly rules: RulesInForce;
  readonly stored: StoredIntake;
  readonly before: IntakeRow;
  readonly after: IntakeRow;
  readonly patch: AnswersPatch;
}

/** What a change comes to. */
export interface ChangePlan {
  readonly row: IntakeRow;
  readonly answers: Answers;
  readonly due: ReadonlyMap<RetentionClass, Day>;
  /** Credentials that were destroyed are given again, under a share of their own. */
  readonly anew: boolean;
}

/**
 * @param stored the answers as they are
 * @throws Refusal DESTROYED, PRESERVED, INVALID_ANSWERS when what the preparer's list needs is not there
 */
export function planChange({ rules, before, after, patch }: Locked, all: Lives, stored: () => Answers): ChangePlan {
  const seasonEnd = seasonEndFor(rules.site, factsOf(before));
  const expected = scheduledDays(rules.policies, factsOf(before), seasonEnd);
  mustLive(before, workedOn(before, all, after.touched_day), expected);
  const lives = existing(before, all);
  const anew = startsAnew(before, lives, patch);
  refuseDestroyed(before, lives, patch, anew, expected);
  const known = stored();
  const listed = withList(before, after, mergeAnswers(known, patch), patch, known.preparerList);
  const unnamed = { ...after, destroyed: anew ? without(before.destroyed, 'credentials') : before.destroyed, consents_given: consentsGiven(listed) };
  const answers = withConsenting(listed, keepsConsents(rules.policies, factsOf(unnamed), seasonEnd), known.consents);
  const row = { ...unnamed, consents_named: consentsNamed(answers) };
  return { row, answers, due: scheduledDays(rules.policies, factsOf(row), seasonEnd), anew };
}

/** Numbers that were destroyed may be asked for again once a return came back rejected. */
function startsAnew(row: IntakeRow, lives: Lives, patch: AnswersPatch): boolean {
  return row.stage === 'rejected' && lives.get('credentials')?.state === 'over' && classesWritten(patch).has('credentials');
}

function refuseDestroyed(
  row: IntakeRow,
  lives: Lives,
  patch: AnswersPatch,
  anew: boolean,
  expected: ReadonlyMap<RetentionClass, Day>,
): void {
  const written = [...classesWritten(patch)].filter((cls) => !(anew && cls === 'credentials'));
  if (written.some((cls) => lives.get(cls)?.state === 'held')) throw preserved();
  const gone = new Map([...lives].filter(([cls, life]) => written.includes(cls) && life.state === 'over'));
  if (gone.size > 0) throw destroyed(destroyedDays(row, gone, expected));
}

function without<T extends object, K extends keyof T>(all: T, key: K): Omit<T, K> {
  const { [key]: _gone, ...rest } = all;
  return rest;
}
