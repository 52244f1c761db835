import type { Site } from '../../access/site.js';
import { filingYearFor, seasonEndFor } from '../../access/season-end.js';
import { PREPARER_LIST, RETENTION_CLASSES, type RetentionClass } from '../../catalogue/retention-class.js';
import { dayIn, type Day } from '../../platform/clock.js';
import { comparePolicies } from '../../retention/policies/compare-policies.js';
import type { PoliciesOfHolds, WithdrawnPolicy } from '../../retention/policies/policies-of-holds.js';
import { listYears, type PublishedPolicy } from '../../retention/policy.js';
import { announced, inForce, type PolicySchedule } from '../../retention/policy-schedule.js';
import type { PolicyPage, PolicyPeriod, PolicyRules } from '../pages/policy-page.js';

export interface PoliciesOfPage extends PoliciesOfHolds {
  readonly schedule: PolicySchedule;
}

/** @param keepsList some returns are on its preparer's list, whether or not it makes new ones. @param today at the site */
export function policyPageObject(site: Site, keepsList: boolean, { schedule, withdrawn, inPlaceOf }: PoliciesOfPage, today: Day): Omit<PolicyPage, 'otherSites' | 'mayPropose'> {
  const policy = inForce(schedule, today);
  const hasList = keepsList || isCollected(site, PREPARER_LIST);
  const rulesOf = (one: PublishedPolicy) => policyRules(site, hasList, one);
  const past = schedule.filter(({ effectiveDay }) => effectiveDay < policy.effectiveDay);
  const history = [...past, ...withdrawn].sort((one, other) => one.version - other.version);
  const seasonEnd = seasonEndFor(site, { createdDay: today, filingYear: filingYearFor(today) });
  return {
    siteName: site.name,
    version: policy.version,
    since: policy.effectiveDay,
    seasonEnd,
    listYears: hasList ? listYears(policy) : undefined,
    rules: rulesOf(policy),
    inPlaceOf: inPlaceOf.get(policy.version),
    changes: announced(schedule, today).map((next) => ({ from: next.effectiveDay, inPlaceOf: inPlaceOf.get(next.version), rules: rulesOf(next) })),
    history: history.map((one) => ({ version: one.version, since: one.effectiveDay, takenBack: takenBackOn(one, site), inPlaceOf: inPlaceOf.get(one.version), rules: rulesOf(one) })),
  };
}

/** Everything that a policy says: of two periods of one trigger, the shortest counts. */
function policyRules(site: Site, hasList: boolean, policy: PublishedPolicy): PolicyRules {
  const all = comparePolicies(policy, policy);
  const periods = (name: RetentionClass | 'log', ofNone: boolean): readonly PolicyPeriod[] =>
    all.filter(({ of, whileNoneGiven }) => of === name && whileNoneGiven === ofNone).map(({ after, ...place }) => ({ ...place, value: after! }));
  return {
    log: policy.log,
    rows: RETENTION_CLASSES.filter((name) => hasList || name !== PREPARER_LIST).map((name) => ({
      class: name,
      collected: isCollected(site, name),
      periods: periods(name, false),
      whileNoneGiven: periods(name, true),
    })),
  };
}

function takenBackOn(policy: PublishedPolicy | WithdrawnPolicy, { timeZone }: Site): Day | undefined {
  return 'withdrawnAt' in policy ? dayIn(timeZone, policy.withdrawnAt) : undefined;
}

/** Classes that a site has to switch on are asked where it did, the preparer's list is kept where the regime is that; the others everywhere. */
export function isCollected(site: Site, name: RetentionClass): boolean {
  if (name === PREPARER_LIST) return site.regime === 'compensated';
  const switches = { credentials: site.collectCredentials, documents: site.collectDocuments, notes: site.collectNotes };
  return Object.hasOwn(switches, name) ? switches[name as keyof typeof switches] : true;
}
