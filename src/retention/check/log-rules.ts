import { NO_SEASON_END, seasonEndFor, type SeasonEnds } from '../../access/season-end.js';
import type { EntryKind } from '../../audit/entry.js';
import type { IntakeFacts } from '../../audit/intake-facts.js';
import type { LoggedSiteRules } from '../../audit/logged-rules.js';
import type { RetentionClass } from '../../catalogue/retention-class.js';
import { day, type Day } from '../../platform/clock.js';
import { DEFAULT_POLICY } from '../default-policy.js';
import { parsePolicy, type Policy } from '../policy.js';
import { scheduledDays } from '../policy-schedule.js';
import { policyDigest } from '../publish-first-policy.js';
import { LogUnclear, type CheckedEntry } from './checked-entry.js';

export interface LoggedPolicy {
  readonly version: number;
  readonly effectiveDay: Day;
  readonly digest: string;
  readonly policy: Policy;
}

/** What it follows. */
export const CHANGES_OF_RULES = ['policy.approved', 'policy.withdrawn', 'site.created', 'site.changed'] as const satisfies readonly EntryKind[];

/** The policies and the sites' season ends as the log's entries have told of them so far: what days follow from, beside the facts. */
export class LogRules {
  private readonly policies: LoggedPolicy[] = [];
  private readonly seasonEnds = new Map<string, SeasonEnds>();

  /** @returns whether days may be others after this entry */
  take({ index, kind, subject, context }: CheckedEntry): boolean {
    if (kind === 'policy.approved') return this.approved(index, context);
    if (kind === 'policy.withdrawn') return this.withdrawn(Number(context['version']));
    if (kind !== 'site.created' && kind !== 'site.changed') return false;
    const { seasonEnd, pastSeasonEnds = [] } = (context['rules'] ?? {}) as Partial<LoggedSiteRules>;
    const ends = { seasonEnd: seasonEnd === undefined ? null : day(seasonEnd), pastSeasonEnds: pastSeasonEnds.map(day) }; // left out: 31 December
    this.seasonEnds.set(String(subject['site']), ends);
    return true;
  }

  /** The newest that is effective by then; before any is, the first: it governs the days before it too. */
  inForceOn(day: Day): LoggedPolicy | undefined {
    return this.policies.findLast(({ effectiveDay, version }) => effectiveDay <= day || version === 1);
  }

  /** The run's own arithmetic. @throws LogUnclear before any policy was approved */
  dueBy(siteId: string, facts: IntakeFacts): ReadonlyMap<RetentionClass, Day> {
    if (this.policies.length === 0) throw new LogUnclear('an intake was created before any policy was approved');
    const schedule = this.policies.map(({ policy, version, effectiveDay }) => ({ ...policy, version, effectiveDay }));
    return scheduledDays(schedule, facts, seasonEndFor(this.seasonEnds.get(siteId) ?? NO_SEASON_END, facts));
  }

  private withdrawn(version: number): true {
    const at = this.policies.findIndex((policy) => policy.version === version);
    if (at >= 0) this.policies.splice(at, 1);
    return true;
  }

  private approved(index: number, { version, day: effectiveDay, digest, policy }: CheckedEntry['context']): true {
    const document = parsePolicy(policy ?? DEFAULT_POLICY); // the first policy's entry has its digest alone
    if (policyDigest(document) !== digest) throw new LogUnclear(`entry ${index}: a policy with another digest than its own`);
    this.policies.push({ version: Number(version), effectiveDay: day(String(effectiveDay)), digest, policy: document });
    this.policies.sort((one, other) => one.version - other.version);
    return true;
  }
}
