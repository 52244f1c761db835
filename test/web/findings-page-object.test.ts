import { describe, expect, it } from '@jest/globals';
import type { Findings, ReviewedFinding } from '../../src/access/read-findings.js';
import { DETECTORS, type DetectorName, type WatchRules } from '../../src/audit/findings/finding.js';
import { findingsPageObject, wholeList } from '../../src/web/controllers/findings-page-object.js';

const AT = new Date('2027-04-01T15:00:00Z');
const REVIEW = { member: 'auditor', at: AT, outcome: 'fine', note: 'Asked.', last: 1_000_000, byWhomItIsAbout: false } as unknown as ReviewedFinding['reviews'][number];

const finding = (detector: DetectorName, first: number, isSettled = false): ReviewedFinding => ({
  ...{ detector, first, last: first, from: AT, until: AT, entries: 1, member: 'm', reviews: isSettled ? [REVIEW] : [] },
});

/** Of this kind, newest first. */
function findings(name: DetectorName, open: number, settled: number): Findings {
  const all = Array.from({ length: open + settled }, (_, i) => finding(name, open + settled - i, i >= open));
  const found = Object.fromEntries(DETECTORS.map((one) => [one, { findings: one === name ? all : [], more: false }]));
  return { rules: {} as WatchRules, differing: [], span: { from: AT, before: AT }, found: found as unknown as Findings['found'] };
}

const pathsOf = (shown: readonly { readonly path: string }[]) => shown.map(({ path }) => Number(/\.(\d+)\?/.exec(path)![1]));

describe('the page of what stands out', () => {
  it('shows the newest twenty of each kind, and leads to all of them', () => {
    const asked = findings('outside-hours', 23, 21);
    const { open, settled } = findingsPageObject(asked, 30, new Map());
    expect(pathsOf(open['outside-hours'].shown)).toEqual(Array.from({ length: 20 }, (_, i) => 44 - i));
    expect(open['outside-hours'].all).toEqual({ count: 23, to: '/findings?days=30&all=outside-hours#outside-hours' });
    expect(pathsOf(settled.shown)).toEqual(Array.from({ length: 20 }, (_, i) => 21 - i));
    expect(settled.all).toEqual({ count: 21, to: '/findings?days=30&all=settled#settled' });

    const whole = findingsPageObject(asked, 30, new Map(), 'outside-hours');
    expect([whole.open['outside-hours'].shown.length, whole.open['outside-hours'].all, whole.settled.shown.length]).toEqual([23, undefined, 20]);
    expect(findingsPageObject(asked, 30, new Map(), 'settled').settled.shown).toHaveLength(21);
  });

  it('shows all of twenty', () => {
    const { open, settled } = findingsPageObject(findings('many-intakes', 20, 20), 7, new Map());
    for (const some of [open['many-intakes'], settled]) expect([some.shown.length, some.all]).toEqual([20, undefined]);
  });

  it('lets nobody settle what is about themselves, and says so until somebody else has', () => {
    const about = (...members: readonly string[]): Findings => {
      const asked = findings('refused-attempts', 1, 0);
      const [only] = asked.found['refused-attempts'].findings;
      return { ...asked, found: { ...asked.found, 'refused-attempts': { findings: [{ ...only!, reviews: members.map((member) => ({ ...REVIEW, member, byWhomItIsAbout: member === 'm' })) }], more: false } } };
    };
    const shown = (asked: Findings) => {
      const { open, settled } = findingsPageObject(asked, 30, new Map());
      return [open['refused-attempts'].shown, settled.shown].map((list) => list.map(({ onlyByThemselves }) => onlyByThemselves));
    };
    expect(shown(about('m'))).toEqual([[true], []]);
    expect(shown(about('auditor'))).toEqual([[], [false]]);
    expect(shown(about('auditor', 'm'))).toEqual([[], [false]]);
    expect(shown(about('m', 'm', 'auditor'))).toEqual([[], [false]]);
  });

  it('knows its lists by name, and no others', () => {
    expect([...DETECTORS, 'settled'].map(wholeList)).toEqual([...DETECTORS, 'settled']);
    for (const asked of [undefined, '', 'all', ['settled'], { 0: 'settled' }, 'constructor']) expect(wholeList(asked)).toBeUndefined();
  });
});
