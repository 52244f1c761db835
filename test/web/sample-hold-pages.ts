import { RETENTION_CLASSES } from '../../src/catalogue/retention-class.js';
import { day } from '../../src/platform/clock.js';
import type { HoldInFull } from '../../src/retention/holds/list-holds.js';
import { approvalPage } from '../../src/web/pages/approval-page.js';
import { holdCheckPage } from '../../src/web/pages/hold-check-page.js';
import { holdPage } from '../../src/web/pages/hold-page.js';
import { holdsPage } from '../../src/web/pages/holds-page.js';
import { newHoldPage } from '../../src/web/pages/new-hold-page.js';
import type { Shell } from '../../src/web/shell/shell.js';
import { REASON_WORDS } from '../../src/web/words/approval-words.js';
import { NEW_HOLD_WORDS } from '../../src/web/words/hold-words.js';
import { LONG_MEMBER, LONG_SITE } from './long-names.js';
import { PREPARER } from './sample-intake.js';
import { sample } from './sample.js';

const LONG_MATTER = 'X'.repeat(100);
const [ONE, OTHER] = ['0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa', '1b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0ab'] as const;
const RUN = '7a1c57aa-0f6c-4dd8-8d6b-1c86fb37c0d2';
const ADMINISTRATOR: Shell = { ...PREPARER, path: '/holds', member: { name: LONG_MEMBER, role: 'administrator', siteName: LONG_SITE, organisationWide: true } };
const AUDITOR: Shell = { ...PREPARER, path: '/holds', member: { name: LONG_MEMBER, role: 'auditor', siteName: LONG_SITE, organisationWide: false } };
const PLACED = new Date('2027-03-02T17:00:00Z');
const SCOPE = { site: 's1', classes: ['identity', 'household'], taxYear: 2026, from: day('2027-01-15'), to: day('2027-02-28') } as const;
const COVERS = { identity: 1204, household: 1198 };
const RUNS = [
  { run: RUN, day: day('2027-03-01'), policyVersion: 3, certified: true, classes: { identity: 12, household: 9 } },
  { run: ONE, day: day('2027-02-28'), policyVersion: 3, certified: true, classes: { identity: 1 } },
];
const HOLD: HoldInFull = {
  ...{ id: OTHER, scope: SCOPE, placedAt: PLACED, releasedAt: null, matter: LONG_MATTER, mayRelease: true, covers: COVERS },
  ...{ tooLate: { runs: RUNS, intakes: [], lookedFrom: day('2026-01-25') }, unknown: [] },
};
const { matter: _, ...WITHOUT_MATTER } = HOLD;
const PAGE = { hold: HOLD, state: 'in-force', siteName: LONG_SITE, ofOrganisation: false, reason: '', problems: [] } as const;
const GONE = [
  { intake: ONE, classes: { all: day('2027-03-01') }, runs: { all: RUN } },
  { intake: OTHER, classes: { credentials: day('2027-02-04'), notes: day('2027-02-20') }, runs: { credentials: ONE }, erasedDay: day('2027-02-20') },
];
const GONE_RUNS = [
  { run: RUN, day: day('2027-03-01'), policyVersion: 3, certified: false, classes: { all: 1 } },
  { run: ONE, day: day('2027-02-04'), policyVersion: 2, certified: true, classes: { credentials: 1 } },
];

