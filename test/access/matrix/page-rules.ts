import { randomUUID } from 'node:crypto';
import type { Role } from '../../../src/access/signed-in.js';
import type { Rule } from './expected.js';

const EVERYONE: readonly Role[] = ['preparer', 'administrator', 'auditor'];
const PREPARERS = { who: ['preparer'] } as const;
const ADMINISTRATORS = { who: ['administrator'] } as const;
const AUDITORS = { who: ['auditor'] } as const;
const OF_ORGANISATION = { who: ['administrator', 'auditor'], ofOrganisation: true } as const;
const OF_INTAKE = { ...PREPARERS, needsKey: true, ofSite: true, id: 'intake' } as const;
const ASKERS = { who: ['preparer', 'administrator'], needsKey: true, ofSite: true } as const;
const TO_PREPARERS = { preparer: 404, 'waiting preparer': 404, 'preparer elsewhere': 404 };
/** Of an intake with a number of nobody's: nothing comes of it. */
const HOLD = { matter: '2027-CV-0142', what: 'named', intakes: '0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa' };
const STALE = { version: '999' };
const MEMBERS = [
  ...['preparer', 'waiting preparer', 'administrator', 'auditor', 'preparer elsewhere', 'administrator elsewhere', 'auditor elsewhere'],
  ...['organisation’s administrator', 'organisation’s auditor'],
  ...['organisation’s administrator, elsewhere', 'organisation’s auditor, elsewhere'],
];

let invited = 0;
let opened = 0;

