import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/access/signed-in.js';
import type { Rule } from './expected.js';

const EVERYONE: readonly Role[] = ['preparer', 'administrator', 'auditor'];
const PREPARERS = { who: ['preparer'] } as const;
const ADMINISTRATORS = { who: ['administrator'] } as const;
const AUDITORS = { who: ['auditor'] } as const;
/** A decided request: to preparers there is none, everybody else comes too late. */
const APPROVAL = { id: 'approval', ofSite: true, but: { preparer: 404, 'waiting preparer': 404, 'preparer elsewhere': 404 } } as const;
const STALE = 999;
const ERASURE = 'The client asked for it at the desk.';
const RELEASE = 'Counsel wrote that the matter is over.';
const OTHER_WORDS = 'these are not the six words';

let invited = 0;
let opened = 0;

/** Who may do what over the JSON API. */
export const API_RULES: Readonly<Record<string, Rule>> = {
  'POST /api/set-up': { who: 'anyone', answer: 422, body: () => ({}) },
  'POST /api/sign-in': { who: 'anyone', answer: 422, body: () => ({}) },
  'POST /api/join': { who: 'anyone', answer: 422, body: () => ({}) },
  'GET /healthz': { who: 'anyone', answer: 200 },
  'GET /readyz': { who: 'anyone', answer: 200 },
  'GET /api/audit/vkey': { who: 'anyone', answer: 200 },
  'GET /api/audit/vkeys': { who: 'anyone', answer: 200 },

  'POST /api/sign-out': { who: EVERYONE, answer: 204, ends: true },
  'POST /api/password': { who: EVERYONE, answer: 422, body: () => ({ current: 'whatever it is', next: 'short' }) },

  'GET /api/site': { who: EVERYONE, answer: 200 },
  'PATCH /api/site': { ...ADMINISTRATORS, answer: 200, body: () => ({ collectNotes: true }) },
  'GET /api/sites': { who: ['administrator', 'auditor'], ofOrganisation: true, answer: 200 },
  'POST /api/sites': { ...ADMINISTRATORS, ofOrganisation: true, answer: 201, body: () => ({ name: `Site ${++opened}`, timeZone: 'UTC' }) },
  'POST /api/session/site': {
    ...{ who: ['administrator', 'auditor'], ofOrganisation: true, answer: 200 },
    body: ({ member }) => ({ siteId: member?.siteId ?? '' }),
  },

  'GET /api/members': { who: EVERYONE, answer: 200 },
  'POST /api/invitations': {
    ...{ ...ADMINISTRATORS, answer: 201 },
    body: () => ({ name: 'Somebody New', email: `new${++invited}@example.org`, role: 'preparer' }),
  },
  'POST /api/invitations/:id/withdraw': { ...ADMINISTRATORS, ofSite: true, id: 'joined', answer: 409 },
  'POST /api/members/:id/admit': { ...PREPARERS, needsKey: true, ofSite: true, id: 'waiting', answer: 422, body: () => ({ words: OTHER_WORDS }) },
  'POST /api/members/:id/disable': { ...ADMINISTRATORS, ofSite: true, id: 'disabled', answer: 409 },

  'GET /api/approvals': { who: EVERYONE, answer: 200 },
  'GET /api/approvals/:id': { who: EVERYONE, ...APPROVAL, answer: 200 },
  'POST /api/approvals/:id/approve': { ...ADMINISTRATORS, ofSite: true, id: 'approval', answer: 409 },
  'POST /api/approvals/:id/decline': { ...ADMINISTRATORS, ofSite: true, id: 'approval', answer: 409 },
  'POST /api/approvals/:id/withdraw': { who: EVERYONE, ...APPROVAL, answer: 409 },
  'GET /api/notices': { who: EVERYONE, answer: 200 },

  'POST /api/intakes': { ...PREPARERS, needsKey: true, answer: 201, body: () => ({ taxYear: 2026 }) },
  'GET /api/intakes': { who: ['preparer', 'administrator'], needsKey: true, answer: 200 },
  'GET /api/preparer-list': { ...PREPARERS, answer: 200 },
  'GET /api/preparer-list/:year': { ...PREPARERS, needsKey: true, answer: 200 },
  'GET /api/kept-consents': { ...PREPARERS, answer: 200 },
  'GET /api/kept-consents/:year': { ...PREPARERS, needsKey: true, answer: 200 },
  'POST /api/intakes/search': { ...PREPARERS, needsKey: true, answer: 200, body: () => ({ phone: '2025550199' }) },
  'GET /api/intakes/:id': { ...PREPARERS, needsKey: true, ofSite: true, id: 'intake', answer: 200 },
  'PATCH /api/intakes/:id': { ...PREPARERS, needsKey: true, ofSite: true, id: 'intake', answer: 409, body: () => ({ version: STALE, answers: {} }) },
  'POST /api/intakes/:id/stage': { ...PREPARERS, needsKey: true, ofSite: true, id: 'intake', answer: 409, body: () => ({ version: STALE, stage: 'prepared' }) },
  'POST /api/intakes/:id/erasure': { who: ['preparer', 'administrator'], needsKey: true, ofSite: true, id: 'erased', answer: 410, body: () => ({ reason: ERASURE }) },
  'GET /api/intakes/:id/erasure': { who: EVERYONE, ofSite: true, id: 'erased', answer: 200 },

  'GET /api/retention/policy': { who: EVERYONE, answer: 200 },
  'GET /api/retention/runs': { who: EVERYONE, answer: 200 },
  'GET /api/retention/runs/:id': { who: EVERYONE, id: 'run', answer: 200 },
  'GET /api/retention/certificates/:id': { who: EVERYONE, id: 'run', answer: 200 },
  'POST /api/retention/policy/proposals': { ...ADMINISTRATORS, ofOrganisation: true, answer: 422, body: () => ({ document: {}, effectiveDay: '2027-01-01', reason: ERASURE }) },
  'POST /api/retention/preview': { who: ['administrator', 'auditor'], answer: 200 },
  'GET /api/retention/warnings': { who: ['administrator', 'auditor'], answer: 200 },
  'POST /api/retention/runs': { ...ADMINISTRATORS, answer: [202, 409] },

  'GET /api/holds': { who: ['administrator', 'auditor'], answer: 200 },
  // What comes of it is nothing: intakes with numbers of nobody's.
  'POST /api/holds': { ...ADMINISTRATORS, answer: 201, body: () => ({ matter: '2027-CV-0142', scope: { intakes: [randomUUID()] } }) },
  'POST /api/holds/:id/release': { ...ADMINISTRATORS, id: 'hold', answer: 409, body: () => ({ reason: RELEASE }), but: { 'administrator elsewhere': 404 } },

  'GET /api/restored': { who: ['administrator', 'auditor'], answer: 200 },
  'POST /api/restored/ask': { ...ADMINISTRATORS, ofOrganisation: true, answer: 409, body: () => ({ reason: 'The disk died last night.' }) },
  'POST /api/restored/release': { ...ADMINISTRATORS, ofOrganisation: true, answer: 409 },
  'POST /api/restored/decline': { ...ADMINISTRATORS, ofOrganisation: true, answer: 409 },
  'POST /api/restored/withdraw': { ...ADMINISTRATORS, ofOrganisation: true, answer: 409 },

  'GET /api/audit/events': { ...AUDITORS, answer: 200 },
  'GET /api/audit/export.csv': { ...AUDITORS, answer: 200 },
  'GET /api/audit/export.ocsf': { ...AUDITORS, answer: 200 },
  'GET /api/audit/checkpoint': { ...AUDITORS, answer: 200 },
  'GET /api/audit/witnesses': { ...AUDITORS, answer: 200 },
  'GET /api/audit/verification': { ...AUDITORS, answer: 200 },
  'GET /api/audit/findings': { ...AUDITORS, answer: 200 },
  'GET /api/audit/reviews': { ...AUDITORS, answer: 200, query: '?finding=many-intakes.1' },
  'POST /api/audit/reviews': { ...AUDITORS, answer: 404, body: () => ({ finding: 'many-intakes.1', outcome: 'fine', note: 'Nothing unusual about it.' }) },
  'GET /api/audit/proof/inclusion': { ...AUDITORS, answer: 422 },
  'GET /api/audit/proof/consistency': { ...AUDITORS, answer: 422 },
  'GET /api/audit/proof/tlog': { ...AUDITORS, answer: 422 },
  'GET /api/audit/tile/:level/*': { ...AUDITORS, answer: 422 },
  'GET /api/audit/tile/entries/*': { ...AUDITORS, ofOrganisation: true, answer: 422 },
};
