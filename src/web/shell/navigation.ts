import type { Role } from '../../access/signed-in.js';
import type { Wording } from '../../catalogue/wording.js';
import { NAVIGATION_WORDS as WORDS } from '../words/shell-words.js';
import type { LocalPath } from './local-path.js';

export interface Destination {
  readonly to: LocalPath;
  readonly label: Wording;
  /** Other places that are found from there. */
  readonly places?: readonly LocalPath[];
}

const INTAKES: Destination = { to: '/intakes', label: WORDS.intakes, places: ['/kept-consents', '/preparer-list'] };
const MEMBERS: Destination = { to: '/members', label: WORDS.members };
const APPROVALS: Destination = { to: '/approvals', label: WORDS.approvals };
const RUNS: Destination = { to: '/runs', label: WORDS.runs };
const HOLDS: Destination = { to: '/holds', label: WORDS.holds };
const ENTRIES: Destination = { to: '/entries', label: WORDS.entries };
const FINDINGS: Destination = { to: '/findings', label: WORDS.findings };
const VERIFICATION: Destination = { to: '/verification', label: WORDS.verification };
const SETTINGS: Destination = { to: '/settings', label: WORDS.settings };
const POLICY: Destination = { to: '/policy', label: WORDS.policy };
const QUESTIONS: Destination = { to: '/what-we-hold', label: WORDS.whatWeHold };

/** Only what the role may open: an administrator has no way to answers, an auditor none to settings. */
export const NAVIGATION: Readonly<Record<Role, readonly Destination[]>> = {
  preparer: [INTAKES, MEMBERS, POLICY, QUESTIONS],
  administrator: [MEMBERS, APPROVALS, RUNS, HOLDS, SETTINGS, POLICY, QUESTIONS],
  auditor: [ENTRIES, FINDINGS, VERIFICATION, MEMBERS, APPROVALS, RUNS, HOLDS, POLICY, QUESTIONS],
};

/** For visitors who are not signed in: clients may read what is held and for how long. */
export const PUBLIC_NAVIGATION: readonly Destination[] = [POLICY, QUESTIONS];

export function isAt(path: LocalPath, { to, places = [] }: Destination): boolean {
  const [place] = path.split('?');
  return [to, ...places].some((one) => place === one || place!.startsWith(`${one}/`));
}