export const HOLD_SAMPLES = [
  sample('holds', ADMINISTRATOR, holdsPage, {
    mayPlace: true,
    holds: [
      { path: `/holds/${OTHER}`, scope: SCOPE, siteName: LONG_SITE, matter: LONG_MATTER, placedAt: PLACED, state: 'in-force' },
      { path: `/holds/${ONE}`, scope: { intakes: [ONE, OTHER] }, matter: '2027-CV-0142', placedAt: PLACED, state: 'release-asked' },
      { path: `/holds/${RUN}`, scope: {}, placedAt: PLACED, state: 'released' },
    ],
  }),
  sample('holds, none', AUDITOR, holdsPage, { mayPlace: false, holds: [] }),
  sample('new-hold', ADMINISTRATOR, newHoldPage, { sites: [{ id: 's1', name: LONG_SITE }], typed: {}, problems: [] }),
  sample('new-hold refused', { ...ADMINISTRATOR, typed: { action: '/holds/new', problems: 'R1.x' } }, newHoldPage, {
    sites: [{ id: 's1', name: LONG_SITE }],
    typed: { matter: LONG_MATTER, what: 'everything', intakes: 'none', 'class.identity': 'yes', taxYear: '26', from: '2027-02-30', to: '2027-01-01' },
    problems: [
      { path: 'matter', reason: NEW_HOLD_WORDS.badMatter },
      { path: 'site', reason: NEW_HOLD_WORDS.noSuchSite },
      { path: 'what', reason: NEW_HOLD_WORDS.everythingAndMore },
      { path: 'intakes', reason: NEW_HOLD_WORDS.badIntakes },
      { path: 'taxYear', reason: NEW_HOLD_WORDS.badTaxYear },
      { path: 'to', reason: NEW_HOLD_WORDS.badTo },
    ],
  }),
  sample('hold-check', { ...ADMINISTRATOR, typed: { action: '/holds', problems: '' } }, holdCheckPage, {
    ...{ matter: LONG_MATTER, scope: SCOPE, siteName: LONG_SITE, covers: COVERS, unknown: [], typed: { matter: LONG_MATTER, what: 'named', taxYear: '2026' } },
    tooLate: { runs: RUNS, intakes: [] },
  }),
  sample('hold-check of what is gone', ADMINISTRATOR, holdCheckPage, {
    ...{ matter: '2027-CV-0142', scope: { intakes: [ONE, OTHER, RUN] }, covers: {}, unknown: [RUN], typed: { what: 'named' } },
    tooLate: { runs: GONE_RUNS, intakes: GONE },
  }),
  sample('hold', ADMINISTRATOR, holdPage, { ...PAGE, release: `/holds/${OTHER}/release` }),
  sample('hold, too short a reason', { ...ADMINISTRATOR, typed: { action: `/holds/${OTHER}/release`, problems: 'R1.x' } }, holdPage, {
    ...{ ...PAGE, release: `/holds/${OTHER}/release` },
    ...{ reason: 'over', problems: [{ path: 'reason', reason: REASON_WORDS['too short'] }] },
  }),
  sample('hold of which the release waits', ADMINISTRATOR, holdPage, {
    ...PAGE,
    ...{ hold: { ...HOLD, scope: { intakes: [ONE, OTHER, RUN] }, tooLate: { runs: GONE_RUNS, intakes: GONE }, unknown: [RUN] }, state: 'release-asked', asked: { see: '/approvals/a7' } },
  }),
  sample('hold, to an auditor', AUDITOR, holdPage, {
    ...PAGE,
    hold: { ...WITHOUT_MATTER, mayRelease: false, scope: {}, covers: Object.fromEntries(RETENTION_CLASSES.map((name) => [name, 12])), tooLate: { runs: [], intakes: [] } },
  }),
  sample('approval of a release', ADMINISTRATOR, approvalPage, {
    approval: {
      ...{ id: 'a7', kind: 'hold.release', organisationWide: false, about: { hold: OTHER, matter: LONG_MATTER }, reason: 'Counsel wrote that the matter is over.' },
      ...{ state: 'open', requestedBy: { id: 'm1', name: LONG_MEMBER }, requestedAt: PLACED, expiresAt: new Date('2027-03-16T17:00:00Z'), may: ['approve', 'decline'] },
    },
    action: '/approvals/a7',
  }),
  sample('hold released', ADMINISTRATOR, holdPage, {
    ...PAGE,
    ...{ hold: { ...HOLD, releasedAt: new Date('2027-04-02T17:00:00Z'), covers: {}, tooLate: { runs: [], intakes: [] }, mayRelease: false }, state: 'released' },
  }),
];
