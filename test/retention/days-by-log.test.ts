import { describe, expect, it } from '@jest/globals';
import type { IntakeFacts } from '../../src/audit/intake-facts.js';
import { CLASSES_FROM_THE_START, type RetentionClass } from '../../src/catalogue/retention-class.js';
import { addDays, day, type Day } from '../../src/platform/clock.js';
import { daysByLog, type LoggedChange } from '../../src/retention/days-by-log.js';
import { DEFAULT_POLICY } from '../../src/retention/default-policy.js';
import { dueDays } from '../../src/retention/due-days.js';

const CREATED = day('2027-02-01');
const FACTS: IntakeFacts = {
  taxYear: 2026,
  filingYear: 2027,
  createdDay: CREATED,
  touchedDay: CREATED,
  stage: 'open',
  preparedDay: null,
  acceptedDay: null,
  doneDay: null,
  listedDay: null,
  erasedDay: null,
  consentsGiven: false,
  consentsNamed: false,
};
const dueBy = (facts: IntakeFacts) => dueDays(DEFAULT_POLICY, facts, day('2027-12-31'));
const ALL = new Set(CLASSES_FROM_THE_START);
const without = (...gone: readonly RetentionClass[]) => new Set(CLASSES_FROM_THE_START.filter((name) => !gone.includes(name)));
const touched = (on: Day, more: Partial<IntakeFacts> = {}): IntakeFacts => ({ ...FACTS, touchedDay: on, ...more });

function daysOf(...changes: readonly LoggedChange[]): Partial<Record<RetentionClass, Day>> {
  return Object.fromEntries(daysByLog(changes, dueBy).days);
}

describe('the days of destruction by the log alone', () => {
  it('are those of the first entry', () => {
    expect(daysOf({ facts: FACTS, sealed: ALL })).toEqual(Object.fromEntries(dueBy(FACTS)));
  });

  it('move with what was sealed, and leave alone what was past its day', () => {
    const later = touched(addDays(CREATED, 5));
    const days = daysOf({ facts: FACTS, sealed: ALL }, { facts: later, sealed: without('credentials') });
    expect(days.identity).toBe(addDays(CREATED, 35));
    expect(days.credentials).toBe(addDays(CREATED, 3));
  });

  it('begin anew where a class is sealed again', () => {
    const gone = { facts: touched(addDays(CREATED, 5)), sealed: without('credentials') };
    const anew = { facts: touched(addDays(CREATED, 9), { stage: 'rejected' }), sealed: ALL };
    const changes = [{ facts: FACTS, sealed: ALL }, gone, anew];
    expect(daysOf(...changes).credentials).toBe(addDays(CREATED, 12));
    const again = { facts: touched(addDays(CREATED, 10), { stage: 'rejected' as const }), sealed: ALL };
    for (const more of [[], [again]]) expect([...daysByLog([...changes, ...more], dueBy).endedBefore]).toEqual([['credentials', addDays(CREATED, 3)]]);
    expect(daysByLog([{ facts: FACTS, sealed: ALL }, gone], dueBy).endedBefore.size).toBe(0);
  });

  it('come forward with an erasure, which prolongs nothing', () => {
    const erased = { facts: { ...FACTS, erasedDay: addDays(CREATED, 4) }, sealed: undefined };
    const days = daysOf({ facts: FACTS, sealed: ALL }, erased);
    expect(days.identity).toBe(addDays(CREATED, 4));
    expect(days.credentials).toBe(addDays(CREATED, 3));
  });
});
