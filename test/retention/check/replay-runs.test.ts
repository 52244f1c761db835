import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { CLASSES_FROM_THE_START } from '../../../src/catalogue/retention-class.js';
import { addDays, day, type Day } from '../../../src/platform/clock.js';
import type { CheckedEntry } from '../../../src/retention/check/checked-entry.js';
import type { Difference } from '../../../src/retention/check/compare-run.js';
import { LoggedShares } from '../../../src/retention/check/logged-shares.js';
import { ReplayRuns, type ReplayedRun } from '../../../src/retention/check/replay-runs.js';
import { DEFAULT_POLICY } from '../../../src/retention/default-policy.js';
import { policyDigest } from '../../../src/retention/publish-first-policy.js';

const SITE = '5e0c5b5e-0000-4000-8000-000000000001';
const START = day('2027-02-01');

/** What may happen on a day, to the intake of that number where it is about one. */
type Act = { readonly what: 'create' | 'touch' | 'done' | 'hold' | 'release' | 'run' | 'crash' | 'late-crash' | 'night'; readonly n: number };
const act: fc.Arbitrary<Act> = fc.record({
  what: fc.constantFrom('create', 'touch', 'done', 'hold', 'release', 'run', 'crash', 'late-crash', 'night', 'night', 'night'),
  n: fc.nat(4),
});

/** One share as the key store has it: the model knows nothing of the log. */
interface Share {
  readonly n: number;
  readonly class: string;
  due: Day;
}

/** A service in a few lines, that writes a log of what it does. */
class Model {
  readonly entries: CheckedEntry[] = [];
  private today = START;
  private readonly intakes = new Map<number, { touched: Day; done: Day | undefined }>();
  private shares: Share[] = [];
  private readonly held = new Set<number>();
  /** What died, each with the bucket that it died with. */
  private uncertified: { readonly bucket: string; readonly share: Share }[] = [];
  private runs = 0;

  constructor(private readonly misdeed?: (dead: readonly Share[], living: readonly Share[]) => readonly Share[]) {
    this.log('policy.approved', {}, { version: 1, day: START, digest: policyDigest(DEFAULT_POLICY) });
  }

  play({ what, n }: Act): void {
    const intake = this.intakes.get(n);
    if (what === 'night') this.today = addDays(this.today, 1 + n * 4);
    else if (what === 'run' || what === 'crash' || what === 'late-crash') this.purge(what);
    else if (what === 'create' && !intake) {
      this.intakes.set(n, { touched: this.today, done: undefined });
      this.shares.push(...CLASSES_FROM_THE_START.map((name) => ({ n, class: name, due: this.today })));
      this.change('intake.created', n);
    } else if ((what === 'touch' || what === 'done') && intake && !intake.done && this.alive(n).length > 0) {
      this.intakes.set(n, { touched: this.today, done: what === 'done' ? this.today : undefined });
      this.change(what === 'done' ? 'intake.staged' : 'answers.written', n);
    } else if (what === 'hold' && !this.held.has(n)) this.hold('hold.placed', n);
    else if (what === 'release' && this.held.has(n)) this.hold('hold.released', n);
  }

  /** A late crash comes when the entries are there, and before anybody has noted the certificate: all of it is named again. */
  purge(how: 'run' | 'crash' | 'late-crash'): void {
    const run = `run-${++this.runs}`;
    this.log('purge.intended', {}, { run, days: { [SITE]: this.today }, version: 1 });
    const due = this.shares.filter((share) => share.due <= this.today && !this.held.has(share.n));
    const dead = how === 'run' && this.misdeed ? this.misdeed(due, this.shares.filter((share) => !due.includes(share))) : due;
    this.shares = this.shares.filter((share) => !dead.includes(share));
    this.uncertified.push(...dead.map((share) => ({ bucket: `${run}-${share.class}`, share })));
    if (how === 'crash') return this.log('purge.failed', {}, { run });
    for (const bucket of new Set(this.uncertified.map((one) => one.bucket))) this.certify(run, bucket);
    this.log('purge.finished', {}, { run });
    if (how === 'late-crash') this.log('purge.failed', {}, { run });
    else this.uncertified = [];
  }

  private certify(run: string, bucket: string): void {
    const shares = this.uncertified.filter((one) => one.bucket === bucket).map(({ share }) => share);
    const due = Object.fromEntries(shares.map((share) => [share.due, shares.filter((other) => other.due === share.due).length]));
    this.log('bucket.destroyed', { site: SITE, bucket, classes: [shares[0]!.class] }, { run, day: START, due, counts: { shares: shares.length } });
  }

  private alive(n: number): readonly Share[] {
    return this.shares.filter((share) => share.n === n && share.due > this.today);
  }

