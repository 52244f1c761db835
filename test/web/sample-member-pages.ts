import { admitPage } from '../../src/web/pages/admit-page.js';
import { disableMemberPage } from '../../src/web/pages/disable-member-page.js';
import { invitationPage } from '../../src/web/pages/invitation-page.js';
import { joinPage } from '../../src/web/pages/join-page.js';
import { keptFormPage } from '../../src/web/pages/kept-form-page.js';
import { membersPage } from '../../src/web/pages/members-page.js';
import { passwordPage } from '../../src/web/pages/password-page.js';
import { setUpDonePage } from '../../src/web/pages/set-up-done-page.js';
import { setUpPage } from '../../src/web/pages/set-up-page.js';
import { signInPage } from '../../src/web/pages/sign-in-page.js';
import { sixWordsPage } from '../../src/web/pages/six-words-page.js';
import { withdrawInvitationPage } from '../../src/web/pages/withdraw-invitation-page.js';
import { LONG_EMAIL, LONG_MEMBER, LONG_SITE } from './long-names.js';
import { NOBODY, PREPARER } from './sample-intake.js';
import { sample } from './sample.js';

const SIX = ['ribbon', 'casino', 'umbrella', 'forest', 'lantern', 'oyster'];
const TOO_SHORT = { en: 'Use at least 15 characters.', es: 'Use al menos 15 caracteres.' };
const ZONES = ['America/New_York', 'America/Chicago', 'America/Puerto_Rico'];

export const MEMBER_SAMPLES = [
  sample('sign-in', NOBODY, signInPage, { timedOut: true }),
  sample('sign-in refused', NOBODY, signInPage, { email: 'rosa@example.org', refusal: 'failed' }),
  sample('sign-in with a code', NOBODY, signInPage, { email: 'rosa@example.org', refusal: 'codeRequired' }),
  sample('set-up', NOBODY, setUpPage, {
    action: '/set-up/one-time',
    organisation: 'Harbor Volunteers',
    siteName: 'Elm Street Library',
    timeZone: 'America/New_York',
    timeZones: ZONES,
    name: 'Ana Duarte',
    email: 'ana@example.org',
    secondName: 'Tomas Lindgren',
    secondEmail: 'tomas@example.org',
    problems: [{ path: 'password', reason: TOO_SHORT }],
  }),
  sample('set-up-done', NOBODY, setUpDonePage, {
    email: LONG_EMAIL,
    link: 'http://localhost:3000/join/s3Yd-long-and-random-text-that-has-no-spaces-0123456789',
    expiresAt: new Date('2027-02-22T17:00:00Z'),
    timeZone: 'America/Chicago',
  }),
  sample('join', NOBODY, joinPage, {
    action: '/join/one-time',
    place: LONG_SITE,
    role: 'preparer',
    email: LONG_EMAIL,
    name: LONG_MEMBER,
    problems: [],
  }),
  sample('join too early', NOBODY, joinPage, {
    action: '/join/one-time',
    place: 'Elm Street Library',
    role: 'administrator',
    email: 'nia@example.org',
    name: 'Nia Brooks',
    problems: [],
    opens: { at: new Date('2027-02-08T17:00:00Z'), timeZone: 'America/New_York' },
  }),
  sample('kept-form', PREPARER, keptFormPage, { kept: { action: '/intakes/4/you', member: '4', fields: { version: '1', 'taxpayer.firstName': 'Rosa' } } }),
  sample('password', PREPARER, passwordPage, { problems: [{ path: 'current', reason: TOO_SHORT }] }),
  sample('six-words', PREPARER, sixWordsPage, { words: SIX, holders: ['Rosa Whitfield', LONG_MEMBER] }),
  sample('members', PREPARER, membersPage, {
    members: [
      { name: 'Rosa Whitfield', email: 'rosa@example.org', role: 'preparer', organisationWide: false, state: 'holdsKey' },
      { name: 'Ngozi Adéyẹmí', email: 'ngozi.with.a.long.address@mail.example.org', role: 'preparer', organisationWide: false, state: 'holdsKey', admittedBy: 'Rosa Whitfield' },
      { name: 'Li Wei', email: 'li@example.org', role: 'preparer', organisationWide: false, state: 'waiting', admit: '/members/4/admit', disable: '/members/4/disable' },
      { name: 'Ana Duarte', email: 'ana@example.org', role: 'administrator', organisationWide: true, state: 'active', approvedBy: 'Dolores Vega' },
      { name: 'Nia Brooks', email: 'nia@example.org', role: 'administrator', organisationWide: false, state: 'active', joinedAfterNotice: true },
      { name: LONG_MEMBER, email: LONG_EMAIL, role: 'preparer', organisationWide: false, state: 'holdsKey', admittedBy: LONG_MEMBER, disable: '/members/7/disable' },
      { name: LONG_MEMBER, email: 'tomas@example.org', role: 'administrator', organisationWide: true, state: 'active', approvedBy: LONG_MEMBER },
      { name: 'Sam Ortiz', email: 'sam@example.org', role: 'auditor', organisationWide: false, state: 'disabled' },
      { name: LONG_MEMBER, email: 'nia.cole@example.org', role: 'preparer', organisationWide: false, state: 'invited', withdraw: '/members/invitations/9/withdraw' },
    ],
    invitation: { name: 'New', email: 'new@', role: 'preparer', organisationWide: true, reason: '', problems: [{ path: 'email', reason: { en: 'Enter a whole address.', es: 'Escriba la dirección completa.' } }, { path: 'organisationWide', reason: { en: 'One site.', es: 'Un centro.' } }] },
  }),
  sample('members nobody waits', PREPARER, membersPage, {
    hasOneHolder: true,
    members: [
      { name: 'Rosa Whitfield', email: 'rosa@example.org', role: 'preparer', organisationWide: false, state: 'holdsKey' },
      { name: 'Ana Duarte', email: 'ana@example.org', role: 'administrator', organisationWide: true, state: 'active' },
    ],
  }),
  sample('invitation', PREPARER, invitationPage, {
    email: LONG_EMAIL,
    link: 'http://localhost:3000/join/s3Yd-long-and-random-text-that-has-no-spaces-0123456789',
    expiresAt: new Date('2027-02-03T17:00:00Z'),
    opensAt: new Date('2027-02-10T17:00:00Z'),
  }),
  sample('admit', PREPARER, admitPage, { action: '/members/4/admit', name: LONG_MEMBER, words: SIX, problems: [] }),
  sample('disable-member', PREPARER, disableMemberPage, { action: '/members/4/disable', name: LONG_MEMBER, isLastHolder: true }),
  sample('withdraw-invitation', PREPARER, withdrawInvitationPage, { action: '/members/invitations/9/withdraw', name: LONG_MEMBER, email: LONG_EMAIL, hasRequest: true, isFromSetUp: true }),
  sample('withdraw-invitation of a preparer', PREPARER, withdrawInvitationPage, { action: '/members/invitations/9/withdraw', name: 'Nia Cole', email: 'nia@example.org', hasRequest: false, isFromSetUp: false }),
];
