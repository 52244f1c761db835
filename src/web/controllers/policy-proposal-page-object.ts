import { CLASSES_FROM_THE_START, PREPARER_LIST } from '../../catalogue/retention-class.js';
import { approvableUntil } from '../../retention/policies/approvable-until.js';
import { comparePolicies } from '../../retention/policies/compare-policies.js';
import { daysToChoose } from '../../retention/policies/policy-proposal.js';
import { PROPOSAL_LIVES_DAYS } from '../../retention/policies/policy-publication.js';
import type { PolicyNow } from '../../retention/policies/read-policy-now.js';
import type { PublishedPolicy } from '../../retention/policy.js';
import { isCarriedOver, periodFields } from '../form/policy-periods.js';
import type { FormValues } from '../form/form-values.js';
import type { PolicyVersion } from '../pages/policy-changes.js';
import type { PolicyCheckPage } from '../pages/policy-check-page.js';
import type { ProposePolicyPage } from '../pages/propose-policy-page.js';
import type { TypedPolicy } from './typed-policy.js';

const DAY_MS = 86_400_000;

/** The form, as it follows from the rules that are to be changed. */
export function policyFormObject(now: PolicyNow): Omit<ProposePolicyPage, 'typed' | 'problems' | 'stale'> {
  const { newest, today, locked } = now;
  const fields = periodFields(newest);
  const { first: longer, last } = daysToChoose(newest, false, today);
  return {
    basis: policyVersion(newest, now),
    classes: CLASSES_FROM_THE_START.map((name) => ({
      class: name,
      fields: fields.filter(({ of }) => of === name),
      carried: isCarriedOver(name, newest.classes[name]),
    })),
    list: fields.filter(({ of }) => of === PREPARER_LIST),
    log: fields.filter(({ of }) => of === 'log'),
    days: { shorter: daysToChoose(newest, true, today).first, longer, last },
    locked,
  };
}

/** @param fields to be sent along */
export function policyCheckObject({ policy, effectiveDay, reason, shortens }: TypedPolicy, now: PolicyNow, fields: FormValues): PolicyCheckPage {
  const lapses = new Date(now.at.getTime() + PROPOSAL_LIVES_DAYS * DAY_MS);
  return {
    ...{ effectiveDay, reason, shortens, locked: shortens && now.locked, typed: fields },
    basis: policyVersion(now.newest, now),
    periods: comparePolicies(now.newest, policy),
    approveBefore: earlier(approvableUntil(effectiveDay, shortens, now.zones), lapses),
  };
}

export function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}

export function policyVersion({ version, effectiveDay }: PublishedPolicy, { today }: PolicyNow): PolicyVersion {
  return { version, effectiveDay, announced: effectiveDay > today };
}
