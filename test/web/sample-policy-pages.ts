import type { ListedApproval } from '../../src/access/approvals/list-approvals.js';
import { day } from '../../src/platform/clock.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { comparePolicies } from '../../src/retention/policies/compare-policies.js';
import type { Policy, PublishedPolicy } from '../../src/retention/policy.js';
import { policyCheckObject, policyFormObject } from '../../src/web/controllers/policy-proposal-page-object.js';
import { policyFields, readPolicyForm } from '../../src/web/controllers/typed-policy.js';
import { periodValues } from '../../src/web/form/policy-periods.js';
import { approvalPage } from '../../src/web/pages/approval-page.js';
import { policyCheckPage } from '../../src/web/pages/policy-check-page.js';
import { proposePolicyPage } from '../../src/web/pages/propose-policy-page.js';
import type { Shell } from '../../src/web/shell/shell.js';
import { LONG_MEMBER, LONG_SITE } from './long-names.js';
import { PREPARER } from './sample-intake.js';
import { sample } from './sample.js';

const ADMINISTRATOR: Shell = { ...PREPARER, path: '/policy/propose', member: { name: LONG_MEMBER, role: 'administrator', siteName: LONG_SITE, organisationWide: true } };
const ASKED = new Date('2027-02-01T17:00:00Z');
const REASON = 'The board decided in January that numbers and notes go sooner, and that the log is kept for five years.';
const NEWEST: PublishedPolicy = { ...DEFAULT_POLICY, version: 2, effectiveDay: day('2027-02-15') };
const NOW = { newest: NEWEST, today: day('2027-02-01'), at: ASKED, zones: ['UTC', 'America/New_York'], locked: false };
const LOCKED = { ...NOW, locked: true };
const LEFT_ALONE = { ...periodValues(NEWEST), after: '2', effectiveDay: '2027-04-30', reason: REASON };
const CHANGED = { ...LEFT_ALONE, 'credentials.rules.0.prepared': '2', 'notes.cap': '60', 'consents.whileNoneGiven.0.done': '45', 'log.entriesMonths': '60' };
const WRONG = { ...CHANGED, 'identity.rules.0.done': '3 weeks', 'identity.cap': '731', 'log.certificatesYears': '', effectiveDay: '', reason: 'better' };

const read = (typed: Readonly<Record<string, string>>) => readPolicyForm(typed, NOW) as Extract<ReturnType<typeof readPolicyForm>, { policy: Policy }>;
const PROPOSED = read(CHANGED);
const OPEN: ListedApproval = {
  ...{ id: 'a9', kind: 'policy.publish', organisationWide: true, about: { effectiveDay: day('2027-04-30') }, reason: REASON, state: 'open' },
  ...{ requestedBy: { id: 'm1', name: LONG_MEMBER }, requestedAt: ASKED, expiresAt: new Date('2027-02-15T17:00:00Z'), may: ['approve', 'decline'] },
};
const CHANGE = { basis: { version: 2, effectiveDay: NEWEST.effectiveDay, announced: true }, periods: comparePolicies(NEWEST, PROPOSED.policy), shortens: true };

export const POLICY_SAMPLES = [
  sample('propose-policy', ADMINISTRATOR, proposePolicyPage, { ...policyFormObject(LOCKED), stale: false, typed: policyFields(LEFT_ALONE, NOW), problems: [] }),
  sample('propose-policy refused', { ...ADMINISTRATOR, typed: { action: '/policy/propose', problems: 'R1.x' } }, proposePolicyPage, {
    ...{ ...policyFormObject(NOW), stale: false, typed: policyFields(WRONG, NOW) },
    problems: readPolicyForm(WRONG, NOW) as Extract<ReturnType<typeof readPolicyForm>, readonly unknown[]>,
  }),
  sample('propose-policy after other rules', ADMINISTRATOR, proposePolicyPage, { ...policyFormObject(NOW), stale: true, typed: policyFields(CHANGED, NOW), problems: [] }),
  sample('propose-policy while one waits', ADMINISTRATOR, proposePolicyPage, {
    ...{ ...policyFormObject(NOW), waiting: '/approvals/a9' },
    ...{ stale: false, typed: {}, problems: [] },
  }),
  sample('policy-check', { ...ADMINISTRATOR, typed: { action: '/policy/proposals', problems: '' } }, policyCheckPage, policyCheckObject(PROPOSED, NOW, policyFields(CHANGED, NOW))),
  sample('policy-check under a hold', ADMINISTRATOR, policyCheckPage, policyCheckObject(PROPOSED, LOCKED, policyFields(CHANGED, NOW))),
  sample('policy-check of what gets longer', ADMINISTRATOR, policyCheckPage, policyCheckObject(read({ ...LEFT_ALONE, 'notes.rules.0.done': '20' }), NOW, {})),
  sample('approval of a policy', ADMINISTRATOR, approvalPage, { approval: OPEN, policy: { ...CHANGE, approveBefore: OPEN.expiresAt }, action: '/approvals/a9' }),
  sample('approval of a policy, too late', ADMINISTRATOR, approvalPage, { approval: OPEN, policy: { ...CHANGE, obstacle: 'superseded' }, action: '/approvals/a9' }),
];
