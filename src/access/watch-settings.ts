import type { WatchRules } from '../audit/findings/finding.js';
import { checkAll } from '../platform/check-all.js';
import { Refusal } from '../platform/refusal.js';
import type { SiteSetting } from './site.js';

export type WatchSetting = Exclude<keyof WatchRules, 'timeZone'>;

/** From and to, both taken. Hours are minutes since midnight. */
export const WATCH_LIMITS: Readonly<Record<WatchSetting, readonly [number, number]>> = {
  opensAt: [0, 1440],
  closesAt: [0, 1440],
  openDays: [0, 127],
  manyIntakes: [1, 10_000],
  readsWithoutChange: [1, 10_000],
  failedSignIns: [1, 10_000],
  refusedAttempts: [1, 10_000],
};

/** Those of a site at which nobody has changed them: the table's own, which no entry says. */
export const WATCH_DEFAULTS: Readonly<Record<WatchSetting, number>> = {
  opensAt: 420,
  closesAt: 1260,
  openDays: 127,
  manyIntakes: 20,
  readsWithoutChange: 10,
  failedSignIns: 5,
  refusedAttempts: 3,
};

export const WATCH_SETTINGS = Object.keys(WATCH_LIMITS) as readonly WatchSetting[];

/** @throws Refusal INVALID_INPUT naming every setting that cannot be so */
export function checkWatch(after: WatchRules, changed: readonly SiteSetting[]): void {
  const settings = WATCH_SETTINGS.filter((one) => changed.includes(one));
  checkAll([...settings.map((setting) => () => checkNumber(setting, after[setting])), () => checkHours(after, changed)]);
}

function checkNumber(setting: WatchSetting, value: number): void {
  const [least, most] = WATCH_LIMITS[setting];
  if (!Number.isInteger(value) || value < least || value > most) throw invalid(setting, `A whole number from ${least} to ${most}.`);
}

function checkHours({ opensAt, closesAt }: WatchRules, changed: readonly SiteSetting[]): void {
  const hours = changed.includes('closesAt') ? 'closesAt' : 'opensAt';
  if (changed.includes(hours) && opensAt >= closesAt) throw invalid(hours, 'A site opens before it closes, on the same day.');
}

/** For the log: an administrator who makes what is unusual usual is seen to. */
export function numbersSet(after: WatchRules, changed: readonly SiteSetting[]): { readonly counts?: Readonly<Record<string, number>> } {
  const set = WATCH_SETTINGS.filter((setting) => changed.includes(setting));
  return set.length > 0 ? { counts: Object.fromEntries(set.map((setting) => [setting, after[setting]])) } : {};
}

function invalid(setting: WatchSetting, message: string): Refusal {
  return new Refusal('INVALID_INPUT', message, { fields: [setting] });
}
