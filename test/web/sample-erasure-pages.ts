import type { ListedApproval } from '../../src/access/approvals/list-approvals.js';
import type { Erasure } from '../../src/intake/erasure/find-erasure.js';
import { day } from '../../src/platform/clock.js';
import { approvalPage } from '../../src/web/pages/approval-page.js';
import { destroyedPage } from '../../src/web/pages/destroyed-page.js';
import { erasurePage } from '../../src/web/pages/erasure-page.js';
import { erasureReceiptPage } from '../../src/web/pages/erasure-receipt-page.js';
import type { Shell } from '../../src/web/shell/shell.js';
import { REASON_WORDS } from '../../src/web/words/approval-words.js';
import { LONG_MEMBER, LONG_SITE } from './long-names.js';
import { INTAKE, LIVES, LONG_NAMED, PREPARER } from './sample-intake.js';
import { sample } from './sample.js';

const NUMBER = '0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa';
const shell = { ...PREPARER, path: INTAKE.path };
const ADMINISTRATOR: Shell = { ...PREPARER, path: '/approvals', member: { name: LONG_MEMBER, role: 'administrator', siteName: LONG_SITE, organisationWide: false } };
const ASKING = { number: NUMBER, taxYear: 2026, lives: LIVES, action: `${INTAKE.path}/erasure`, reason: '', problems: [] } as const;
const ERASURE: Erasure = {
  intakeId: NUMBER,
  taxYear: 2026,
  askedDay: day('2027-03-02'),
  day: day('2027-03-03'),
  approvalId: '6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1',
  state: 'waiting',
};
const APPROVAL: ListedApproval = {
  id: 'a7',
  kind: 'intake.erasure',
  organisationWide: false,
  about: { intake: NUMBER, taxYear: 2026 },
  reason: 'The client asked for it at the desk and signed the form.',
  state: 'open',
  requestedBy: { id: 'm1', name: LONG_MEMBER },
  requestedAt: new Date('2027-03-02T17:00:00Z'),
  expiresAt: new Date('2027-03-16T17:00:00Z'),
  may: ['approve', 'decline'],
};

export const ERASURE_SAMPLES = [
  sample('erasure', shell, erasurePage, { ...ASKING, intake: LONG_NAMED, back: INTAKE.path }),
  sample('erasure refused', { ...shell, typed: { action: ASKING.action, problems: 'R1.x' } }, erasurePage, {
    ...{ ...ASKING, intake: INTAKE, back: INTAKE.path },
    ...{ reason: 'too short', problems: [{ path: 'reason', reason: REASON_WORDS['too short'] }] },
  }),
  sample('erasure of what is kept', shell, erasurePage, { ...ASKING, intake: INTAKE, back: INTAKE.path, closed: { by: 'hold' } }),
  sample('erasure asked for', ADMINISTRATOR, erasurePage, { ...ASKING, closed: { by: 'request', see: '/approvals/a7' } }),
  sample('erasure declined before', shell, erasurePage, { ...ASKING, intake: INTAKE, back: INTAKE.path, ended: { state: 'declined', see: '/approvals/a7' } }),
  sample('erasure-receipt', shell, erasureReceiptPage, { erasure: ERASURE }),
  sample('erasure-receipt destroyed', shell, erasureReceiptPage, {
    erasure: { ...ERASURE, state: 'destroyed', runId: '7a1c57aa-0f6c-4dd8-8d6b-1c86fb37c0d2', destroyedDay: day('2027-03-04') },
  }),
  sample('erasure-receipt of what is kept', shell, erasureReceiptPage, { erasure: { ...ERASURE, state: 'held' } }),
  sample('destroyed early', shell, destroyedPage, { destroyed: {}, all: day('2027-03-04'), receipt: `${INTAKE.path}/erasure/receipt` }),
  sample('approval of an erasure', ADMINISTRATOR, approvalPage, { approval: APPROVAL, action: '/approvals/a7' }),
  sample('approval of an erasure, given', ADMINISTRATOR, approvalPage, {
    approval: { ...APPROVAL, state: 'approved', may: [], decidedBy: { id: 'm2', name: LONG_MEMBER }, decidedAt: new Date('2027-03-03T17:00:00Z') },
    action: '/approvals/a7',
  }),
];
