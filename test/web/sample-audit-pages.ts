import { DETECTORS, type DetectorName, type WatchRules } from '../../src/audit/findings/finding.js';
import { day } from '../../src/platform/clock.js';
import { entryPage } from '../../src/web/pages/entry-page.js';
import type { ShownFinding } from '../../src/web/pages/finding-item.js';
import { findingPage } from '../../src/web/pages/finding-page.js';
import { findingsPage, type SomeFindings } from '../../src/web/pages/findings-page.js';
import { readingsPage } from '../../src/web/pages/readings-page.js';
import { verificationPage } from '../../src/web/pages/verification-page.js';
import { NOTE_FLAW_WORDS } from '../../src/web/words/finding-words.js';
import type { Shell } from '../../src/web/shell/shell.js';
import { LONG_MEMBER } from './long-names.js';
import { sample, type Sample } from './sample.js';

const RULES: WatchRules = { timeZone: 'America/New_York', opensAt: 480, closesAt: 1200, openDays: 31, manyIntakes: 20, readsWithoutChange: 10, failedSignIns: 5, refusedAttempts: 3 };
const REVIEW = { who: LONG_MEMBER, at: new Date('2027-04-02T15:00:00Z'), outcome: 'fine', note: { text: 'A busy Saturday; I asked.\nEverybody was there.' } } as const;
const PROBLEMS = [{ path: 'note', reason: NOTE_FLAW_WORDS.blank }];

function finding(detector: DetectorName, more: Partial<ShownFinding> = {}): ShownFinding {
  return {
    ...{ detector, who: LONG_MEMBER, from: new Date('2027-04-01T15:00:00Z'), until: new Date('2027-04-01T15:55:00Z'), entries: 1204, intakes: 34 },
    ...{ entriesAt: '/entries?kind=readings', path: `/findings/${detector}.7?days=30`, reviews: [], grown: false, onlyByThemselves: false },
    ...more,
  };
}

const byDetector = (of: (name: DetectorName) => SomeFindings) => Object.fromEntries(DETECTORS.map((name) => [name, of(name)])) as Readonly<Record<DetectorName, SomeFindings>>;

const VERIFIED = { trigger: 'nightly', beganAt: new Date('2027-04-02T07:00:00Z'), endedAt: new Date('2027-04-02T07:01:00Z'), signedSize: 1210, found: 0, unclear: 0, asLogged: true, findingsAsLogged: true, findings: [] } as const;
const RESULTS = {
  late: [],
  log: { ...VERIFIED, subject: 'log', trigger: 'command', lookedAt: 1210 },
  sections: { ...VERIFIED, subject: 'sections', lookedAt: 5400, findingsAsLogged: false },
  witnesses: [{ name: 'witness.example.org/a-long-name-of-a-witness', vkey: 'w1', url: 'https://witness.example.org', cosigned: { size: 1200, at: new Date('2027-04-02T06:00:00Z'), receivedAt: new Date('2027-04-02T06:00:01Z') } }],
} as const;
const DAMAGED = {
  late: ['sections'],
  log: { ...RESULTS.log, found: 3, unclear: 1, findings: [{ kind: 'leaf-changed', index: 15 }, { kind: 'counter-missing', index: 40 }, { kind: 'forked' }] },
  sections: { ...RESULTS.sections, found: 1, asLogged: false, findingsAsLogged: true, findings: [{ kind: 'rolled-back', intakeId: '0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa', class: 'identity' }] },
  witnesses: [{ ...RESULTS.witnesses[0], failure: { code: 'FORKED', at: new Date('2027-04-02T07:00:00Z') } }, { name: 'other.example.org', vkey: 'w2', failure: { code: 'KEY_UNKNOWN', at: new Date('2027-04-02T07:00:00Z') } }],
} as const;

/** One kind has more than are shown. */
const some = (shown: readonly ShownFinding[], name: DetectorName): SomeFindings =>
  name === 'outside-hours' ? { shown, all: { count: 1200, to: '/findings?days=30&all=outside-hours#outside-hours' } } : { shown };

/** Of auditors: what stands out, one finding, one entry, the plot, the verification. */
export function auditSamples(auditor: Shell, note: string): readonly Sample[] {
  const state = { checkpoint: { note, size: 1204, signedAt: new Date('2027-04-01T15:00:00Z') }, size: 1210, pending: 3, oldestPending: 0.2 };
  const spans = [7, 30, 90, 365].map((days) => ({ days, to: `/findings?days=${days}` as const }));
  return [
    sample('findings', auditor, findingsPage, {
      ...{ rules: RULES, differing: ['manyIntakes', 'openDays'], days: 30, spans, more: ['outside-hours'] },
      open: byDetector((name) => some(name === 'refused-attempts' ? [finding(name, { permissions: ['intake.read', 'hold.place'], reviews: [REVIEW], onlyByThemselves: true })] : name === 'failed-sign-ins' ? [] : [finding(name, { grown: name === 'many-intakes', reviews: name === 'many-intakes' ? [REVIEW] : [] })], name)),
      settled: { shown: [finding('credentials-opened', { path: '/findings/credentials-opened.9?days=30', reviews: [REVIEW, { ...REVIEW, note: 'changed' }, { at: REVIEW.at, outcome: 'unreadable', note: 'changed' }] })] },
    }),
    sample('findings-none', auditor, findingsPage, { rules: { ...RULES, openDays: 127 }, differing: [], days: 7, spans, more: [], open: byDetector(() => ({ shown: [] })), settled: { shown: [] } }),
    sample('finding', auditor, findingPage, { finding: finding('many-intakes', { reviews: [REVIEW] }), form: { action: '/findings/many-intakes.7?days=30', values: { outcome: 'fine' }, problems: PROBLEMS } }),
    sample('entry', auditor, entryPage, {
      entry: { number: 7, at: new Date('2027-04-01T15:00:00Z'), kind: 'answers.read', state: 'published', index: 1203, actor: LONG_MEMBER, actorPath: '/entries?member=1', intakes: ['0b54cb1c-6d2b-4a0e-9f35-3a1f20a9f0aa'], purpose: 'legal', fields: ['taxpayer.firstName'], said: [], pruned: false, damaged: [] },
      reviews: [],
      form: { action: '/entries/7', values: {}, problems: [] },
    }),
    sample('readings', auditor, readingsPage, {
      ...{ by: 'member', names: [LONG_MEMBER, 'Ines Ferreira'] },
      rows: [{ day: day('2027-04-02'), values: [1204, 7], to: '/entries?kind=readings&from=2027-04-02&to=2027-04-02' }],
      pictures: { narrow: '/sample-plot/narrow.svg', wide: '/sample-plot/wide.svg' },
    }),
    sample('verification', auditor, verificationPage, { state: { ...state, unsignedFor: 130 }, results: { late: ['log', 'sections'], witnesses: [] }, isRestored: true }),
    sample('verification-contained', auditor, verificationPage, { state, results: RESULTS, isRestored: false, verdict: { verdict: 'contained', size: 1100, now: 1210, isEarlierName: false }, pasted: note }),
    sample('verification-not-contained', auditor, verificationPage, { state: { ...state, fault: 'LOG_FORKED', oldestPending: 700, missing: { from: 1007, to: 1008 } }, results: DAMAGED, isRestored: false, verdict: { verdict: 'not-contained', size: 1100, now: 1210, shorter: false, isEarlierName: false }, pasted: note }),
  ];
}
