import { safeName } from '../../catalogue/safe-name.js';
import { addDays, day, type Day } from '../../platform/clock.js';
import { Refusal } from '../../platform/refusal.js';
import { checkLimits } from '../policy-limits.js';
import { parsePolicy, PolicyInvalid, type Policy, type PublishedPolicy } from '../policy.js';
import { shortens } from '../shortens.js';

/** So long before it takes effect a policy that shortens anything has been published. */
export const NOTICE_DAYS = 30;
/** A policy is announced this far ahead at most. */
const FURTHEST_DAYS = 400;

export interface PolicyProposal {
  readonly policy: Policy;
  readonly effectiveDay: Day;
  readonly shortens: boolean;
}

/** The days on which the next policy may take effect, the first and the last. @param isShorter than the newest, in anything */
export function daysToChoose(newest: PublishedPolicy, isShorter: boolean, today: Day): { readonly first: Day; readonly last: Day } {
  const [noticed, inTurn] = [addDays(today, isShorter ? NOTICE_DAYS : 1), addDays(newest.effectiveDay, 1)];
  return { first: noticed > inTurn ? noticed : inTurn, last: addDays(today, FURTHEST_DAYS) };
}

/**
 * @param newest the version before it: what it shortens, it shortens of that
 * @param today of publication, or the earliest that it can be
 * @throws Refusal INVALID_INPUT naming the place
 */
export function checkProposal(document: unknown, effectiveDay: string, newest: PublishedPolicy, today: Day): PolicyProposal {
  const policy = policyOrRefuse(document);
  const from = dayOrRefuse(effectiveDay);
  const isShorter = shortens(newest, policy);
  const earliest = addDays(today, isShorter ? NOTICE_DAYS : 1);
  if (from < earliest) {
    throw invalid('effectiveDay', isShorter ? `Whatever shortens a period is announced ${NOTICE_DAYS} days ahead: ${earliest} at the earliest.` : `It takes effect on ${earliest} at the earliest.`);
  }
  if (from <= newest.effectiveDay) throw invalid('effectiveDay', `Policies take effect in turn: after ${newest.effectiveDay}, when version ${newest.version} does.`);
  if (from > addDays(today, FURTHEST_DAYS)) throw invalid('effectiveDay', `It takes effect within ${FURTHEST_DAYS} days.`);
  return { policy, effectiveDay: from, shortens: isShorter };
}

function policyOrRefuse(document: unknown): Policy {
  try {
    const policy = parsePolicy(document);
    const unknown = leftOut(document as object, policy, 'document');
    if (unknown.length > 0) throw new Refusal('INVALID_INPUT', 'The document has members that no policy has.', { fields: unknown });
    checkLimits(policy);
    return policy;
  } catch (error) {
    if (error instanceof PolicyInvalid) throw invalid('document', `The policy does not hold together at ${error.message}.`);
    throw error;
  }
}

/** The paths of what a document says and the policy that was read from it does not: two people sign what was sent, or nothing. */
function leftOut(sent: object, read: object, at: string): readonly string[] {
  const known = new Map<string, unknown>(Object.entries(read));
  return Object.entries(sent).flatMap(([name, inner]: [string, unknown]) => {
    const path = `${at}.${safeName(name)}`;
    if (inner === undefined) return [];
    if (!known.has(name)) return [path];
    return typeof inner === 'object' && inner !== null ? leftOut(inner, known.get(name) as object, path) : [];
  });
}

function dayOrRefuse(text: string): Day {
  try {
    return day(text);
  } catch {
    throw invalid('effectiveDay', 'A day is written as 2027-04-30.');
  }
}

function invalid(field: string, message: string): Refusal {
  return new Refusal('INVALID_INPUT', message, { fields: [field] });
}
