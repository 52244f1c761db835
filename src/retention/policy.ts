import { CLASSES_FROM_THE_START, type ClassFromTheStart } from '../catalogue/retention-class.js';
import { day, type Day } from '../platform/clock.js';
import type { RecordsTx } from '../platform/records-tx.js';

/**
 * What a period counts from.
 * - `done`: the intake ended, in whatever way; `prepared`: the return was prepared; `accepted`: the IRS took it
 * - `untouched`: the last write or stage, until the class's own end has come (`done`, or `prepared` where that is its end)
 * - `season-end`: the site's season end; `consent-expiry`: the day by which every consent of the season has run out
 *   (`consentsRunOut`), of consents alone, and in the place of the season end
 */
export const TRIGGERS = ['done', 'prepared', 'untouched', 'accepted', 'season-end', 'consent-expiry'] as const;
export type Trigger = (typeof TRIGGERS)[number];

export interface Rule {
  readonly trigger: Trigger;
  readonly days: number;
}

export interface ClassPolicy {
  /** The shortest wins; the season end cuts all of them off, but consents that are kept from their expiry on. */
  readonly rules: readonly Rule[];
  /** For consents: what holds as long as none was given (docs/decisions/0004). */
  readonly whileNoneGiven?: readonly Rule[];
  /** Days from creation after which it goes whatever happens. */
  readonly cap?: number;
}

/** How long anything is kept: data that is published as it stands. */
export interface Policy {
  readonly format: 1;
  readonly classes: Readonly<Record<ClassFromTheStart, ClassPolicy>>;
  /** Of compensated preparers' lists. A policy that says nothing of them keeps them as long as the law asks (`listYears`). */
  readonly preparerList?: { readonly years: number };
  readonly log: { readonly entriesMonths: number; readonly certificatesYears: number };
}

export interface PublishedPolicy extends Policy {
  readonly version: number;
  readonly effectiveDay: Day;
}

/** A policy document that would not say for everything when it goes. The message names the place, and holds no document text. */
export class PolicyInvalid extends Error {
  override readonly name = 'PolicyInvalid';
}

/** The longest period a rule may name, in days: anything near it is a mistake, since the season end comes first. */
const LONGEST = 3660;

/** @throws PolicyInvalid unless every class has rules that are known, whole and end somewhere */
export function parsePolicy(document: unknown): Policy {
  const { format, classes, preparerList, log } = record(document, 'policy');
  if (format !== 1) throw new PolicyInvalid('policy.format');
  const given = record(classes, 'policy.classes');
  for (const name of Object.keys(given)) {
    if (!(CLASSES_FROM_THE_START as readonly string[]).includes(name)) throw new PolicyInvalid('policy.classes: unknown class');
  }
  const entries = CLASSES_FROM_THE_START.map((name) => [name, parseClass(given[name], `policy.classes.${name}`)] as const);
  const { entriesMonths, certificatesYears } = record(log, 'policy.log');
  return {
    format,
    classes: Object.fromEntries(entries) as Record<ClassFromTheStart, ClassPolicy>,
    ...(preparerList !== undefined && { preparerList: { years: whole(record(preparerList, 'policy.preparerList')['years'], 'policy.preparerList') } }),
    log: { entriesMonths: whole(entriesMonths, 'policy.log'), certificatesYears: whole(certificatesYears, 'policy.log') },
  };
}

/** IRC 6107(b): a list is kept for three years after the close of the return period. */
const YEARS_BY_LAW = 3;

/** Years after the close of the return period for which a list is kept. */
export function listYears({ preparerList }: Pick<Policy, 'preparerList'>): number {
  return preparerList?.years ?? YEARS_BY_LAW;
}

/** A stored policy, under names that no other table of the same question has. */
export interface PolicyRow {
  readonly policy_version: number;
  readonly effective_day: string;
  readonly document: unknown;
}

/**
 * SQL: the policy that governs a day, a `PolicyRow`: the newest one that is effective by then. The first one governs the
 * days before it too, since a site west of the server can still be in the day before.
 * @param on the day's parameter
 */
export function policyInForceSql(on: string): string {
  return `SELECT version AS policy_version, effective_day, document FROM retention_policy
     WHERE (effective_day <= ${on} OR version = 1) AND withdrawn_at IS NULL ORDER BY version DESC LIMIT 1`;
}

/** A version by its number, taken back since or not; undefined if there never was one. @throws PolicyInvalid */
export async function policyOfVersion(tx: RecordsTx, version: number): Promise<PublishedPolicy | undefined> {
  const [row] = await tx.query<PolicyRow>('SELECT version AS policy_version, effective_day, document FROM retention_policy WHERE version = $1', [version]);
  return row && publishedPolicy(row);
}

/** The number of the one that governs a day, whatever its document says; 0 when none was ever published. */
export async function versionInForce(tx: RecordsTx, on: Day): Promise<number> {
  const [row] = await tx.query<PolicyRow>(policyInForceSql('$1'), [on]);
  return row?.policy_version ?? 0;
}

/** @throws PolicyInvalid */
export function publishedPolicy(row: PolicyRow): PublishedPolicy {
  return { ...parsePolicy(row.document), version: row.policy_version, effectiveDay: day(row.effective_day) };
}

function parseClass(value: unknown, at: string): ClassPolicy {
  const { rules, whileNoneGiven, cap } = record(value, at);
  return {
    rules: parseRules(rules, at),
    ...(whileNoneGiven !== undefined && { whileNoneGiven: parseRules(whileNoneGiven, at) }),
    ...(cap !== undefined && { cap: whole(cap, at) }),
  };
}

function parseRules(value: unknown, at: string): readonly Rule[] {
  if (!Array.isArray(value) || value.length === 0) throw new PolicyInvalid(`${at}: no rules`);
  const rules = value.map((one: unknown) => {
    const { trigger, days } = record(one, at);
    if (!(TRIGGERS as readonly unknown[]).includes(trigger)) throw new PolicyInvalid(`${at}: unknown trigger`);
    return { trigger: trigger as Trigger, days: whole(days, at) };
  });
  const has = (trigger: Trigger) => rules.some((rule) => rule.trigger === trigger);
  // "Untouched" stops counting at done or prepared: one of them has to take over, or nothing would be left but the season end.
  if (has('untouched') && !has('done') && !has('prepared')) throw new PolicyInvalid(`${at}: untouched and nothing after it`);
  return rules;
}

function record(value: unknown, at: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new PolicyInvalid(at);
  return value as Record<string, unknown>;
}

function whole(value: unknown, at: string): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > LONGEST) throw new PolicyInvalid(`${at}: not a whole number`);
  return value as number;
}