  /** The default policy, worked out here once more: days from the last touch, or from the end; at the latest 31 December. */
  private change(kind: string, n: number): void {
    const { touched, done } = this.intakes.get(n)!;
    const sealed = kind === 'intake.created' ? this.shares.filter((share) => share.n === n) : this.alive(n);
    for (const share of sealed) {
      const untouched = addDays(touched, share.class === 'credentials' ? 3 : ['notes', 'documents'].includes(share.class) ? 14 : 30);
      const ended = done && share.class !== 'credentials' ? addDays(done, share.class === 'documents' ? 7 : share.class === 'notes' ? 14 : 30) : untouched;
      share.due = ended < '2027-12-31' ? ended : day('2027-12-31');
    }
    const facts = {
      taxYear: 2026, filingYear: 2027, createdDay: START, touchedDay: touched, stage: done ? 'abandoned' : 'open', consentsGiven: false,
      ...(done && { doneDay: done }),
    };
    this.log(kind, { site: SITE, intake: `intake-${n}`, classes: sealed.map((share) => share.class) }, { facts, digests: {} });
  }

  private hold(kind: 'hold.placed' | 'hold.released', n: number): void {
    if (kind === 'hold.placed') this.held.add(n);
    else this.held.delete(n);
    this.log(kind, { site: SITE, intakes: [`intake-${n}`] }, { hold: `hold-${n}` });
  }

  private log(kind: string, subject: Record<string, unknown>, context: Record<string, unknown>): void {
    this.entries.push({ index: this.entries.length, kind, time: `${this.today}T12:00:00Z`, subject, context });
  }
}

function replayed(entries: readonly CheckedEntry[]): readonly ReplayedRun[] {
  const replay = new ReplayRuns();
  return entries.flatMap((entry) => replay.take(entry) ?? []);
}

function played(acts: readonly Act[], misdeed?: ConstructorParameters<typeof Model>[0]): readonly Difference[] {
  const model = new Model(misdeed);
  acts.forEach((one) => model.play(one));
  model.purge('run');
  return replayed(model.entries).flatMap(({ differences }) => differences);
}

const ACTS = fc.array(act, { minLength: 5, maxLength: 60 });

describe('what was due, worked out from the log alone', () => {
  it('is what an honest service destroys, whatever happens in whatever order', () => {
    fc.assert(fc.property(ACTS, (acts) => expect(played(acts)).toEqual([])), { numRuns: 500 });
  });

  it.each<[string, Difference['what'], NonNullable<ConstructorParameters<typeof Model>[0]>]>([
    ['leaves one out', 'not-destroyed', (due) => due.slice(1)],
    ['takes one that is not due', 'too-early', (due, living) => [...due, ...living.slice(-1)]],
  ])('differs when a service %s', (_, what, misdeed) => {
    const found = played([{ what: 'create', n: 0 }, { what: 'create', n: 1 }, { what: 'night', n: 1 }], misdeed);
    expect(found).toEqual([expect.objectContaining({ what, shares: 1 })]);
  });

  it('differs when a service takes what is held', () => {
    const found = played([{ what: 'create', n: 0 }, { what: 'hold', n: 0 }, { what: 'night', n: 1 }], (due, living) => [...due, ...living.filter((share) => share.class === 'credentials')]);
    expect(found).toEqual([expect.objectContaining({ what: 'held', class: 'credentials', shares: 1 })]);
  });

  it('never misses one that was left out for good', () => {
    fc.assert(
      fc.property(ACTS, (acts) => {
        const left = new Set<Share>();
        const found = played(acts, (due) => {
          if (left.size === 0 && due[0]) left.add(due[0]);
          return due.filter((share) => !left.has(share));
        });
        expect(found.length > 0).toBe(left.size > 0);
      }),
      { numRuns: 300 },
    );
  });

  it('takes no look at all that lives for each entry that is written while a run is under way', () => {
    const intakes = 400;
    const model = new Model();
    model.play({ what: 'crash', n: 0 });
    const [policy, intended] = model.entries.map(({ kind }) => model.entries.find((entry) => entry.kind === kind)!);
    const facts = { taxYear: 2026, filingYear: 2027, createdDay: START, touchedDay: START, stage: 'open', consentsGiven: false };
    const created = Array.from({ length: intakes }, (_, n): CheckedEntry => ({
      index: n + 2, kind: 'intake.created', time: `${START}T12:00:00Z`, subject: { site: SITE, intake: `intake-${n}`, classes: CLASSES_FROM_THE_START }, context: { facts, digests: {} },
    }));
    // The types of a spy know methods by name alone.
    const all = jest.spyOn(LoggedShares.prototype, Symbol.iterator as unknown as 'of');
    replayed([policy!, intended!, ...created]);
    expect(all.mock.calls.length).toBeLessThan(5);
    all.mockRestore();
  });
});
