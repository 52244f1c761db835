import { catalogue } from '../../src/catalogue/catalogue.js';
import { RETENTION_CLASSES, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { day } from '../../src/platform/clock.js';
import { certificatePage } from '../../src/web/pages/certificate-page.js';
import { entriesPage } from '../../src/web/pages/entries-page.js';
import { errorPage } from '../../src/web/pages/error-page.js';
import { otherSitePage } from '../../src/web/pages/other-site-page.js';
import { policyPage, type PolicyPeriod, type PolicyRules } from '../../src/web/pages/policy-page.js';
import { restoredPage } from '../../src/web/pages/restored-page.js';
import { runProgressPage } from '../../src/web/pages/run-progress-page.js';
import { runsPage } from '../../src/web/pages/runs-page.js';
import { settingsPage } from '../../src/web/pages/settings-page.js';
import { sitesPage } from '../../src/web/pages/sites-page.js';
import { whatWeHoldPage } from '../../src/web/pages/what-we-hold-page.js';
import { REASON_WORDS } from '../../src/web/words/approval-words.js';
import { ERROR_WORDS, type ErrorStatus } from '../../src/web/words/error-words.js';
import type { Shell } from '../../src/web/shell/shell.js';
import { contextInWords } from '../../src/web/words/detail-words.js';
import { detailsInWords } from '../../src/web/words/logged-words.js';
import { LONG_MEMBER, LONG_SITE, MANY_WORDS } from './long-names.js';
import { NOBODY } from './sample-intake.js';
import { auditSamples } from './sample-audit-pages.js';
import { sample } from './sample.js';

const ADMINISTRATOR: Shell = {
  language: 'en',
  path: '/runs',
  timeZone: 'America/New_York',
  member: { name: LONG_MEMBER, role: 'administrator', siteName: LONG_SITE, organisationWide: true },
  csrf: 'sample-csrf-value',
  demonstration: false,
  notice: { en: 'Saved.', es: 'Guardado.' },
};
const AUDITOR: Shell = { ...ADMINISTRATOR, path: '/entries', member: { name: LONG_MEMBER, role: 'auditor', siteName: LONG_SITE, organisationWide: false } };
const DONE_OR_LEFT: readonly PolicyPeriod[] = [{ period: 'done', value: 30 }, { period: 'untouched', waitsFor: 'done', value: 30 }];
const ROWS = RETENTION_CLASSES.map((name) => ({
  class: name,
  collected: name !== 'documents',
  periods: periodsOf(name),
  whileNoneGiven: name === 'consents' ? DONE_OR_LEFT : [],
}));
const RULES: PolicyRules = { rows: ROWS, log: { entriesMonths: 24, certificatesYears: 6 } };

function periodsOf(name: RetentionClass): readonly PolicyPeriod[] {
  if (name === 'consents') return [{ period: 'season-end', value: 0 }];
  if (name === 'preparer_list') return [{ period: 'listYears', value: 5 }];
  if (name === 'credentials') return [{ period: 'done', value: 30 }, { period: 'prepared', value: 3 }, { period: 'untouched', waitsFor: 'prepared', value: 3 }, { period: 'accepted', value: 1 }];
  return name === 'notes' ? [...DONE_OR_LEFT, { period: 'cap', value: 60 }] : DONE_OR_LEFT;
}
const NOTE = 'thinfile.example.org/elm\n1204\nxJ8vQ0m1sample0root0hash0of0the0tree0000000=\n\n— thinfile.example.org/elm Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5\n';

export const ADMINISTRATION_SAMPLES = [
  ...auditSamples(AUDITOR, NOTE),
  sample('policy', NOBODY, policyPage, {
    siteName: LONG_SITE,
    version: 3,
    listYears: 5, mayPropose: false,
    since: day('2026-12-01'),
    seasonEnd: day('2027-10-31'),
    rules: RULES,
    otherSites: [{ name: LONG_SITE, to: '/policy?site=6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1' }],
    inPlaceOf: 2,
    history: [
      { version: 1, since: day('2026-01-05'), takenBack: undefined, inPlaceOf: undefined, rules: RULES },
      { version: 2, since: day('2026-06-05'), takenBack: day('2026-05-20'), inPlaceOf: undefined, rules: RULES },
    ],
    changes: ['2027-06-01', '2027-08-01'].map((from, i) => ({ from: day(from), inPlaceOf: i === 0 ? undefined : 4, rules: RULES })),
  }),
  sample('what-we-hold', NOBODY, whatWeHoldPage, {
    siteName: LONG_SITE,
    otherSites: [{ name: LONG_SITE, to: '/what-we-hold?site=6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1' }],
    classes: RETENTION_CLASSES.map((name) => ({
      class: name,
      collected: name !== 'documents',
      fields: catalogue.fields.filter((field) => field.class === name).slice(0, 4),
    })),
  }),
  sample('restored', ADMINISTRATOR, restoredPage, {
    restored: {
      difference: 'log-shorter',
      foundAt: new Date('2027-05-15T14:00:00Z'),
      knownAt: new Date('2027-05-15T09:12:00Z'),
      foundSize: 12_004,
      knownSize: 12_881,
      sweptAt: new Date('2027-05-15T14:20:00Z'),
      may: ['release', 'decline'],
      asked: {
        by: { id: '6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d2', name: 'Ada Administrator' },
        at: new Date('2027-05-15T15:00:00Z'),
        lapsesAt: new Date('2027-05-16T15:00:00Z'),
        reason: 'The disk of the records died on Friday night.',
      },
    },
    ...{ reason: '', problems: [] },
  }),
  sample('restored-to-be-asked', ADMINISTRATOR, restoredPage, {
    restored: {
      difference: 'run-missing',
      foundAt: new Date('2027-05-15T14:00:00Z'),
      knownAt: new Date('2027-05-15T09:12:00Z'),
      foundSize: 12_004,
      knownSize: 12_881,
      sweptAt: new Date('2027-05-15T14:20:00Z'),
      may: ['ask'],
    },
    reason: 'too short',
    problems: [{ path: 'reason', reason: REASON_WORDS['too short'] }],
  }),
  sample('runs', ADMINISTRATOR, runsPage, {
    asOf: day('2027-05-15'),
    due: [{ class: 'identity', due: 1204, held: 2 }, { class: 'credentials', due: 12, held: 0 }],
    mayRun: true,
    mayForesee: true,
    dateInDoubt: true,
    warnings: [
      { kind: 'run-late', severity: 'serious', site: '6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1', lastDay: day('2027-05-12') },
      { kind: 'run-failed', severity: 'serious', run: '6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d2', reason: 'master-unreachable' },
      { kind: 'master-unreachable', severity: 'serious', location: 2 },
      { kind: 'disk-filling', severity: 'warning', place: 'data', freeMegabytes: 4100, totalMegabytes: 64_000 },
      { kind: 'key-store-uncopied', severity: 'warning' },
      { kind: 'records-restored', severity: 'serious' },
      { kind: 'log-hashes-missing', severity: 'serious', entry: 1007 },
      { kind: 'log-unsigned', severity: 'serious', fault: 'LOG_FORKED', minutes: 1007 },
      { kind: 'not-as-written', severity: 'serious', subject: 'sections', found: 2 },
      { kind: 'verification-late', severity: 'warning', subject: 'log', days: 3 },
      { kind: 'not-checked', severity: 'serious', check: 'clock' },
    ],
    problems: [{ path: 'confirmToday', reason: { en: 'That is not the date.', es: 'No es la fecha.' } }],
    runs: [
      { path: '/runs/b', startedAt: new Date('2027-05-14T06:00:00Z'), state: 'finished', keys: 1_204, certificate: '/runs/b/certificate' },
      { path: '/runs/a', startedAt: new Date('2027-05-13T06:00:00Z'), state: 'failed', keys: undefined },
    ],
  }),
  sample('run-progress failed', ADMINISTRATOR, runProgressPage, { state: 'failed', step: 'inputs', done: 0, total: 0, reason: 'inputs-changed' }),
  sample('run-progress', ADMINISTRATOR, runProgressPage, { state: 'running', step: 'master', done: 40, total: 120, again: '/runs/b', watch: '/runs/b?watch=on' }),
  sample('certificate', AUDITOR, certificatePage, {
    id: '6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1',
    day: day('2027-05-14'),
    finishedAt: new Date('2027-05-14T06:00:12Z'),
    policy: { version: 3, since: day('2027-02-01'), digest: '5f'.repeat(32) },
    destroyed: [
      { siteName: LONG_SITE, class: 'identity', due: day('2027-05-14'), keys: 1 },
      { class: 'identity', due: day('2027-05-14'), keys: 4 },
    ],
    unlogged: 1,
    moved: 12,
    holdsInForce: 2,
    heldShares: 4,
    corrected: 1,
    counts: {
      before: { buckets: 210, shares: 4105, intakes: 461, sections: 4131 },
      after: { buckets: 208, shares: 4100, intakes: 461, sections: 4131 },
    },
    master: 61,
    log: { name: 'thinfile/535c38293de617a882983e2f25c6f7de', intended: 1198, finished: 1204 },
    key: {
      text: 'thinfile/535c38293de617a882983e2f25c6f7de+0811fb43+AZNsJu+ggTrVFDs0GZQ2ta7s6FugUEUswBGbmYSRvIy1',
      fingerprint: 'a1b2 c3d4 '.repeat(8).trim(),
    },
    signature: NOTE.trimEnd().split('\n').at(-1)!,
    signedText: NOTE,
    download: '/runs/b/certificate.txt',
    fileName: 'certificate-6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1.txt',
  }),
  sample('entries', AUDITOR, entriesPage, {
    filter: {
      values: { kind: 'answers.read' },
      kinds: ['answers.read', 'signed-in'],
      members: [{ id: 'm1', name: LONG_MEMBER }],
      problems: [],
    },
    entries: [
      { number: 1, at: new Date('2027-04-01T15:00:00Z'), kind: 'answers.read', state: 'published', index: 1203, actor: LONG_MEMBER, intakes: ['0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa'], purpose: 'prepare', fields: ['taxpayer.firstName', 'household.firstName'], said: detailsInWords({}, { stage: 'open' }), pruned: false, damaged: [] },
      { number: 2, at: new Date('2027-04-01T15:00:02Z'), kind: 'sign-in-failed', state: 'pending', system: 'visitor', member: LONG_MEMBER, intakes: [], fields: [], said: [], pruned: false, damaged: [] },
      { number: 3, at: new Date('2025-04-01T15:00:02Z'), kind: 'answers.written', state: 'integrated', index: 3, intakes: [], fields: [], said: [], pruned: true, damaged: [] },
      { number: 4, at: new Date('2025-04-01T15:00:02Z'), kind: 'answers.read', state: 'published', index: 2, intakes: [], purpose: 'legal', fields: [], said: [], pruned: false, damaged: ['kind', 'time', 'actor', 'subject'] },
      { number: 5, at: new Date('2025-04-01T15:00:02Z'), kind: 'site.changed', state: 'published', index: 1, actor: LONG_MEMBER, intakes: [], fields: [], said: [...detailsInWords({}, { settings: ['manyIntakes', 'openDays', 'opensAt'] }), ...contextInWords({ counts: { manyIntakes: 10_000, openDays: 31, opensAt: 480 } })], pruned: false, damaged: [] },
      { number: 6, at: new Date('2025-04-01T15:00:02Z'), kind: 'hold.released', state: 'published', index: 0, actor: LONG_MEMBER, hold: '/holds/0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa', intakes: [], fields: [], said: contextInWords({ finding: 'reads-without-change.120345', outcome: 'follow-up' }), pruned: false, damaged: [] },
    ],
    older: '/entries?before=3',
    exports: { csv: '/api/audit/export.csv', ocsf: '/api/audit/export.ocsf' },
    summary: { of: { member: LONG_MEMBER }, entries: 1200, readings: 900, intakes: 40, first: new Date('2027-02-01T15:00:00Z'), last: new Date('2027-04-01T15:00:00Z'), members: [], purposes: [{ purpose: 'prepare', readings: 850, to: '/entries?purpose=prepare' }, { purpose: 'legal', readings: 50, to: '/entries?purpose=legal' }] },
  }),
  sample('entries of many words', AUDITOR, entriesPage, {
    filter: { values: {}, kinds: ['answers.read'], members: [], problems: [] },
    entries: [
      { number: 7, path: '/entries/7', at: new Date('2027-04-01T15:00:00Z'), kind: 'organisation.created', state: 'published', index: 120_345, actor: MANY_WORDS, actorPath: '/entries?member=1', intakes: [], fields: [], said: detailsInWords({}, { permission: 'retention.policy.propose', reason: 'APPROVER_NOT_INDEPENDENT', settings: ['collectCredentials', 'readsWithoutChange', 'timeZone', 'manyIntakes', 'failedSignIns', 'refusedAttempts', 'opensAt', 'closesAt', 'openDays', 'collectNotes', 'collectDocuments', 'seasonEnd'] }), pruned: false, damaged: [] },
      { number: 8, path: '/entries/8', at: new Date('2027-04-01T15:00:00Z'), kind: 'answers.read', state: 'published', index: 120_346, actor: MANY_WORDS, actorPath: '/entries?member=1', intakes: ['0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa', '6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1'], purpose: 'prepare', fields: ['taxpayer.firstName'], said: detailsInWords({ classes: ['contact', 'identity', 'address', 'household', 'situation', 'credentials', 'consents'] }, {}), pruned: false, damaged: [] },
    ],
  }),
  sample('sites', ADMINISTRATOR, sitesPage, {
    sites: [
      { id: '0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa', name: 'Elm Street Library', timeZone: 'America/New_York', isHere: true },
      { id: '6f8f57aa-0f6c-4dd8-8d6b-1c86fb37c0d1', name: LONG_SITE, timeZone: 'America/Chicago', isHere: false },
    ],
    opening: {
      name: 'Pier Street Hall',
      timeZone: 'America/Chicago',
      timeZones: ['America/New_York', 'America/Chicago'],
      problems: [{ path: 'name', reason: { en: 'There is a site of this name already.', es: 'Ya hay un centro con este nombre.' } }],
    },
  }),
  sample('other-site', ADMINISTRATOR, otherSitePage, {}),
  sample('settings', ADMINISTRATOR, settingsPage, {
    openedWith: 'name=Pier+Street',
    name: 'Elm Street Library',
    collectCredentials: true,
    collectNotes: true,
    regime: 'vita_tce',
    seasonEnd: '2027-10-31',
    timeZone: 'America/New_York',
    timeZones: ['America/New_York', 'America/Chicago'],
    formerTimeZones: [{ timeZone: 'America/Los_Angeles', until: day('2027-03-19') }],
    watch: { opensAt: '08:00', closesAt: '20:30', 'openDay.1': 'yes', 'openDay.6': 'yes', manyIntakes: '20', readsWithoutChange: '10', failedSignIns: '5', refusedAttempts: '3' },
    problems: [{ path: 'seasonEnd', reason: { en: 'Choose a day of this year.', es: 'Elija un día de este año.' } }],
  }),
  ...(Object.keys(ERROR_WORDS).map(Number) as ErrorStatus[]).map((status) =>
    sample(`error ${status}`, NOBODY, errorPage, { status, reference: 'k3v9-2mf4' }),
  ),
];
