import type { ListedApproval } from '../../src/access/approvals/list-approvals.js';
import { approvalPage } from '../../src/web/pages/approval-page.js';
import { approvalsPage } from '../../src/web/pages/approvals-page.js';
import type { Shell } from '../../src/web/shell/shell.js';
import { LONG_EMAIL, LONG_MEMBER, LONG_SITE } from './long-names.js';
import { PREPARER } from './sample-intake.js';
import { sample } from './sample.js';

const ASKED = new Date('2027-02-01T17:00:00Z');
const COMING = { approvalId: 'a1', name: 'Nia Brooks', invitedBy: 'Ana Duarte', organisationWide: false, opensAt: new Date('2027-02-08T17:00:00Z') };
const ADMINISTRATOR: Shell = {
  ...PREPARER,
  path: '/approvals',
  member: { name: LONG_MEMBER, role: 'administrator', siteName: LONG_SITE, organisationWide: true },
  pending: { administrators: [COMING, { ...COMING, approvalId: 'a2', name: LONG_MEMBER, invitedBy: LONG_MEMBER, organisationWide: true }], toApprove: 2 },
};
const OPEN: ListedApproval = {
  id: 'a1',
  kind: 'administrator.invited',
  organisationWide: false,
  about: { name: LONG_MEMBER, email: LONG_EMAIL },
  reason: 'Ana is away for two weeks in March, and somebody has to start the runs and invite preparers meanwhile.',
  state: 'open',
  requestedBy: { id: 'm1', name: LONG_MEMBER },
  requestedAt: ASKED,
  expiresAt: new Date('2027-02-22T17:00:00Z'),
  may: ['approve', 'decline'],
};

export const APPROVAL_SAMPLES = [
  sample('approvals', ADMINISTRATOR, approvalsPage, {
    approvals: [
      { path: '/approvals/a1', kind: 'administrator.invited', name: LONG_MEMBER, askedBy: LONG_MEMBER, askedAt: ASKED, state: 'open' },
      { path: '/approvals/a0', kind: 'administrator.invited', askedBy: 'Ana Duarte', askedAt: ASKED, state: 'declined' },
    ],
  }),
  sample('approvals restored', ADMINISTRATOR, approvalsPage, { approvals: [], restored: 'asked' }),
  sample('approvals none', ADMINISTRATOR, approvalsPage, { approvals: [] }),
  sample('approval', ADMINISTRATOR, approvalPage, { approval: OPEN, action: '/approvals/a1' }),
  sample('approval of a host', ADMINISTRATOR, approvalPage, { approval: { ...OPEN, may: ['decline'] }, action: '/approvals/a1' }),
  sample('approval of oneself', ADMINISTRATOR, approvalPage, { approval: { ...OPEN, organisationWide: true, may: ['withdraw'] }, action: '/approvals/a1' }),
  sample('approval decided', ADMINISTRATOR, approvalPage, {
    approval: { ...OPEN, about: {}, state: 'declined', may: [], decidedBy: { id: 'm2', name: LONG_MEMBER }, decidedAt: new Date('2027-02-02T17:00:00Z') },
    action: '/approvals/a1',
  }),
];