/** Who may open which page, and send which form. */
export const PAGE_RULES: Readonly<Record<string, Rule>> = {
  'GET /set-up': { who: 'anyone', answer: 404 },
  'POST /set-up': { who: 'anyone', answer: 404 },
  'GET /join': { who: 'anyone', answer: 404 },
  'POST /join': { who: 'anyone', answer: 404 },
  'GET /sign-in': { who: 'anyone', answer: 200, but: Object.fromEntries(MEMBERS.map((name) => [name, 303])) },
  'POST /sign-in': { who: 'anyone', answer: 400, body: () => 'email=a&email=b' },
  'POST /language': { who: 'anyone', answer: 303, body: () => ({ language: 'en', returnTo: '/policy' }) },
  'GET /policy': { who: 'anyone', answer: 200 },
  'GET /what-we-hold': { who: 'anyone', answer: 200 },

  'GET /policy/propose': { ...ADMINISTRATORS, ofOrganisation: true, answer: 200 },
  'POST /policy/propose': { ...ADMINISTRATORS, ofOrganisation: true, answer: 422, body: () => ({ after: '1' }) },
  'POST /policy/proposals': { ...ADMINISTRATORS, ofOrganisation: true, answer: 422, body: () => ({ after: '1' }) },

  'GET /': { who: EVERYONE, answer: 303 },
  'POST /sign-out': { who: EVERYONE, answer: 303, ends: true },
  'GET /password': { who: EVERYONE, answer: 200 },
  'POST /password': { who: EVERYONE, answer: 422, body: () => ({ current: 'whatever it is', password: 'short', passwordAgain: 'short' }) },

  'GET /sites': { ...OF_ORGANISATION, answer: 200 },
  'POST /sites': { ...ADMINISTRATORS, ofOrganisation: true, answer: 303, body: () => ({ name: `Hall ${++opened}`, timeZone: 'UTC' }) },
  'POST /sites/work': { ...OF_ORGANISATION, answer: 303, body: ({ member }) => ({ siteId: member?.siteId ?? '' }) },
  'GET /settings': { ...ADMINISTRATORS, answer: 200 },
  'POST /settings': { ...ADMINISTRATORS, answer: 422, body: () => ({ name: '' }) },

  'GET /members': { who: EVERYONE, answer: 200 },
  'POST /members/invitations': {
    ...{ ...ADMINISTRATORS, answer: 200 },
    body: () => ({ name: 'Somebody New', email: `fresh${++invited}@example.org`, role: 'preparer' }),
  },
  'GET /members/invitations/:id/withdraw': { ...ADMINISTRATORS, ofSite: true, id: 'invited', answer: 200 },
  // One that is not there has been taken back, as far as anybody can tell: so says the list of members.
  'POST /members/invitations/:id/withdraw': {
    ...{ ...ADMINISTRATORS, ofSite: true, id: 'joined', answer: 409 },
    but: { 'administrator elsewhere': 303, 'organisation’s administrator, elsewhere': 303 },
  },
  'GET /members/:id/admit': { ...PREPARERS, ofSite: true, id: 'waiting', answer: 200 },
  'POST /members/:id/admit': {
    ...{ ...PREPARERS, needsKey: true, ofSite: true, id: 'waiting', answer: 422 },
    body: () => ({ compared: 'same', words: 'these are not the six words' }),
  },
  'GET /members/:id/disable': { ...ADMINISTRATORS, ofSite: true, id: 'waiting', answer: 200 },
  'POST /members/:id/disable': { ...ADMINISTRATORS, ofSite: true, id: 'disabled', answer: 303 },
  'GET /six-words': { who: EVERYONE, answer: 303, but: { 'waiting preparer': 200 } },

  'GET /approvals': { who: EVERYONE, answer: 200 },
  'GET /approvals/:id': { who: EVERYONE, ofSite: true, id: 'approval', answer: 200, but: TO_PREPARERS },
  'POST /approvals/:id': { who: EVERYONE, ofSite: true, id: 'approval', answer: 409, but: TO_PREPARERS, body: () => ({ step: 'decline' }) },

  'GET /intakes': { ...PREPARERS, needsKey: true, answer: 200 },
  'GET /preparer-list': { ...PREPARERS, answer: 200 },
  'GET /preparer-list/:year': { ...PREPARERS, needsKey: true, answer: 200 },
  'GET /kept-consents': { ...PREPARERS, answer: 200 },
  'GET /kept-consents/:year': { ...PREPARERS, needsKey: true, answer: 200 },
  'GET /intakes/new': { ...PREPARERS, needsKey: true, answer: 200 },
  'POST /intakes': { ...PREPARERS, needsKey: true, answer: 303, body: () => ({ taxYear: '2026', form: randomUUID() }) },
  'POST /intakes/search': { ...PREPARERS, needsKey: true, answer: 200, body: () => ({ phone: '2025550199' }) },
  'GET /intakes/:id': { ...PREPARERS, ofSite: true, id: 'intake', answer: 303 },
  'GET /intakes/:id/review': { ...OF_INTAKE, answer: 200 },
  'GET /intakes/:id/stage': { ...OF_INTAKE, answer: 200 },
  'POST /intakes/:id/stage': { ...OF_INTAKE, answer: 409, body: () => ({ ...STALE, stage: 'prepared' }) },
  'GET /intakes/:id/stage/:end': { ...OF_INTAKE, answer: 200 },
  'POST /intakes/:id/stage/:end': { ...OF_INTAKE, answer: 409, body: () => STALE },
  'GET /intakes/:id/erasure': { ...ASKERS, id: 'intake', answer: 200 },
  'POST /intakes/:id/erasure': { ...ASKERS, id: 'erased', answer: 410, body: () => ({ reason: 'The client asked for it at the desk.' }) },
  'GET /intakes/:id/erasure/receipt': { who: EVERYONE, ofSite: true, id: 'erased', answer: 200 },
  'GET /intakes/:id/:topic': { ...OF_INTAKE, answer: 200 },
  'POST /intakes/:id/:topic': { ...OF_INTAKE, answer: 409, body: () => ({ ...STALE, 'contact.phone': '2025550100' }) },

  'GET /runs': { who: EVERYONE, answer: 200 },
  'POST /runs': { ...ADMINISTRATORS, answer: 303 },
  'GET /runs/:id': { who: EVERYONE, id: 'run', answer: 200 },
  'GET /runs/:id/certificate': { who: EVERYONE, id: 'run', answer: 200 },
  'GET /runs/:id/certificate.txt': { who: EVERYONE, id: 'run', answer: 200 },
  'GET /retention/preview': { who: ['administrator', 'auditor'], answer: 200 },
  'GET /retention/preview/plot.svg': { who: ['administrator', 'auditor'], answer: 200 },
  'GET /holds': { who: ['administrator', 'auditor'], answer: 200 },
  'GET /holds/new': { ...ADMINISTRATORS, answer: 200 },
  'POST /holds/new': { ...ADMINISTRATORS, answer: 200, body: () => HOLD },
  'POST /holds': { ...ADMINISTRATORS, answer: 303, body: () => HOLD },
  'GET /holds/:id': {
    ...{ who: ['administrator', 'auditor'], id: 'hold', answer: 200 },
    but: { 'administrator elsewhere': 404, 'auditor elsewhere': 404 },
  },
  'POST /holds/:id/release': {
    ...{ ...ADMINISTRATORS, id: 'hold', answer: 409, body: () => ({ reason: 'Counsel wrote that the matter is over.' }) },
    but: { 'administrator elsewhere': 404 },
  },
  'GET /restored': { who: ['administrator', 'auditor'], answer: 200 },
  'POST /restored': { ...ADMINISTRATORS, ofOrganisation: true, answer: 409, body: () => ({ step: 'decline' }) },
  'POST /restored/ask': { ...ADMINISTRATORS, ofOrganisation: true, answer: 409, body: () => ({ reason: 'The disk died last night.' }) },
  'GET /entries': { ...AUDITORS, answer: 200 },
  'GET /entries/over-time': { ...AUDITORS, answer: 200 },
  'GET /entries/over-time/plot.svg': { ...AUDITORS, answer: 200 },
  'GET /entries/:id': { ...AUDITORS, answer: 404 },
  'POST /entries/:id': { ...AUDITORS, answer: 404, body: () => ({ outcome: 'fine', note: 'Nothing unusual about it.' }) },
  'GET /findings': { ...AUDITORS, answer: 200 },
  'GET /findings/:key': { ...AUDITORS, answer: 404 },
  'POST /findings/:key': { ...AUDITORS, answer: 404, body: () => ({ outcome: 'fine', note: 'Nothing unusual about it.' }) },
  'GET /verification': { ...AUDITORS, answer: 200 },
  'POST /verification': { ...AUDITORS, answer: 200, body: () => ({ checkpoint: 'no checkpoint' }) },
};
